package io.gapcanary.gaps;

import io.gapcanary.Gap;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.GapStore;
import io.gapcanary.storage.Session;
import java.time.Instant;
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

  /** The gap of an article, begun when there is none. */
  GapRow ofArticle(Session session, Gap.Kind kind, String articleId) {
    return session
        .gaps()
        .findOfArticle(kind, articleId)
        .orElseGet(() -> session.gaps().begin(kind, articleId));
  }

  /** Counts a case in a gap. */
  void join(Session session, GapRow gap, CaseRow row, Instant at, boolean strong) {
    session.gaps().join(gap, row, at, strong);
    int cases = session.gaps().size(gap.key()).cases();
    if (cases <= 4 || (cases & (cases - 1)) == 0) {
      retitle(session, gap);
    }
    if (strong && gap.state() == Gap.State.VERIFIED && gap.verifiedAt() != null) {
      reopen(session, gap, gap.verifiedAt(), at);
    }
  }

  /** Finds a gap the title that suits its latest cases. */
  void retitle(Session session, GapRow gap) {
    session.gaps().setTitle(gap.key(), titles.of(session.gaps().latestMembers(gap.key(), 12)));
  }

  private static void reopen(Session session, GapRow gap, Instant verifiedAt, Instant at) {
    GapStore.Size since = session.gaps().sizeSince(gap.key(), verifiedAt);
    if (since.strongCustomers() >= CUSTOMERS_TO_REOPEN) {
      session.gaps().change(gap.key(), Gap.State.OPEN, gap.owner(), null);
      session
          .gaps()
          .note(gap.key(), at, EVIDENCE, "opened again: customers go on missing it", null);
    }
  }

  /** Raises a subject that was held back; a gap stays one. */
  GapRow raise(Session session, GapRow gap, Instant at, String because) {
    if (!gap.heldBack()) {
      return gap;
    }
    GapRow raised = session.gaps().raise(gap.key(), at);
    session.gaps().note(gap.key(), at, EVIDENCE, because, null);
    return raised;
  }

  /** Notes that evidence proves a gap fixed. */
  void verify(Session session, GapRow gap, Instant at, String because) {
    if (gap.state().live()) {
      session.gaps().change(gap.key(), Gap.State.VERIFIED, gap.owner(), at);
      if (!gap.heldBack()) {
        session.gaps().note(gap.key(), at, EVIDENCE, because, null);
      }
    }
  }

  /** The id of a gap that people see and that is not done with. */
  static Optional<String> visibleId(@Nullable GapRow gap) {
    return gap == null || !gap.state().live() ? Optional.empty() : Optional.ofNullable(gap.id());
  }
}
