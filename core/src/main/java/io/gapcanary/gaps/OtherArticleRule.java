package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.Gap;
import io.gapcanary.cases.JudgedCase;
import io.gapcanary.kb.Language;
import io.gapcanary.kb.Verdict;
import io.gapcanary.storage.ArticleStore;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The rule of <em>superseded</em> and <em>untranslated</em>: an article would answer, but for other
 * versions, or in another language.
 *
 * <p>Several distinct customers make it a gap. An agent who gives an article in another language
 * than the customer's shows the same as a question that finds it in that language only.
 */
final class OtherArticleRule {
  private final GapBook book;
  private final Supplier<DeskSettings> settings;

  OtherArticleRule(GapBook book, Supplier<DeskSettings> settings) {
    this.book = book;
    this.settings = settings;
  }

  Optional<GapRow> signal(Session session, JudgedCase judged) {
    if (!judged.row().asks()) {
      return Optional.empty();
    }
    if (judged.given()) {
      return givenInOtherLanguage(session, judged)
          .map(article -> signal(session, judged, Gap.Kind.UNTRANSLATED, article));
    }
    if (judged.matches().verdict() instanceof Verdict.NoMatch noMatch) {
      String article = noMatch.articleId();
      return article == null
          ? Optional.empty()
          : kind(noMatch.reason()).map(kind -> signal(session, judged, kind, article));
    }
    return Optional.empty();
  }

  /** While a case is open an article that was given in it, in whatever language, may help. */
  Optional<Joining> wouldJoin(Session session, JudgedCase judged) {
    if (judged.given()
        || !judged.row().asks()
        || !(judged.matches().verdict() instanceof Verdict.NoMatch noMatch)) {
      return Optional.empty();
    }
    String article = noMatch.articleId();
    return article == null
        ? Optional.empty()
        : kind(noMatch.reason()).map(kind -> joining(session, kind, article));
  }

  private static Joining joining(Session session, Gap.Kind kind, String article) {
    Long key = GapBook.findOfArticle(session, kind, article).map(GapRow::key).orElse(null);
    return new Joining(kind, article, key);
  }

  private static Optional<Gap.Kind> kind(Verdict.Reason reason) {
    return switch (reason) {
      case OTHER_VERSION -> Optional.of(Gap.Kind.SUPERSEDED);
      case OTHER_LANGUAGE -> Optional.of(Gap.Kind.UNTRANSLATED);
      case ARCHIVED, EXPIRED, BELOW_FLOOR, NO_ARTICLE -> Optional.empty();
    };
  }

  private GapRow signal(Session session, JudgedCase judged, Gap.Kind kind, String articleId) {
    GapRow gap = book.ofArticle(session, kind, articleId);
    book.join(session, gap, judged.row(), judged.at(), true);
    int enough = settings.get().minimumArticleCustomers();
    return gap.heldBack()
            && gap.state().live()
            && session.gapSizes().strongCustomers(gap.key(), enough) >= enough
        ? book.raise(session, gap, judged.at(), GapBook.customers(session, gap))
        : gap;
  }

  private static Optional<String> givenInOtherLanguage(Session session, JudgedCase judged) {
    return judged.own().stream()
        .filter(
            article ->
                session
                    .articles()
                    .findHeading(article)
                    .map(ArticleStore.Heading::language)
                    .filter(language -> isOther(language, judged.row().spoken()))
                    .isPresent())
        .findFirst();
  }

  private static boolean isOther(String language, String spoken) {
    return !Language.primary(language).equals(Language.primary(spoken));
  }
}
