package io.gapcanary.service.http;

import io.gapcanary.exchange.DeskJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events of single cases. Thread-safe.
 *
 * <p>Telling never waits: who reads so slowly that {@value #WAITING} events wait is cut off, and
 * may come back and ask for the suggestions as they stand.
 */
public final class CaseStreams {
  private static final int WAITING = 64;
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final String END = "";

  private final Map<String, Set<Listener>> listeners = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** One who listens to a case. */
  private static final class Listener {
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING);

    void tell(String event) {
      if (!waiting.offer(event)) {
        end();
      }
    }

    void end() {
      waiting.clear();
      waiting.add(END);
    }

    @Nullable String next() throws InterruptedException {
      return waiting.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Tells all who listen to a case. */
  void tell(String caseId, String event, Object data) {
    Set<Listener> its = listeners.get(caseId);
    if (its != null) {
      String text = "event: " + event + "\ndata: " + DeskJson.line(data) + "\n\n";
      its.forEach(listener -> listener.tell(text));
    }
  }

  /**
   * Writes a case's events until the reader goes away or {@link #close} is called.
   *
   * @param admitted whether the reader may go on reading, asked before each event and heartbeat
   */
  void write(String caseId, OutputStream out, BooleanSupplier admitted)
      throws IOException, InterruptedException {
    Listener listener = new Listener();
    listeners.computeIfAbsent(caseId, id -> ConcurrentHashMap.newKeySet()).add(listener);
    try {
      send(out, ": listening\n\n");
      while (!closed) {
        String event = listener.next();
        if (END.equals(event) || !admitted.getAsBoolean()) {
          return;
        }
        send(out, event == null ? ": still here\n\n" : event);
      }
    } finally {
      leave(caseId, listener);
    }
  }

  private void leave(String caseId, Listener listener) {
    listeners.computeIfPresent(
        caseId,
        (id, its) -> {
          its.remove(listener);
          return its.isEmpty() ? null : its;
        });
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** How many listen now. */
  int size() {
    return listeners.values().stream().mapToInt(Set::size).sum();
  }

  /** Ends every stream. */
  public void close() {
    closed = true;
    listeners.values().forEach(its -> its.forEach(Listener::end));
  }
}
