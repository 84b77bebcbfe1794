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
import java.util.function.IntConsumer;

/**
 * Past cases, to happen again on a desk as if live: every opening, message, link and close in time
 * order, so that nothing is judged by what came later.
 *
 * <p>Of events at the same time, those of the smaller case id come first, and within a case its own
 * order: open, messages, links, close. Nothing of a case happens before it opens.
 */
public final class History {
  private static final Comparator<Event> ORDER =
      Comparator.comparing(Event::at)
          .thenComparing(Event::caseId)
          .thenComparingInt(Event::position);

  private final List<Event> events = new ArrayList<>();

  /** Something that happens to a case. */
  @FunctionalInterface
  private interface Happening {
    void on(AgentAssist assist);
  }

  private record Event(Instant at, String caseId, int position, Happening happening) {}

  /** Orders the events of cases that come in any order. */
  public History(Collection<CaseLine> cases) {
    cases.forEach(this::add);
    events.sort(ORDER);
  }

  private void add(CaseLine line) {
    Instant openedAt = Objects.requireNonNull(line.opening().openedAt());
    Instant lastMessage = openedAt;
    add(openedAt, line, assist -> assist.open(line.opening()));
    for (Message message : line.messages()) {
      Instant at = later(openedAt, Objects.requireNonNullElse(message.at(), openedAt));
      lastMessage = later(lastMessage, at);
      add(at, line, assist -> assist.hear(line.id(), message.at(at)));
    }
    for (CaseLine.Link link : line.links()) {
      Instant at = later(openedAt, Objects.requireNonNullElse(link.at(), lastMessage));
      add(at, line, assist -> assist.link(line.id(), link.articleId(), link.action(), at));
    }
    Closing closing = line.closing();
    if (closing.at() != null) {
      add(closing.at(), line, assist -> assist.close(line.id(), closing));
    }
  }

  private void add(Instant at, CaseLine line, Happening happening) {
    events.add(new Event(at, line.id(), events.size(), happening));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** How many events there are. */
  public int size() {
    return events.size();
  }

  /**
   * Lets everything happen, then closes what was left open.
   *
   * @param progress is told after each event how many have happened
   */
  public void replay(Desk desk, IntConsumer progress) {
    int done = 0;
    for (Event event : events) {
      event.happening().on(desk.assist());
      progress.accept(++done);
    }
    desk.closeRemaining();
  }
}
