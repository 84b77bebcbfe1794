package io.gapcanary;

import io.gapcanary.exchange.CaseLine;
import io.gapcanary.exchange.Flaw;
import io.gapcanary.exchange.UnusableException;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes cases of before into a desk that is in use. Thread-safe; made by {@link Desk#past}.
 *
 * <p>Each comes in as a whole or not at all, lives on its own times, and waits for whatever happens
 * live. Cases that come in the order of their opening end as they would have live, but for what
 * agents linked in cases that were open at the same time: it is learned only with the case that it
 * stands in. What came after a case and is here already hears of it: a later contact of the same
 * customer is judged again.
 */
public final class PastCases {
  /** A clock that is a little ahead of the desk's does no harm. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private static final int LATER_CASES = 30;

  private final DeskWork work;
  private final CaseLog log;

  PastCases(DeskWork work, CaseLog log) {
    this.work = work;
    this.log = log;
  }

  /** What became of a case. */
  public enum Taken implements WireName {
    /** It was taken in. */
    NEW,
    /** One of that id, which opened with the same content, was there: it stays as it is. */
    KNOWN
  }

  private record Event(Instant at, Happening happening) {}

  @FunctionalInterface
  private interface Happening {
    void on(Session session, CaseRow row);
  }

  /**
   * Takes a case in. One that was left open closes when it would have closed itself, and stays open
   * when that is still to come.
   *
   * @throws ConflictException when a case of that id is there and opened with other content
   * @throws UnusableException when it lies in the future, or is older than cases are kept
   */
  public Taken take(CaseLine line) {
    List<Event> events = events(line);
    Instant lastAt =
        Stream.concat(Stream.of(openedAt(line)), events.stream().map(Event::at))
            .max(Comparator.naturalOrder())
            .get();
    Instant closing = line.closing().at() == null ? null : CaseLog.kept(line.closing().at());
    Instant end = closing == null || closing.isBefore(lastAt) ? lastAt : closing;
    if (end.isAfter(work.clockNow().plus(AHEAD))) {
      throw refused(line, Flaw.Reason.IN_THE_FUTURE, end.toString());
    }
    Duration kept = work.settings().keepCases();
    if (!kept.isZero() && end.isBefore(work.clockNow().minus(kept))) {
      throw refused(line, Flaw.Reason.OLDER_THAN_KEPT, end.toString());
    }
    boolean mayStayOpen = due(lastAt).isAfter(work.clockNow());
    return work.past(
        end,
        session -> {
          boolean known = session.cases().find(line.id()).isPresent();
          log.open(session, line.id(), line.opening(), openedAt(line), mayStayOpen);
          if (!known) {
            live(session, line, events, closing);
          }
          return known ? Taken.KNOWN : Taken.NEW;
        });
  }

  private static UnusableException refused(CaseLine line, Flaw.Reason reason, String... arguments) {
    return new UnusableException(Flaw.of(Flaw.Kind.CASE, line.id(), reason, arguments));
  }

  private Instant due(Instant lastAt) {
    return lastAt.plus(work.settings().closeAfter());
  }

  /** Lets all that happened in a case happen, and what was to come of it by now. */
  private void live(Session session, CaseLine line, List<Event> events, @Nullable Instant closing) {
    boolean closed = false;
    boolean afterClose = false;
    for (Event event : events) {
      if (closing != null && !closed && event.at().isAfter(closing)) {
        work.close(session, line.id(), line.closing(), closing);
        closed = true;
      }
      afterClose = closed;
      event.happening().on(session, DeskWork.get(session, line.id()));
    }
    if (closing != null && !closed) {
      work.close(session, line.id(), line.closing(), closing);
    }
    CaseRow row = DeskWork.get(session, line.id());
    if (row.open() && !due(row.lastAt()).isAfter(work.clockNow())) {
      work.close(session, line.id(), Closing.now(), due(row.lastAt()));
    } else if (!row.open() && afterClose) {
      work.judge(session, row);
    }
    judgeLaterOnes(session, DeskWork.get(session, line.id()));
  }

  /** A later contact of the customer may turn out to be a return to this one. */
  private void judgeLaterOnes(Session session, CaseRow row) {
    if (row.closedAt() != null && row.customer() != null && row.asks()) {
      Instant until = row.closedAt().plus(work.settings().repeatWindow());
      session
          .customers()
          .openedBetween(row.customer(), row.id(), row.closedAt(), until, LATER_CASES)
          .forEach(later -> work.judge(session, later));
    }
  }

  private static Instant openedAt(CaseLine line) {
    return CaseLog.kept(
        Objects.requireNonNull(line.opening().openedAt(), () -> "openedAt of case " + line.id()));
  }

  /** What happens in a case after its opening and beside its close, in order; nothing earlier. */
  private List<Event> events(CaseLine line) {
    Instant opened = openedAt(line);
    List<Event> events = new ArrayList<>();
    Instant lastMessage = opened;
    for (Message message : line.messages()) {
      Instant at = notBefore(opened, message.at());
      lastMessage = notBefore(lastMessage, at);
      events.add(
          new Event(
              at, (session, row) -> log.hear(session, row, message.at(at), at, row.onClock())));
    }
    for (CaseLine.Link link : line.links()) {
      Instant at = notBefore(opened, link.at() == null ? lastMessage : link.at());
      events.add(
          new Event(
              at,
              (session, row) ->
                  log.link(session, row, link.articleId(), link.action(), at, row.onClock())));
    }
    events.sort(Comparator.comparing(Event::at));
    return events;
  }

  private static Instant notBefore(Instant opened, @Nullable Instant at) {
    Instant kept = at == null ? opened : CaseLog.kept(at);
    return kept.isAfter(opened) ? kept : opened;
  }
}
