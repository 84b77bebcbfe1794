package io.gapcanary;

import io.gapcanary.storage.FloodStore;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Cases that look like a machine's doing, and what people say of them. Thread-safe; made by {@link
 * Desk#floods}.
 *
 * <p>When more than {@link DeskSettings#floodCases} cases that ask the same in the same words open
 * within {@link DeskSettings#floodWithin}, one of them counts for all. The others are set aside:
 * kept, suggested for and listed here, but no part of gaps, their impact, the desk's health, repeat
 * contacts or what is learned. Numbers and ids in the words do not matter. Customers who ask the
 * same in words of their own are no flood, however many they are.
 */
public final class Floods {
  /** So many of a text's latest cases tell its channels. */
  private static final int LATEST = 200;

  private static final int LOOKED_UP_AT_ONCE = 100;

  private final DeskWork work;

  Floods(DeskWork work) {
    this.work = work;
  }

  /**
   * The texts that cases are set aside for, and those that somebody said real people ask; the ones
   * seen last first.
   *
   * @param most how many to describe; all are counted
   */
  public Flood.Page list(int most) {
    return work.read(
        session -> {
          FloodStore.Size size = session.floods().size();
          return new Flood.Page(
              size.cases(),
              size.texts(),
              session.floods().list(most).stream().map(row -> flood(session, row)).toList());
        });
  }

  /** How many cases are set aside, and how many texts they ask. */
  public Flood.Size size() {
    FloodStore.Size size = work.read(session -> session.floods().size());
    return new Flood.Size(size.cases(), size.texts());
  }

  /** The flood of an id. */
  public Optional<Flood> find(String id) {
    return work.read(session -> findRow(session, id).map(row -> flood(session, row)));
  }

  /**
   * The cases that are set aside for a text, the one that opened last first.
   *
   * @throws NotFoundException when there is no such flood
   */
  public List<String> cases(String id, int most) {
    return work.read(
        session ->
            session.floods().cases(getRow(session, id).alike(), most).stream()
                .map(FloodStore.Alike::caseId)
                .toList());
  }

  /** How many cases are set aside that ask what a gap's cases ask; 0 for a gap that is unknown. */
  public int beside(Gap gap) {
    int number = Integer.parseInt(gap.id().substring("gap-".length()));
    return work.read(
        session ->
            session
                .gaps()
                .findByNumber(number)
                .map(GapRow::key)
                .map(session.floods()::beside)
                .orElse(0));
  }

  /**
   * Decides whether real people ask a text. When they do, its cases count from now on, and those
   * set aside as {@link #countReleased} comes to them. When they do not, the settings say again
   * which later cases are set aside; those that count go on counting until {@link Recalculations}
   * judge them again.
   *
   * @param by who decides; blank: {@code manager}
   * @throws NotFoundException when there is no such flood
   */
  public Flood decide(String id, boolean people, String by) {
    return work.change(
        session -> {
          FloodStore.Row row = getRow(session, id);
          if (row.people() != people) {
            String person = by.isBlank() ? "manager" : by.strip();
            session.floods().decide(row.alike(), people, work.clockNow(), person);
          }
          return flood(session, getRow(session, id));
        });
  }

  /**
   * Judges cases again that were set aside and that real people asked, as somebody said, as if they
   * had counted from the first. A live desk calls this every few seconds until it returns 0.
   * Whatever happens live comes first.
   *
   * @param most how many at most
   * @return how many
   */
  public int countReleased(int most) {
    int counted = 0;
    while (counted < most) {
      int several = Math.min(LOOKED_UP_AT_ONCE, most - counted);
      List<String> released = work.read(session -> session.floods().released(several));
      if (released.isEmpty()) {
        return counted;
      }
      // Each by itself, for it is grouped by what the index holds of those before it.
      released.forEach(id -> work.later(session -> release(session, id)));
      counted += released.size();
    }
    return counted;
  }

  private boolean release(Session session, String caseId) {
    if (!session.floods().isSetAside(caseId)) {
      return false;
    }
    session
        .cases()
        .find(caseId)
        .filter(row -> !row.open())
        .ifPresentOrElse(row -> work.judge(session, row), () -> session.floods().takeBack(caseId));
    return true;
  }

  /** Takes over what was decided on another desk. */
  void use(Collection<Long> ofPeople) {
    Instant now = work.clockNow();
    work.change(
        session -> {
          ofPeople.forEach(alike -> session.floods().decide(alike, true, now, "manager"));
          return session;
        });
  }

  private static Optional<FloodStore.Row> findRow(Session session, String id) {
    return id.matches("flood-[1-9]\\d{0,17}")
        ? session.floods().find(Long.parseLong(id.substring("flood-".length())))
        : Optional.empty();
  }

  private static FloodStore.Row getRow(Session session, String id) {
    return findRow(session, id).orElseThrow(() -> new NotFoundException("There is no flood " + id));
  }

  private static Flood flood(Session session, FloodStore.Row row) {
    return new Flood(
        "flood-" + row.key(),
        row.question(),
        row.cases(),
        row.firstAt(),
        row.lastAt(),
        session.floods().channels(row.alike(), LATEST),
        row.counted(),
        row.gap(),
        row.people(),
        row.decidedAt(),
        row.decidedBy());
  }
}
