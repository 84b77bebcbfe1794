package io.gapcanary.exchange;

import io.gapcanary.AgentAssist;
import io.gapcanary.Closing;
import io.gapcanary.Desk;
import io.gapcanary.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Past cases, to happen again on a desk as if live: every opening, message, link and close in time
 * order, so that nothing is judged by what came later.
 *
 * <p>Of events at the same time, those of the smaller case id come first, and within a case its own
 * order: open, messages, links, close. Nothing of a case happens before it opens.
 *
 * <p>Of a case that is not open only its id, its time and its place are kept: cases may be read
 * again when they are due, so that any number of them can happen in the same memory.
 */
public final class History {
  private static final Comparator<Waiting> BY_OPENING =
      Comparator.comparing(Waiting::openedAt)
          .thenComparing(Waiting::caseId)
          .thenComparingInt(Waiting::number);

  private static final Comparator<Event> ORDER =
      Comparator.comparing(Event::at)
          .thenComparing(Event::caseId)
          .thenComparingInt(Event::number)
          .thenComparingInt(Event::position);

  private final List<Waiting> waiting = new ArrayList<>();
  private final LongFunction<? extends @Nullable CaseLine> cases;
  private int size;

  /** A case that has not opened yet. */
  private record Waiting(Instant openedAt, String caseId, int number, long place) {}

  /** Something that happens to a case. */
  @FunctionalInterface
  private interface Happening {
    void on(AgentAssist assist);
  }

  private record Event(Instant at, String caseId, int number, int position, Happening happening) {}

  /** The events of cases that come in any order, kept in memory. */
  public History(Collection<CaseLine> lines) {
    List<CaseLine> kept = List.copyOf(lines);
    cases = place -> kept.get((int) place);
    kept.forEach(line -> add(waiting.size(), line));
  }

  /**
   * A history without a case yet, of cases that are read again when they are due.
   *
   * @param cases the case at a place, or {@code null} when it is gone since; asked once for each
   *     that was added
   */
  public History(LongFunction<? extends @Nullable CaseLine> cases) {
    this.cases = cases;
  }

  /** Adds a case, in any order; of it nothing but its place stays in memory. */
  public void add(long place, CaseLine line) {
    Instant openedAt = Objects.requireNonNull(line.opening().openedAt());
    waiting.add(new Waiting(openedAt, line.id(), waiting.size(), place));
    size +=
        1 + line.messages().size() + line.links().size() + (line.closing().at() == null ? 0 : 1);
  }

  private static List<Event> events(CaseLine line, int number) {
    List<Event> events = new ArrayList<>();
    Instant openedAt = Objects.requireNonNull(line.opening().openedAt());
    Instant lastMessage = openedAt;
    add(events, openedAt, line, number, assist -> assist.open(line.opening()));
    for (Message message : line.messages()) {
      Instant at = later(openedAt, Objects.requireNonNullElse(message.at(), openedAt));
      lastMessage = later(lastMessage, at);
      add(events, at, line, number, assist -> assist.hear(line.id(), message.at(at)));
    }
    for (CaseLine.Link link : line.links()) {
      Instant at = later(openedAt, Objects.requireNonNullElse(link.at(), lastMessage));
      add(
          events,
          at,
          line,
          number,
          assist -> assist.link(line.id(), link.articleId(), link.action(), at));
    }
    Closing closing = line.closing();
    if (closing.at() != null) {
      add(events, closing.at(), line, number, assist -> assist.close(line.id(), closing));
    }
    return events;
  }

  private static void add(
      List<Event> events, Instant at, CaseLine line, int number, Happening happening) {
    events.add(new Event(at, line.id(), number, events.size(), happening));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** How many events there are. */
  public int size() {
    return size;
  }

  /**
   * Lets everything happen, then closes what was left open.
   *
   * @param progress is told after each event how many have happened
   */
  public void replay(Desk desk, IntConsumer progress) {
    waiting.sort(BY_OPENING);
    PriorityQueue<Event> due = new PriorityQueue<>(ORDER);
    int next = 0;
    int done = 0;
    while (next < waiting.size() || !due.isEmpty()) {
      while (next < waiting.size() && opensFirst(waiting.get(next), due.peek())) {
        Waiting opening = waiting.get(next++);
        CaseLine line = cases.apply(opening.place());
        if (line != null) {
          due.addAll(events(line, opening.number()));
        }
      }
      if (!due.isEmpty()) {
        due.remove().happening().on(desk.assist());
        progress.accept(++done);
      }
    }
    desk.closeRemaining();
  }

  private static boolean opensFirst(Waiting opening, @Nullable Event due) {
    return due == null || !opening.openedAt().isAfter(due.at());
  }
}
