package io.gapcanary.service.evaluate;

import io.gapcanary.exchange.QuestionLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a run, key by key those of the project's independent measurement: hit@1, hit@3,
 * mrr@10 and ndcg@10 over the answerable questions; auroc, fpr95, average precision and calibration
 * error of {@code answerable} over all; precision, recall and F1 of refusing the unanswerable ones.
 *
 * <p>Both calibration errors are over ten equal bins, the questions weighted so that 70 % are
 * answerable. Ties share a rank in auroc and keep their order elsewhere. Figures are rounded to
 * four places, half to even on the exact binary value.
 */
public final class Measures {
  private static final int DEPTH = 10;
  private static final int BINS = 10;
  private static final double ANSWERABLE_SHARE = 0.7;

  private final List<QuestionLine> questions;
  private final List<@Nullable Result> results = new ArrayList<>();
  private final double[] score;
  private final boolean[] truth;
  private final double[] first;
  private final boolean[] right;
  private final boolean[] refused;

  private Measures(List<QuestionLine> questions, Map<String, Result> got) {
    this.questions = questions;
    int n = questions.size();
    score = new double[n];
    truth = new boolean[n];
    first = new double[n];
    right = new boolean[n];
    refused = new boolean[n];
    for (int i = 0; i < n; i++) {
      take(i, questions.get(i), got.get(questions.get(i).id()));
    }
  }

  private void take(int i, QuestionLine question, @Nullable Result result) {
    results.add(result);
    truth[i] = !question.relevant().isEmpty();
    if (result == null) {
      return;
    }
    score[i] = result.answerable();
    if (!result.matches().isEmpty()) {
      first[i] = result.matches().get(0).probability();
      right[i] = question.relevant().contains(result.matches().get(0).article());
    }
    refused[i] = result.verdict().equals("no-match") || result.verdict().equals("too-little-text");
  }

  /** The figures of all questions, and of each language when there are several. */
  public static Map<String, Object> of(
      Collection<QuestionLine> questions, Map<String, Result> results) {
    List<QuestionLine> all = List.copyOf(questions);
    Map<String, Object> figures = new Measures(all, results).figures();
    Set<String> languages = new TreeSet<>();
    all.stream()
        .map(line -> line.question().language())
        .filter(Objects::nonNull)
        .filter(language -> !language.isEmpty())
        .forEach(languages::add);
    if (languages.size() > 1) {
      Map<String, Object> each = new LinkedHashMap<>();
      for (String language : languages) {
        each.put(language, new Measures(of(all, language), results).figures());
      }
      figures.put("by_language", each);
    }
    return figures;
  }

  private static List<QuestionLine> of(List<QuestionLine> all, String language) {
    return all.stream().filter(line -> language.equals(line.question().language())).toList();
  }

  private Map<String, Object> figures() {
    int n = questions.size();
    int answerable = (int) IntStream.range(0, n).filter(i -> truth[i]).count();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("questions", n);
    figures.put("answerable", answerable);
    figures.put("unanswerable", n - answerable);
    figures.put("without_a_result", (int) results.stream().filter(Objects::isNull).count());
    if (answerable > 0) {
      ranking(figures, answerable);
    }
    if (answerable > 0 && answerable < n) {
      detection(figures, answerable);
    }
    millis(figures);
    return figures;
  }

  private void ranking(Map<String, Object> figures, int answerable) {
    int hit1 = 0;
    int hit3 = 0;
    double reciprocal = 0;
    double gain = 0;
    for (int i = 0; i < questions.size(); i++) {
      if (truth[i]) {
        List<String> ids = articles(results.get(i));
        Set<String> relevant = new HashSet<>(questions.get(i).relevant());
        int rank =
            IntStream.range(0, ids.size())
                .filter(r -> relevant.contains(ids.get(r)))
                .findFirst()
                .orElse(-1);
        hit1 += rank == 0 ? 1 : 0;
        hit3 += rank >= 0 && rank < 3 ? 1 : 0;
        reciprocal += rank >= 0 ? 1.0 / (rank + 1) : 0;
        gain += gain(ids, relevant);
      }
    }
    figures.put("hit@1", rounded((double) hit1 / answerable));
    figures.put("hit@3", rounded((double) hit3 / answerable));
    figures.put("mrr@10", rounded(reciprocal / answerable));
    figures.put("ndcg@10", rounded(gain / answerable));
  }

  private static List<String> articles(@Nullable Result result) {
    return result == null
        ? List.of()
        : result.matches().stream().limit(DEPTH).map(Result.Matched::article).toList();
  }

  private static double gain(List<String> ids, Set<String> relevant) {
    double best = 0;
    for (int i = 0; i < Math.min(relevant.size(), DEPTH); i++) {
      best += 1 / log2(i + 2);
    }
    double gain = 0;
    for (int i = 0; i < ids.size(); i++) {
      gain += relevant.contains(ids.get(i)) ? 1 / log2(i + 2) : 0;
    }
    return gain / best;
  }

  /** Exact for powers of two, where dividing logarithms may miss by the last bit. */
  private static double log2(int x) {
    return Integer.bitCount(x) == 1 ? Integer.numberOfTrailingZeros(x) : Math.log(x) / Math.log(2);
  }

