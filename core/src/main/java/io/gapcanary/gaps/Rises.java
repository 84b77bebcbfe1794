package io.gapcanary.gaps;

import io.gapcanary.RateChange;
import io.gapcanary.cases.JudgedCase;
import io.gapcanary.storage.ArticleStore;
import io.gapcanary.storage.LinkStore;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Notices at a return that an article has suddenly become worse ({@link SuddenChange}), and at any
 * further case that gave it that it has not.
 */
final class Rises {
  private Rises() {}

  /** Looks at the articles that a case gave, and at those that its customer came back after. */
  static void look(Session session, JudgedCase judged) {
    Set<String> returned = new LinkedHashSet<>();
    if (judged.repeatOf() != null) {
      session.links().given(judged.repeatOf()).stream()
          .map(LinkStore.Given::articleId)
          .forEach(returned::add);
    }
    returned.forEach(article -> look(session, article, judged.at()));
    judged.own().stream()
        .filter(article -> !returned.contains(article))
        .filter(article -> session.rises().find(article).isPresent())
        .forEach(article -> look(session, article, judged.at()));
  }

  private static void look(Session session, String articleId, Instant at) {
    Optional<ArticleStore.Heading> heading = session.articles().findHeading(articleId);
    if (heading.isEmpty()) {
      return;
    }
    int edition = heading.get().edition();
    Optional<RateChange> change = ArticleHealths.change(session, articleId, edition);
    boolean lasts = session.rises().find(articleId).isPresent();
    if (change.isEmpty()) {
      session.rises().end(articleId, at);
    } else if (lasts) {
      session.rises().update(articleId, change.get());
    } else {
      session.rises().begin(articleId, edition, change.get(), at);
    }
  }
}
