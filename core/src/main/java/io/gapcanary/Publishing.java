package io.gapcanary;

import io.gapcanary.gaps.GapRules;
import io.gapcanary.gaps.Replay;
import io.gapcanary.kb.Article;
import io.gapcanary.kb.EmbeddingException;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Supposition;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Asks again when what is to cure a gap is there: the gap's questions, and those of other cases,
 * which the same articles may lead elsewhere. Hundreds of questions are asked, so that it happens
 * beside events; only what came of it is written in their order. Thread-safe.
 */
final class Publishing {
  private final DeskWork work;
  private final KnowledgeBase knowledge;
  private final GapRules rules;
  private final Replay replay;

  Publishing(DeskWork work, KnowledgeBase knowledge, GapRules rules, Replay replay) {
    this.work = work;
    this.knowledge = knowledge;
    this.rules = rules;
    this.replay = replay;
  }

  /**
   * Takes in that an article came or changed.
   *
   * @param former the article as it was, or {@code null} for a new one
   */
  void came(Article article, @Nullable Article former) {
    Instant at = work.now();
    for (GapRow gap : work.read(session -> rules.concerned(session, article, at))) {
      GapReplay today = work.read(session -> replay.of(session, gap, at));
      Supposition before = before(article, former);
      if (today.articles().contains(article.id()) && isNews(gap, today, article, before, at)) {
        GapReplay result = since(gap, today, before, at);
        work.change(
            session -> {
              rules.answered(session, gap, article.id(), result, at);
              return gap;
            });
      }
    }
  }

  /** By the gap's own questions: those of hundreds of other cases are asked where there is any. */
  private boolean isNews(
      GapRow gap, GapReplay today, Article article, Supposition before, Instant at) {
    GapReplay own = since(gap, today, before, at, Replay.Questions::own);
    return GapRules.isProof(own, article.id()) || own.answered() > own.answeredBefore();
  }

  private static Supposition before(Article article, @Nullable Article former) {
    return former == null || former.confidence() == Article.Confidence.ARCHIVED
        ? before(List.of(), Set.of(article.id()))
        : before(article.equals(former) ? List.of() : List.of(former), Set.of());
  }

  private static Supposition before(List<Article> formers, Set<String> without) {
    return new Supposition(formers, List.of(), Map.of(), without);
  }

  /**
   * What came of a gap's questions, of which somebody says that its article is there.
   *
   * @return empty when no article is to cure it
   */
  Optional<GapReplay> of(GapRow gap, Gap.Remedy remedy) {
    if (remedy != Gap.Remedy.ARTICLE) {
      return Optional.empty();
    }
    Instant at = work.now();
    GapReplay today = work.read(session -> replay.of(session, gap, at));
    Supposition before = work.read(session -> before(session, gap, today));
    return Optional.of(since(gap, today, before, at));
  }

  /** As it was when the gap was raised, as far as articles came or changed for it since. */
  private static Supposition before(Session session, GapRow gap, GapReplay today) {
    Instant raised = gap.detectedAt() == null ? Instant.EPOCH : gap.detectedAt();
    Set<String> articles = new LinkedHashSet<>(today.articles());
    Optional.ofNullable(gap.articleId()).ifPresent(articles::add);
    List<Article> formers = new ArrayList<>();
    Set<String> without = new LinkedHashSet<>();
    for (String id : articles) {
      if (session.articles().isNewSince(id, raised)) {
        without.add(id);
      } else {
        session.articles().findFormer(id, raised).ifPresent(formers::add);
      }
    }
    return before(formers, without);
  }

  private GapReplay since(GapRow gap, GapReplay today, Supposition before, Instant at) {
    return since(gap, today, before, at, UnaryOperator.identity());
  }

  /** As it is today where there is nothing to hold it against. */
  private GapReplay since(
      GapRow gap,
      GapReplay today,
      Supposition before,
      Instant at,
      UnaryOperator<Replay.Questions> which) {
    if (before.articles().isEmpty() && before.without().isEmpty()) {
      return today;
    }
    try {
      Replay.Questions questions =
          work.read(session -> which.apply(Replay.questions(session, gap, at)));
      return work.supposing(() -> replay.since(questions, knowledge.suppose(before)));
    } catch (EmbeddingException e) {
      return today;
    }
  }
}
