package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.kb.Calibration.Sign;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelledTest {
  private static final Calibration SHIPPED = Calibration.WORDS_ONLY;

  private static Candidate candidate(String id, double overlap) {
    double[] features = new double[Feature.COUNT];
    features[Feature.BEST_OVERLAP.ordinal()] = overlap;
    features[Feature.CENTRE_COSINE.ordinal()] = overlap;
    Header header = Header.of(Article.builder(id, "Title of " + id, "Body").language("en").build());
    return new Candidate(header, features, List.of());
  }

  private static List<Candidate> others(int count) {
    List<Candidate> others = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      others.add(candidate("other-" + i, 0.3 - i / 100.0));
    }
    return others;
  }

  private static Labelled.Asking asking(boolean passage, double ofItsArticle) {
    List<Candidate> found = new ArrayList<>(others(4));
    found.add(candidate("own", ofItsArticle));
    return new Labelled.Asking("own", passage, 6, found, others(4));
  }

  /** Texts half of which find their article, and half of which find three others before it. */
  private static Calibration fitted(boolean passages) {
    List<Labelled.Asking> askings = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      askings.add(asking(passages, i % 2 == 0 ? 0.6 : 0.1));
    }
    return new Labelled(askings, 25, false).fit(SHIPPED);
  }

  private static double answerable(Calibration calibration, double best) {
    List<Candidate> found = new ArrayList<>(List.of(candidate("any", best)));
    found.addAll(others(4));
    return calibration.answerable(found, 6);
  }

  @Test
  void aPassageThatFindsThreeOthersFirstIsNoQuestionThatItsArticleAnswers() {
    assertThat(answerable(fitted(true), 0.3)).isLessThan(answerable(fitted(false), 0.3) - 0.1);
    assertThat(answerable(fitted(true), 0.6)).isGreaterThan(0.8);
  }

  @Test
  void passagesNoneOfWhichFindTheirArticleLeaveWhatShips() {
    List<Labelled.Asking> lost = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      lost.add(asking(true, 0.1));
    }
    Calibration fitted = new Labelled(lost, 25, false).fit(SHIPPED);
    assertThat(fitted.written()).isEqualTo(SHIPPED.written());
  }

  @Test
  void manyArticlesTellWhereADeskBeginsAndFewTellLess() {
    double shipped = atStart(SHIPPED);
    double few = atStart(alike(20)) - shipped;
    double many = atStart(alike(800)) - shipped;
    assertThat(shipped).isLessThan(0.3);
    assertThat(shipped + many).isBetween(0.6, 0.7);
    assertThat(few).isBetween(0.1 * many, 0.9 * many);
  }

  /** A desk whose questions all measure the same: only where it begins can be fitted. */
  private static Calibration alike(int articles) {
    List<SelfCalibration.Sample> samples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      samples.add(new SelfCalibration.Sample(signs(), true, 1));
      samples.add(new SelfCalibration.Sample(signs(), false, 1));
    }
    return new SelfCalibration(SHIPPED, samples, articles).fit();
  }

  private static double atStart(Calibration calibration) {
    double sum = calibration.intercept();
    for (Map.Entry<Sign, Double> sign : signs().entrySet()) {
      sum += sign.getValue() * calibration.weights().getOrDefault(sign.getKey(), 0.0);
    }
    return SubjectLikeness.logistic(sum);
  }

  private static Map<Sign, Double> signs() {
    Map<Sign, Double> signs = new EnumMap<>(Sign.class);
    SHIPPED.weights().keySet().forEach(sign -> signs.put(sign, 0.2));
    signs.put(Sign.LENGTH, Math.log1p(6));
    return signs;
  }
}
