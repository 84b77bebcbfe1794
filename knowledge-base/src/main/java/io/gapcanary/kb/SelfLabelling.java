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
import org.jspecify.annotations.Nullable;

/**
 * Makes labelled questions of what a desk has, without anybody's labels: each learned wording that
 * is not in doubt (see {@link Trust}) is asked once with only itself left out, and once with its
 * whole article withheld. Where wordings are few, passages are asked likewise.
 */
final class SelfLabelling {
  /** Texts of a language that become labels, spread over the articles. */
  private static final int MOST = 400;

  /** Texts that are asked to have so many. */
  private static final int MOST_ASKED = 2 * MOST;

  /** So much of a passage in another article, and it is boilerplate: a weighted share of words. */
  private static final double REPEATED = 0.5;

  /** Fewer texts tell nothing. */
  private static final int FEWEST = 30;

  /** With fewer wordings than this, passages are asked too. */
  private static final int FEW_WORDINGS = 60;

  /** Articles that must be among them, or the fit would be theirs alone. */
  private static final int FEWEST_ARTICLES = 8;

  /** Wordings that an article has, for one of them to tell how the others rank it. */
  private static final int FEWEST_WORDINGS = 3;

  /** Candidates that are kept of each asking. */
  private static final int CANDIDATES = 30;

  private final UnitReader reader;
  private final Map<String, Header> headers;
  private final Centre centre;
  private final Runnable rest;

  /** A unit that is asked; its id when it is a wording. */
  private record Asked(@Nullable String wording, Unit unit) {}

  /**
   * Labels what a reader sees.
   *
   * @param rest called after each text
   */
  SelfLabelling(UnitReader reader, Map<String, Header> headers, Centre centre, Runnable rest) {
    this.reader = reader;
    this.headers = headers;
    this.centre = centre;
    this.rest = rest;
  }

  /** The labelled questions of each language that has enough. */
  Map<String, Labelled> labelled() throws IOException {
    Map<String, List<Asked>> wordings = new TreeMap<>();
    reader.sample().wordings().forEach((id, unit) -> sort(new Asked(id, unit), wordings));
    Map<String, List<Asked>> passages = new TreeMap<>();
    reader.sample().passages(10 * MOST).forEach(unit -> sort(new Asked(null, unit), passages));
    Set<String> languages = new HashSet<>(wordings.keySet());
    languages.addAll(passages.keySet());
    Map<String, Labelled> labelled = new TreeMap<>();
    for (String language : languages) {
      List<Asked> all = new ArrayList<>(wordings.getOrDefault(language, List.of()));
      boolean ranks = wellKnown(all) >= FEW_WORDINGS;
      if (all.size() < FEW_WORDINGS) {
        all.addAll(passages.getOrDefault(language, List.of()));
      }
      if (all.size() >= FEWEST && articles(all) >= FEWEST_ARTICLES) {
        labelled.put(language, ask(spread(all), language, ranks));
      }
    }
    return labelled;
  }

  private void sort(Asked asked, Map<String, List<Asked>> byLanguage) {
    Unit unit = asked.unit();
    Header header = headers.get(unit.articleId());
    String language = Language.of(unit.text());
    if (header != null
        && !header.archived()
        && header.language().equals(language)
        && !unit.terms().isEmpty()) {
      byLanguage.computeIfAbsent(language, l -> new ArrayList<>()).add(asked);
    }
  }

  private static int articles(List<Asked> asked) {
    Set<String> articles = new HashSet<>();
    asked.forEach(a -> articles.add(a.unit().articleId()));
    return articles.size();
  }

  /** Wordings of articles that would still have some when one is left out. */
  private static long wellKnown(List<Asked> wordings) {
    Map<String, Integer> counts = new HashMap<>();
    wordings.forEach(w -> counts.merge(w.unit().articleId(), 1, Integer::sum));
    return counts.values().stream()
        .filter(n -> n >= FEWEST_WORDINGS)
        .mapToInt(Integer::intValue)
        .sum();
  }