  private void detection(Map<String, Object> figures, int answerable) {
    int n = truth.length;
    double[] weight = new double[n];
    for (int i = 0; i < n; i++) {
      weight[i] =
          truth[i] ? ANSWERABLE_SHARE / answerable : (1 - ANSWERABLE_SHARE) / (n - answerable);
    }
    figures.put("auroc", rounded(auroc(answerable)));
    figures.put("fpr95", rounded(fpr95()));
    figures.put("average_precision", rounded(averagePrecision(answerable)));
    figures.put("ece", rounded(calibrationError(score, truth, weight)));
    figures.put("ece_match", rounded(calibrationError(first, right, weight)));
    figures.put("no_match", Refusal.of(refused, truth).figures());
    figures.put("best_f1", bestF1());
  }

  private double auroc(int answerable) {
    List<Integer> order = order(Comparator.comparingDouble(i -> score[i]));
    double ranks = 0;
    int i = 0;
    while (i < order.size()) {
      int j = i;
      int positive = 0;
      while (j < order.size() && score[order.get(j)] == score[order.get(i)]) {
        positive += truth[order.get(j)] ? 1 : 0;
        j++;
      }
      ranks += (i + j + 1) / 2.0 * positive;
      i = j;
    }
    double p = answerable;
    return (ranks - p * (p + 1) / 2) / (p * (truth.length - p));
  }

  private List<Integer> order(Comparator<Integer> by) {
    return IntStream.range(0, score.length).boxed().sorted(by).toList();
  }

  private double fpr95() {
    double[] positive = scores(true);
    double[] negative = scores(false);
    Arrays.sort(positive);
    double cut = positive[(int) (0.05 * positive.length)];
    return (double) Arrays.stream(negative).filter(s -> s >= cut).count() / negative.length;
  }

  private double[] scores(boolean answerable) {
    return IntStream.range(0, score.length)
        .filter(i -> truth[i] == answerable)
        .mapToDouble(i -> score[i])
        .toArray();
  }

  private double averagePrecision(int answerable) {
    double hits = 0;
    double total = 0;
    List<Integer> order = order(Comparator.comparingDouble(i -> -score[i]));
    for (int i = 0; i < order.size(); i++) {
      if (truth[order.get(i)]) {
        hits++;
        total += hits / (i + 1);
      }
    }
    return total / answerable;
  }

  private static double calibrationError(double[] said, boolean[] was, double[] weight) {
    double total = 0;
    for (int bin = 0; bin < BINS; bin++) {
      double expected = 0;
      double happened = 0;
      for (int i = 0; i < said.length; i++) {
        if (inBin(said[i], bin)) {
          expected += said[i] * weight[i];
          happened += was[i] ? weight[i] : 0;
        }
      }
      total += Math.abs(expected - happened);
    }
    return total;
  }

  private static boolean inBin(double value, int bin) {
    return ((double) bin / BINS <= value && value < (double) (bin + 1) / BINS)
        || (bin == BINS - 1 && value >= 1);
  }

  private double bestF1() {
    double[] cuts = Arrays.stream(score).distinct().sorted().toArray();
    int step = Math.max(1, cuts.length / 200);
    double best = 0;
    for (int i = 0; i < cuts.length; i += step) {
      best = Math.max(best, rounded(refusalBelow(cuts[i]).f1()));
    }
    return rounded(best);
  }

  private Refusal refusalBelow(double floor) {
    boolean[] below = new boolean[score.length];
    for (int i = 0; i < below.length; i++) {
      below[i] = score[i] < floor;
    }
    return Refusal.of(below, truth);
  }

  /**
   * What other floors would have done: wrong suggestions against missed articles.
   *
   * @return a point for every twentieth from 0.05 to 0.95
   */
  static List<Map<String, Object>> curve(
      Collection<QuestionLine> questions, Map<String, Result> results) {
    Measures measures = new Measures(List.copyOf(questions), results);
    List<Map<String, Object>> curve = new ArrayList<>();
    for (int twentieth = 1; twentieth < 20; twentieth++) {
      double floor = twentieth / 20.0;
      Refusal refusal = measures.refusalBelow(floor);
      Map<String, Object> point = new LinkedHashMap<>();
      point.put("floor", floor);
      point.put("wrongSuggestions", rounded(refusal.wronglyAnsweredShare()));
      point.put("missed", rounded(refusal.wronglyRefusedShare()));
      point.putAll(refusal.figures());
      curve.add(point);
    }
    return curve;
  }

  /** What floors do. */
  static List<FloorPoint> at(
      Collection<QuestionLine> questions, Map<String, Result> results, double... floors) {
    Measures measures = new Measures(List.copyOf(questions), results);
    return Arrays.stream(floors).mapToObj(measures::at).toList();
  }

  private FloorPoint at(double floor) {
    Refusal refusal = refusalBelow(floor);
    return new FloorPoint(floor, refusal.wronglyAnsweredShare(), refusal.wronglyRefusedShare());
  }

  private void millis(Map<String, Object> figures) {
    double[] times =
        results.stream().filter(Objects::nonNull).mapToDouble(Result::millis).sorted().toArray();
    if (times.length > 0) {
      Map<String, Object> millis = new LinkedHashMap<>();
      for (int p : new int[] {50, 95, 99}) {
        int rank = Math.min(times.length - 1, (int) ((double) times.length * p / 100));
        millis.put("p" + p, rounded(times[rank]));
      }
      figures.put("millis", millis);
    }
  }

  static double rounded(double value) {
    return new BigDecimal(value).setScale(4, RoundingMode.HALF_EVEN).doubleValue();
  }
}
