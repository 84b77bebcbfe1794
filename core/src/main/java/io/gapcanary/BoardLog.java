package io.gapcanary;

import java.util.List;
import java.util.Optional;

/**
 * What happened on the board of gaps, in order, to be read on from where one stood: it is written
 * with the changes themselves, and so survives a restart. Thread-safe; made by {@link
 * Desk#boardLog}.
 *
 * <p>The latest 10,000 changes are kept.
 */
public final class BoardLog {
  private final DeskWork work;
  private final ProvisionalSignals provisional;

  BoardLog(DeskWork work, ProvisionalSignals provisional) {
    this.work = work;
    this.provisional = provisional;
  }

  /**
   * Changes, and where they lead.
   *
   * @param changes in order
   * @param end after the last of them; the place that was asked for when there are none
   */
  public record Page(List<BoardChange> changes, Place end) {
    /** Takes a copy. */
    public Page {
      changes = List.copyOf(changes);
    }
  }

  /**
   * A place in the log: after the change of a number.
   *
   * @param number 0 before the first
   * @param at that change's time in milliseconds, by which a log that was restored from a copy and
   *     went another way is recognised; 0 before the first
   */
  public record Place(long number, long at) {
    /** Before the first change. */
    public static final Place BEGINNING = new Place(0, 0);

    /** As it is sent: {@code 12-1767603600000}. */
    @Override
    public String toString() {
      return number + "-" + at;
    }

    /** The place that was sent so; empty for any other text. */
    public static Optional<Place> parse(String text) {
      if (!text.matches("\\d{1,18}-\\d{1,18}")) {
        return Optional.empty();
      }
      String[] parts = text.split("-");
      return Optional.of(new Place(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
    }
  }

  /**
   * The gaps of a moment.
   *
   * @param gaps those that somebody should see to, by number; at most {@code most}
   * @param live how many there are in all
   * @param worse the articles after which customers suddenly come back more often, at most 100
   * @param end the place in the log from which on changes are not in it
   */
  public record Snapshot(
      List<BoardChange.Line> gaps, int live, List<ArticleRise> worse, Place end) {
    /** Takes copies. */
    public Snapshot {
      gaps = List.copyOf(gaps);
      worse = List.copyOf(worse);
    }
  }

  /** Where the log ends now. */
  public Place end() {
    return work.read(session -> session.board().end());
  }

  /**
   * What happened after a place.
   *
   * @param most how many at most
   * @return empty when the log does not know the place any more, or never did
   */
  public Optional<Page> after(Place place, int most) {
    Optional<Page> found =
        work.read(
            session ->
                session.board().knows(place)
                    ? Optional.of(session.board().after(place, most))
                    : Optional.empty());
    return found.map(
        page -> new Page(page.changes().stream().map(this::titled).toList(), page.end()));
  }

  /** The record knows no words of what is forming. */
  private BoardChange titled(BoardChange change) {
    return change.forming() == null
        ? change
        : new BoardChange(
            change.id(),
            change.at(),
            change.what(),
            change.cases(),
            change.gap(),
            provisional.titled(change.forming()),
            change.article());
  }

  /** The gaps as they stand. */
  public Snapshot snapshot(int most) {
    return work.read(session -> session.board().snapshot(most));
  }
}