  /** The first text of every article, then the second, and so on; in an order of no meaning. */
  private static List<Asked> spread(List<Asked> all) {
    Map<String, Integer> turns = new HashMap<>();
    Map<Asked, Integer> turn = new LinkedHashMap<>();
    all.stream()
        .sorted(Comparator.comparing(a -> Embeddings.hash(key(a))))
        .forEach(a -> turn.put(a, turns.merge(a.unit().articleId(), 1, Integer::sum)));
    return turn.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .limit(MOST_ASKED)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String key(Asked asked) {
    return asked.wording() == null
        ? asked.unit().articleId() + '\n' + asked.unit().text()
        : asked.wording();
  }

  private Labelled ask(List<Asked> chosen, String language, boolean ranks) throws IOException {
    List<Labelled.Asking> askings = new ArrayList<>();
    for (Asked asked : chosen) {
      if (askings.size() == MOST) {
        break;
      }
      Unit unit = asked.unit();
      TermWeights weights = new TermWeights(reader.frequencies());
      AskedText text =
          new AskedText(
              language,
              weights.ofTerms(unit.terms()),
              weights.ofBigrams(unit.bigrams()),
              Map.of(),
              unit.vector(),
              false);
      List<Candidate> present = candidates(text, asked, null);
      List<Candidate> withheld = candidates(text, asked, unit.articleId());
      if (!isDoubted(text, asked, present) && !isRepeated(asked, withheld)) {
        askings.add(
            new Labelled.Asking(
                unit.articleId(),
                asked.wording() == null,
                text.terms().size(),
                measured(present),
                measured(withheld)));
      }
      rest.run();
    }
    return new Labelled(askings, articlesIn(language), ranks);
  }

  /** A link that is probably wrong is no label. */
  private boolean isDoubted(AskedText text, Asked asked, List<Candidate> present) {
    float[] vector = asked.unit().vector();
    float[] seen = vector == null ? null : centre.view(vector);
    List<Candidate.ScoredUnit> nearest =
        present.stream()
            .flatMap(candidate -> candidate.units().stream())
            .sorted(Comparator.comparingDouble(Candidate.ScoredUnit::nearness).reversed())
            .toList();
    return asked.wording() != null
        && new Trust(text, centre)
            .isDoubted(new Candidate.ScoredUnit(asked.unit(), WordLikeness.NONE, 1, seen), nearest);
  }

  /**
   * What other articles say in the same words is nobody's question, and withholding one is vain.
   */
  private static boolean isRepeated(Asked asked, List<Candidate> withheld) {
    return asked.wording() == null
        && withheld.stream().anyMatch(c -> c.feature(Feature.BEST_OVERLAP) >= REPEATED);
  }

  private static List<Candidate> measured(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::measured).toList();
  }

  private int articlesIn(String language) {
    return (int) headers.values().stream().filter(h -> h.language().equals(language)).count();
  }

  private List<Candidate> candidates(AskedText text, Asked asked, @Nullable String withheld)
      throws IOException {
    UnitFilter filter =
        new UnitFilter(
            product(asked.unit()),
            Scope.ALL,
            null,
            withheld,
            withheld == null ? asked.wording() : null);
    return new Retrieval(reader, text, headers, centre)
        .candidates(filter, unit -> !same(unit, asked)).stream()
            .filter(c -> c.header().language().equals(text.language()) && !c.header().archived())
            .sorted(Comparator.comparingDouble(SelfLabelling::promise).reversed())
            .limit(CANDIDATES)
            .toList();
  }

  static double promise(Candidate candidate) {
    return candidate.feature(Feature.BEST_OVERLAP)
        + candidate.feature(Feature.TITLE_RECALL)
        + 2 * candidate.feature(Feature.FOCUS_MEANING)
        + candidate.feature(Feature.CENTRE_COSINE);
  }

  private static boolean same(Unit unit, Asked asked) {
    return asked.wording() == null
        && unit.kind() == asked.unit().kind()
        && unit.articleId().equals(asked.unit().articleId())
        && unit.text().equals(asked.unit().text());
  }

  private @Nullable String product(Unit unit) {
    Header header = headers.get(unit.articleId());
    return header == null ? null : header.applicability().product();
  }
}
