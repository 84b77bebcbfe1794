package io.gapcanary.gaps;

import io.gapcanary.ArticleHealth;
import io.gapcanary.RateChange;
import io.gapcanary.RepeatRate;
import io.gapcanary.storage.ArticleStore;
import io.gapcanary.storage.GivingStore;
import io.gapcanary.storage.ReturnStore;
import io.gapcanary.storage.Session;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How articles do with customers, for people. */
public final class ArticleHealths {
  private final GapRules rules;

  /** By the rules that charge articles with their returns. */
  public ArticleHealths(GapRules rules) {
    this.rules = rules;
  }

  /** The health of an article that is there. */
  public ArticleHealth of(Session session, String articleId, ArticleStore.Heading heading) {
    RepeatRate repeat = rules.repeatRate(session, articleId);
    return new ArticleHealth(
        articleId,
        heading.title(),
        repeat,
        worse(repeat),
        session.returns().unaided(articleId),
        change(session, articleId, heading.edition()).orElse(null),
        session.articles().wordings(articleId).size(),
        session.returns().editions(articleId).stream()
            .map(edition -> edition(edition, heading.edition()))
            .toList());
  }

  /** A sudden rise of an article's repeat rate. */
  public static Optional<RateChange> change(Session session, String articleId, int edition) {
    return SuddenChange.find(
        session.returns().latestTrials(articleId, SuddenChange.LOOKED_AT), edition);
  }

  private static double worse(RepeatRate repeat) {
    return Rounded.to4(
        new Posterior(repeat.returned(), repeat.given() - repeat.returned())
            .exceeds(repeat.expected()));
  }

  private static ArticleHealth.Edition edition(ReturnStore.Edition sums, int present) {
    Posterior rate = new Posterior(sums.returned(), sums.given() - sums.returned());
    return new ArticleHealth.Edition(
        sums.edition(),
        sums.edition() == present,
        sums.cases(),
        sums.given(),
        sums.returned(),
        Rounded.to4(rate.low()),
        Rounded.to4(rate.high()),
        sums.firstGiven(),
        sums.lastGiven());
  }

  private record Ranked(
      String id, ArticleStore.Heading heading, int given, int returned, double worse) {}

  /**
   * A page of all articles.
   *
   * @param after the last id of the page before, or {@code null}
   */
  public ArticleHealth.Page list(
      Session session, ArticleHealth.Order order, @Nullable String after, int limit) {
    Map<String, GivingStore.Tally> tallies = session.returns().all();
    IncompleteRule.Expectation expectation = rules.expectation(session);
    List<Ranked> all =
        session.articles().headings().entrySet().stream()
            .map(
                entry -> {
                  GivingStore.Tally tally =
                      tallies.getOrDefault(entry.getKey(), GivingStore.Tally.NONE);
                  GivingStore.Returns mine = tally.givings();
                  double expected = expectation.of(entry.getKey(), mine);
                  return new Ranked(
                      entry.getKey(),
                      entry.getValue(),
                      mine.given(),
                      mine.returned(),
                      mine.given() == 0
                          ? 0
                          : new Posterior(mine.returned(), mine.given() - mine.returned())
                              .exceeds(expected));
                })
            .sorted(comparator(order))
            .toList();
    int from = 0;
    for (int i = 0; i < all.size() && after != null; i++) {
      if (all.get(i).id().equals(after)) {
        from = i + 1;
      }
    }
    List<Ranked> page = all.subList(from, Math.min(all.size(), from + limit));
    return new ArticleHealth.Page(
        page.stream().map(article -> row(session, article, expectation)).toList(),
        from + page.size() < all.size() ? page.getLast().id() : null);
  }

  private static ArticleHealth.Row row(
      Session session, Ranked article, IncompleteRule.Expectation expectation) {
    return new ArticleHealth.Row(
        article.id(),
        article.heading().title(),
        article.heading().language(),
        IncompleteRule.rate(session, article.id(), expectation),
        Rounded.to4(article.worse()));
  }

  private static Comparator<Ranked> comparator(ArticleHealth.Order order) {
    Comparator<Ranked> first =
        switch (order) {
          case WORSE -> Comparator.comparingDouble(Ranked::worse).reversed();
          case GIVEN -> Comparator.comparingInt(Ranked::given).reversed();
          case RETURNED -> Comparator.comparingInt(Ranked::returned).reversed();
          case ID -> Comparator.comparing(Ranked::id);
        };
    return first.thenComparing(Ranked::id);
  }
}
