package io.gapcanary.service.http;

import io.gapcanary.exchange.DeskJson;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events of single cases, and of the list of them. Thread-safe.
 *
 * <p>Each event says all that there is to say of a case as it stands, so that the newest one stands
 * for all before it. Its id is a digest of it: who comes back with the id of what they saw last is
 * told at once when the case stands otherwise now, after a restart too, and else when it next
 * changes. Who brings no id is told at once. Of the list nothing is told but that it has changed,
 * and at the beginning, so that whoever comes back misses nothing.
 */
public final class CaseStreams {
  private static final Logger LOG = LoggerFactory.getLogger(CaseStreams.class);

  private final EventStreams streams;
  private final Map<String, Set<EventStream>> listeners = new ConcurrentHashMap<>();

  /** Those who follow the list: of one agent's cases, or of all, which is of {@link #ALL}. */
  private final Map<EventStream, String> ofList = new ConcurrentHashMap<>();

  private static final String ALL = "";
  private static final byte[] CHANGED = EventStream.bytes("event: cases\ndata: {}\n\n");

  /** Many who come back at once must not hold up those who talk. */
  private final Semaphore catchingUp =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

  /** Of no case yet. */
  public CaseStreams(EventStreams streams) {
    this.streams = streams;
  }

  /**
   * What a case's readers are told.
   *
   * @param name of the event
   * @param data written as JSON
   */
  record Told(String name, Object data) {}

  private record Event(String id, byte[] bytes) {
    static Event of(Told told) {
      String said = "event: " + told.name() + "\ndata: " + DeskJson.line(told.data());
      String id = digest(said);
      return new Event(id, EventStream.bytes(said + "\nid: " + id + "\n\n"));
    }

    private static String digest(String text) {
      try {
        byte[] digest =
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 8);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Tells all who listen to a case. */
  void tell(String caseId, Told told) {
    Set<EventStream> its = listeners.get(caseId);
    if (its != null) {
      byte[] event = Event.of(told).bytes();
      its.forEach(stream -> stream.tell(event));
    }
  }

  /**
   * Lets the one who makes a request listen to a case.
   *
   * @param now what is to be told of the case as it stands
   */
  void open(Context context, String caseId, Supplier<Told> now) {
    String seen = context.header("Last-Event-ID");
    streams.open(
        context,
        stream -> {
          join(caseId, stream);
          Thread.ofVirtual().start(() -> catchUp(stream, seen == null ? "" : seen, now));
        },
        stream -> leave(caseId, stream));
  }

  /**
   * Lets the one who makes a request follow the list of cases.
   *
   * @param agent whose cases; {@code null}: everybody's
   */
  void openList(Context context, @Nullable String agent) {
    streams.open(
        context,
        stream -> {
          ofList.put(stream, agent == null ? ALL : agent);
          stream.tell(CHANGED);
        },
        ofList::remove);
  }

  /** Whether anybody follows the list. */
  boolean isListFollowed() {
    return !ofList.isEmpty();
  }

  /** Tells those who follow the list that a case of an agent, or of nobody, opened or changed. */
  void tellOfList(@Nullable String agent) {
    ofList.forEach(
        (stream, whose) -> {
          if (whose.equals(ALL) || whose.equals(agent)) {
            stream.tell(CHANGED);
          }
        });
  }

  /** Tells all who follow the list that it has changed. */
  public void tellOfList() {
    ofList.keySet().forEach(stream -> stream.tell(CHANGED));
  }

  private void catchUp(EventStream stream, String seen, Supplier<Told> now) {
    catchingUp.acquireUninterruptibly();
    try {
      Event event = Event.of(now.get());
      if (!event.id().equals(seen)) {
        stream.tellFirst(event.bytes());
      }
    } catch (RuntimeException e) {
      LOG.warn("One who listens to a case could not be told how it stands", e);
      stream.end();
    } finally {
      catchingUp.release();
    }
  }

  /** In one step: the set of a case whose last reader leaves meanwhile is no longer asked. */
  private void join(String caseId, EventStream stream) {
    listeners.compute(
        caseId,
        (id, its) -> {
          Set<EventStream> all = its == null ? ConcurrentHashMap.newKeySet() : its;
          all.add(stream);
          return all;
        });
  }

  private void leave(String caseId, EventStream stream) {
    listeners.computeIfPresent(
        caseId,
        (id, its) -> {
          its.remove(stream);
          return its.isEmpty() ? null : its;
        });
  }
}
