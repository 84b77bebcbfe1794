package io.gapcanary.kb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes labelled questions of a desk's own learned wordings, for {@link SelfCalibration}. */
final class SelfLabelling {
  /** Wordings of a language that are asked, spread over the articles. */
  private static final int MOST = 400;

  /** Articles whose wordings must be among them, or the fit would be theirs alone. */
  private static final int FEWEST_ARTICLES = 8;

  /** Wordings that an article has, for one of them to be left out. */
  private static final int FEWEST_WORDINGS = 3;

  /**
   * Articles that are withheld along with the right one in a second asking: what is missing is
   * often a whole subject.
   */
  private static final int NEIGHBOURHOOD = 4;

  private final UnitIndex.Reader reader;
  private final Map<String, Header> headers;

  private record Wording(String id, Unit unit) {}

  SelfLabelling(UnitIndex.Reader reader, Map<String, Header> headers) {
    this.reader = reader;
    this.headers = headers;
  }

  /** The samples of each language that has enough wordings. */
  Map<String, List<SelfCalibration.Sample>> samples(Function<String, Calibration> shipped)
      throws IOException {
    Map<String, List<SelfCalibration.Sample>> samples = new TreeMap<>();
    for (Map.Entry<String, List<Wording>> entry : chosen().entrySet()) {
      String language = entry.getKey();
      Calibration calibration = shipped.apply(language);
      List<SelfCalibration.Sample> made = new ArrayList<>();
      for (Wording wording : entry.getValue()) {
        add(wording, language, calibration, made);
      }
      samples.put(language, made);
    }
    return samples;
  }

  private Map<String, List<Wording>> chosen() throws IOException {
    Map<String, List<Wording>> byLanguage = new TreeMap<>();
    for (Map.Entry<String, Unit> entry : reader.wordings().entrySet()) {
      Unit unit = entry.getValue();
      Header header = headers.get(unit.articleId());
      String language = Language.of(unit.text());
      if (header != null
          && !header.archived()
          && header.language().equals(language)
          && !unit.terms().isEmpty()) {
        byLanguage
            .computeIfAbsent(language, l -> new ArrayList<>())
            .add(new Wording(entry.getKey(), unit));
      }
    }
    Map<String, List<Wording>> chosen = new TreeMap<>();
    byLanguage.forEach(
        (language, all) -> {
          List<Wording> usable = ofWellKnown(all);
          Set<String> articles = new HashSet<>();
          usable.forEach(w -> articles.add(w.unit().articleId()));
          if (usable.size() >= SelfCalibration.FEWEST && articles.size() >= FEWEST_ARTICLES) {
            chosen.put(language, spread(usable));
          }
        });
    return chosen;
  }

  /**
   * Those of articles that would still have some when one is left out: others are not like what
   * comes.
   */
  private static List<Wording> ofWellKnown(List<Wording> all) {
    Map<String, Integer> counts = new HashMap<>();
    all.forEach(w -> counts.merge(w.unit().articleId(), 1, Integer::sum));
    return all.stream()
        .filter(w -> counts.getOrDefault(w.unit().articleId(), 0) >= FEWEST_WORDINGS)
        .toList();
  }

  /**
   * The first wording of every article, then the second, and so on; in an order that favours none.
   */
  private static List<Wording> spread(List<Wording> all) {
    Map<String, Integer> turns = new HashMap<>();
    Map<Wording, Integer> turn = new LinkedHashMap<>();
    all.stream()
        .sorted(Comparator.comparing(w -> Embeddings.hash(w.id())))
        .forEach(w -> turn.put(w, turns.merge(w.unit().articleId(), 1, Integer::sum)));
    return turn.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .limit(MOST)
        .map(Map.Entry::getKey)
        .toList();
  }

  private void add(
      Wording wording,
      String language,
      Calibration calibration,
      List<SelfCalibration.Sample> samples)
      throws IOException {
    Unit unit = wording.unit();
    TermWeights weights = new TermWeights(reader);
    AskedText asked =
        new AskedText(
            language,
            weights.ofTerms(unit.terms()),
            weights.ofBigrams(unit.bigrams()),
            Map.of(),
            unit.vector(),
            false);
    for (boolean withheld : List.of(false, true)) {
      List<Candidate> found =
          new Retrieval(reader, asked, headers)
              .candidates(
                  new UnitFilter(
                      product(unit),
                      Scope.ALL,
                      withheld ? unit.articleId() : null,
                      withheld ? null : wording.id()));
      List<Candidate> sorted =
          calibration.sorted(
              found.stream()
                  .filter(c -> c.header().language().equals(language) && !c.header().archived())
                  .toList());
      int terms = asked.terms().size();
      if (!sorted.isEmpty()) {
        samples.add(new SelfCalibration.Sample(calibration.signs(sorted, terms), !withheld));
      }
      if (withheld && sorted.size() > NEIGHBOURHOOD) {
        List<Candidate> afar = sorted.subList(NEIGHBOURHOOD, sorted.size());
        samples.add(new SelfCalibration.Sample(calibration.signs(afar, terms), false));
      }
    }
  }

  private @Nullable String product(Unit unit) {
    Header header = headers.get(unit.articleId());
    return header == null ? null : header.applicability().product();
  }
}
