package io.gapcanary.gaps;

import io.gapcanary.Gap;
import io.gapcanary.Outcome;
import io.gapcanary.Resolution;
import io.gapcanary.ToTell;
import io.gapcanary.kb.Applicability;
import io.gapcanary.kb.Article;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.GapMember;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cases whose customers got no answer or a wrong one, and have not come back.
 *
 * <p>Wrong is an article that turned out incomplete, in the editions before the present one when
 * that came after evidence raised the gap or opened it again; and one that is superseded where the
 * case's version is not among the article's. None had the cases of a gap that gave nothing, unless
 * the agent solved them. A customer has come back with a later case that repeats or continues this
 * one, or that counts in the same gap.
 */
public final class Untold {
  private static final int MOST = 1000;

  private Untold() {}

  /** True when there is something to tell: an article turned out wrong, or the gap is cured. */
  public static boolean due(Gap.Kind kind, Gap.State state) {
    return switch (kind) {
      case INCOMPLETE, SUPERSEDED -> state != Gap.State.DISMISSED;
      case MISSING, UNFINDABLE, UNTRANSLATED -> state == Gap.State.VERIFIED;
    };
  }

  /** The cases, those that closed last first. */
  public static List<ToTell> of(Session session, GapRow gap) {
    Map<String, ToTell> found = new LinkedHashMap<>();
    wronglyGiven(session, gap).forEach(one -> found.put(one.caseId(), one));
    if (gap.kind() != Gap.Kind.INCOMPLETE) {
      for (GapMember member : session.gapCases().latestMembers(gap.key(), MOST)) {
        unanswered(session, member.caseId()).ifPresent(one -> found.putIfAbsent(one.caseId(), one));
      }
    }
    return found.values().stream()
        .filter(one -> !session.cases().cameBack(one.caseId(), gap.key()))
        .sorted(Comparator.comparing(ToTell::closedAt).reversed().thenComparing(ToTell::caseId))
        .toList();
  }

  private static List<ToTell> wronglyGiven(Session session, GapRow gap) {
    String articleId = gap.articleId();
    if (articleId == null) {
      return List.of();
    }
    Applicability fits =
        session.articles().find(articleId).map(Article::applicability).orElse(null);
    return givings(session, gap, articleId).stream()
        .flatMap(id -> session.cases().find(id).stream())
        .filter(row -> isWrong(gap.kind(), fits, row))
        .flatMap(row -> toTell(row, articleId).stream())
        .toList();
  }

  private static List<String> givings(Session session, GapRow gap, String articleId) {
    return gap.kind() == Gap.Kind.INCOMPLETE && correctedSince(session, gap, articleId)
        ? session.givings().casesBeforeEdition(articleId, MOST)
        : session.givings().cases(articleId, MOST);
  }

  /** True when the article is another one now than it was when evidence last spoke against it. */
  private static boolean correctedSince(Session session, GapRow gap, String articleId) {
    Optional<Instant> found =
        Stream.of(session.gapHistory().reopenedAt(gap.key()), Optional.ofNullable(gap.detectedAt()))
            .flatMap(Optional::stream)
            .max(Comparator.naturalOrder());
    Optional<Instant> edition = session.articles().editionAt(articleId);
    return found.isPresent() && edition.isPresent() && !edition.get().isBefore(found.get());
  }

  private static boolean isWrong(Gap.Kind kind, @Nullable Applicability fits, CaseRow row) {
    return switch (kind) {
      case INCOMPLETE -> true;
      case SUPERSEDED -> fits != null && !fits.fitsVersion(row.version());
      case MISSING, UNFINDABLE, UNTRANSLATED -> false;
    };
  }

  private static Optional<ToTell> unanswered(Session session, String caseId) {
    boolean nothing =
        session.outcomes().find(caseId).map(Outcome::given).filter(List::isEmpty).isPresent();
    return nothing
        ? session
            .cases()
            .find(caseId)
            .filter(row -> row.resolution() != Resolution.SOLVED)
            .flatMap(row -> toTell(row, null))
        : Optional.empty();
  }

  private static Optional<ToTell> toTell(CaseRow row, @Nullable String articleId) {
    return Optional.ofNullable(row.closedAt())
        .map(closed -> new ToTell(row.id(), closed, row.agentId(), row.channel(), articleId));
  }
}
