package io.gapcanary.gaps;

import io.gapcanary.Gap;
import io.gapcanary.Gap.Event.What;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.GapSizeStore;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every kind of gap has in common: cases join it, enough of them raise it, evidence verifies
 * it and opens it again, and it has a title.
 */
final class GapBook {
  /** Who did what no person did. */
  static final String EVIDENCE = "evidence";

  /** So many customers must miss again before a verified gap opens again. */
  private static final int CUSTOMERS_TO_REOPEN = 2;

  private final GapTitle titles;

  GapBook(GapTitle titles) {
    this.titles = titles;
  }

  /** The gap of an article, or the one that a person merged it into; begun when there is none. */
  GapRow ofArticle(Session session, Gap.Kind kind, String articleId) {
    return findOfArticle(session, kind, articleId)
        .orElseGet(() -> session.gaps().begin(kind, articleId));
  }

  /** The same, when it is there. */
  static Optional<GapRow> findOfArticle(Session session, Gap.Kind kind, String articleId) {
    return session
        .gaps()
        .findOfArticle(kind, articleId)
        .or(() -> session.gapMerges().findJoined(kind, articleId));
  }

  /** Why a subject is raised: so many customers. */
  static Map<String, Object> customers(Session session, GapRow gap) {
    return Map.of("customers", session.gapSizes().of(gap.key()).strongCustomers());
  }

  /** Counts a case in a gap. */
  void join(Session session, GapRow gap, CaseRow row, Instant at, boolean strong) {
    session.gapCases().join(gap, row, at, strong);
    int cases = session.gapSizes().cases(gap.key());
    if (!gap.heldBack() && (cases <= 4 || (cases & (cases - 1)) == 0)) {
      retitle(session, gap);
    }
    // Somebody comes back after any article: whether it is too often again, its rule says.
    if (strong && gap.kind() != Gap.Kind.INCOMPLETE) {
      reopenWhenMissed(session, gap, at);
    }
  }

  /** Finds a gap the title that suits its latest cases. */
  void retitle(Session session, GapRow gap) {
    session.gaps().setTitle(gap.key(), titles.of(session.gapCases().latestMembers(gap.key(), 12)));
  }

  /** Opens a verified gap again when customers have missed it since. */
  static void reopenWhenMissed(Session session, GapRow gap, Instant at) {
    if (gap.state() != Gap.State.VERIFIED || gap.verifiedAt() == null) {
      return;
    }
    GapSizeStore.Size since = session.gapSizes().since(gap.key(), gap.verifiedAt());
    if (since.strongCustomers() >= CUSTOMERS_TO_REOPEN) {
      reopen(session, gap, at, Map.of("customers", since.strongCustomers()));
    }
  }

  /** Opens a gap again: who owned it does. */
  static void reopen(Session session, GapRow gap, Instant at, Map<String, Object> because) {
    Gap.State state = gap.owner() == null ? Gap.State.OPEN : Gap.State.ASSIGNED;
    session.gaps().change(gap.key(), state, gap.owner(), null);
    note(session, gap, at, What.REOPENED, because);
  }

  /** Notes what evidence did. */
  static void note(
      Session session, GapRow gap, Instant at, What what, Map<String, Object> details) {
    session.gapHistory().note(gap.key(), new Gap.Event(at, EVIDENCE, what, details, null));
  }

  /**
   * Raises a subject that was held back; a gap stays one.
   *
   * @param because the details of {@link What#RAISED} but for the kind
   */
  GapRow raise(Session session, GapRow gap, Instant at, Map<String, Object> because) {
    if (!gap.heldBack()) {
      return gap;
    }
    GapRow raised = session.gaps().raise(gap.key(), at);
    Map<String, Object> details = new LinkedHashMap<>(because);
    details.put("kind", gap.kind().wireName());
    note(session, gap, at, What.RAISED, details);
    retitle(session, raised);
    return session.gaps().get(gap.key());
  }

  /**
   * Notes that evidence proves a gap fixed.
   *
   * @param by which evidence, as in {@link What#VERIFIED}
   */
  void verify(Session session, GapRow gap, Instant at, String by, Map<String, Object> because) {
    if (gap.state().live()) {
      session.gaps().change(gap.key(), Gap.State.VERIFIED, gap.owner(), at);
      if (!gap.heldBack()) {
        Map<String, Object> details = new LinkedHashMap<>(because);
        details.put("by", by);
        note(session, gap, at, What.VERIFIED, details);
      }
    }
  }

  /** The id of a gap that people see and that is not done with. */
  static Optional<String> visibleId(@Nullable GapRow gap) {
    return gap == null || !gap.state().live() ? Optional.empty() : Optional.ofNullable(gap.id());
  }
}
