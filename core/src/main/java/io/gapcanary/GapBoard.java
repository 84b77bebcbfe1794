package io.gapcanary;

import io.gapcanary.gaps.GapViews;
import io.gapcanary.gaps.HeldBack;
import io.gapcanary.gaps.Replay;
import io.gapcanary.privacy.Masking;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a knowledge manager works from: the gaps, ranked. Thread-safe; made by {@link Desk#board}.
 */
public final class GapBoard {
  private final DeskWork work;
  private final GapViews views;
  private final Replay replay;
  private final Masking masking;

  GapBoard(DeskWork work, GapViews views, Replay replay, Masking masking) {
    this.work = work;
    this.views = views;
    this.replay = replay;
    this.masking = masking;
  }

  /**
   * A page of gaps: live ones by impact, then those that evidence has verified, then dismissed
   * ones.
   */
  public GapPage list(GapFilter filter) {
    return list(filter, work.now());
  }

  /**
   * The same, with impacts as of a time: recency and trend are counted from it. A case that closed
   * later counts as one of that time.
   */
  public GapPage list(GapFilter filter, Instant asOf) {
    return work.read(session -> views.list(session, filter, asOf));
  }

  /** The same, had somebody decided on other weights of the impact: to see before deciding. */
  public GapPage preview(GapFilter filter, ImpactWeights weights) {
    return work.read(session -> views.list(session, filter, work.now(), weights));
  }

  /**
   * Where a gap stands by impact among all that are not dismissed, and what puts it above the next
   * one; empty for a gap that is dismissed, or unknown.
   */
  public Optional<GapRank> rank(String id) {
    Instant now = work.now();
    return work.read(
        session ->
            findRow(session, id)
                .flatMap(
                    gap ->
                        views.rank(session, String.valueOf(gap.id()), GapFilter.FIRST_PAGE, now)));
  }

  /**
   * The subjects that too few customers have asked about to be called gaps.
   *
   * @param most how many to describe; all are counted
   */
  public HeldBackSubject.Page heldBack(int most) {
    return work.read(session -> HeldBack.of(session, most));
  }

  /** The gap of an id, with its history. A merged gap answers as the one that it joined. */
  public Optional<Gap> find(String id) {
    Instant now = work.now();
    return work.read(session -> findRow(session, id).map(gap -> views.view(session, gap, now)));
  }

  private static Optional<GapRow> findRow(Session session, String id) {
    if (!id.matches("gap-[1-9]\\d{0,8}")) {
      return Optional.empty();
    }
    return session
        .gaps()
        .findByNumber(Integer.parseInt(id.substring("gap-".length())))
        .filter(gap -> !gap.heldBack());
  }

  private static GapRow getRow(Session session, String id) {
    return findRow(session, id).orElseThrow(() -> new NotFoundException("There is no gap " + id));
  }

  /**
   * Changes a gap's state or owner.
   *
   * @param expectedVersion the {@link Gap#version} that the decision was based on
   * @throws NotFoundException when there is no such gap
   * @throws StaleException when the gap has changed since
   */
  public Gap change(String id, long expectedVersion, GapChange change) {
    return work.change(
        session -> {
          GapRow gap = getRow(session, id);
          if (gap.version() != expectedVersion) {
            throw new StaleException(
                "Gap "
                    + id
                    + " has changed: it is at version "
                    + gap.version()
                    + ", not "
                    + expectedVersion);
          }
          decide(session, gap, change);
          return views.view(session, session.gaps().get(gap.key()), work.now());
        });
  }

  private void decide(Session session, GapRow gap, GapChange change) {
    Gap.State state = Objects.requireNonNullElse(change.state(), gap.state());
    String owner = owner(gap, change);
    session.gaps().change(gap.key(), state, owner, null);
    String reason = change.reason() == null ? null : masking.mask(change.reason());
    if (state != gap.state()) {
      session
          .gaps()
          .note(
              gap.key(),
              work.clockNow(),
              change.by(),
              gap.state().wireName() + " → " + state.wireName(),
              reason);
    }
    if (!Objects.equals(owner, gap.owner())) {
      String what = owner == null ? "nobody owns it now" : "owned by " + owner;
      session.gaps().note(gap.key(), work.clockNow(), change.by(), what, reason);
    }
  }

  private static @Nullable String owner(GapRow gap, GapChange change) {
    if (change.owner() == null) {
      return gap.owner();
    }
    return change.owner().isBlank() ? null : change.owner().strip();
  }

  /**
   * Asks a gap's stored questions again of today's articles. Changes nothing.
   *
   * @throws NotFoundException when there is no such gap
   */
  public GapReplay replay(String id) {
    return work.read(session -> replay.of(session, getRow(session, id), work.now()));
  }
}
