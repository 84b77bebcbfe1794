package io.gapcanary.service.http;

import io.gapcanary.BoardChange;
import io.gapcanary.BoardLog;
import io.gapcanary.BoardLog.Place;
import io.gapcanary.exchange.DeskJson;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events of the board of gaps. Thread-safe.
 *
 * <p>Each reader has a place in the desk's log and is read on from there whenever they can take
 * something: nothing is kept for them, however slow they are. A reader without a place, or with one
 * that the log does not know any more, is told the gaps as they stand ({@code snapshot}), and from
 * then on each change ({@code gap}), of what open cases ask that has no gap yet ({@code forming}),
 * and of an article that suddenly became worse ({@code article}). An event's id is the place after
 * it, so that a place holds after a restart too.
 */
public final class BoardStreams {
  private static final Logger LOG = LoggerFactory.getLogger(BoardStreams.class);
  private static final int CHANGES_AT_ONCE = 200;
  private static final int GAPS_OF_A_SNAPSHOT = 1000;

  private final EventStreams streams;
  private final BoardLog log;
  private final Map<EventStream, Place> places = new ConcurrentHashMap<>();

  /** A place that no log knows. */
  private static final Place NOWHERE = new Place(Long.MAX_VALUE, 0);

  /** Of nobody yet. */
  public BoardStreams(EventStreams streams, BoardLog log) {
    this.streams = streams;
    this.log = log;
    streams.every(streams.settings().interval(), this::readOn);
  }

  /** Lets the one who makes a request listen. */
  void open(Context context) {
    Place place =
        Optional.ofNullable(context.header("Last-Event-ID")).flatMap(Place::parse).orElse(NOWHERE);
    streams.open(context, stream -> places.put(stream, place), places::remove);
  }

  private void readOn() {
    if (places.isEmpty()) {
      return;
    }
    try {
      Place end = log.end();
      Map<Place, Event> events = new HashMap<>();
      places.forEach(
          (stream, place) -> {
            if (!place.equals(end) && stream.isIdle()) {
              Event event = events.computeIfAbsent(place, this::after);
              places.replace(stream, place, event.leadsTo());
              if (event.bytes().length > 0) {
                stream.tell(event.bytes());
              }
            }
          });
    } catch (RuntimeException e) {
      LOG.error("Those who listen to the board could not be told of it", e);
    }
  }

  private record Event(byte[] bytes, Place leadsTo) {}

  private Event after(Place place) {
    return log.after(place, CHANGES_AT_ONCE).map(BoardStreams::event).orElseGet(this::snapshot);
  }

  private static Event event(BoardLog.Page page) {
    StringBuilder text = new StringBuilder();
    for (BoardChange change : page.changes()) {
      append(text, name(change), change, change.id());
    }
    return new Event(EventStream.bytes(text.toString()), page.end());
  }

  private static String name(BoardChange change) {
    return change.gap() != null ? "gap" : change.forming() != null ? "forming" : "article";
  }

  private Event snapshot() {
    BoardLog.Snapshot snapshot = log.snapshot(GAPS_OF_A_SNAPSHOT);
    StringBuilder text = new StringBuilder();
    append(
        text,
        "snapshot",
        Map.of("live", snapshot.live(), "gaps", snapshot.gaps(), "worse", snapshot.worse()),
        snapshot.end().toString());
    return new Event(EventStream.bytes(text.toString()), snapshot.end());
  }

  private static void append(StringBuilder text, String name, Object data, String id) {
    text.append("event: ").append(name);
    text.append("\ndata: ").append(DeskJson.line(data));
    text.append("\nid: ").append(id).append("\n\n");
  }
}
