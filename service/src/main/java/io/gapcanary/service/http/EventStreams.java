package io.gapcanary.service.http;

import io.gapcanary.service.access.Caller;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * All readers of server-sent events: how many there may be, their heartbeats and their end.
 * Thread-safe.
 */
public final class EventStreams implements AutoCloseable {
  private static final Duration LATER = Duration.ofSeconds(5);

  private final StreamSettings settings;
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> perCaller = new ConcurrentHashMap<>();
  private final AtomicInteger admitted = new AtomicInteger();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("event-streams").factory());
  private volatile boolean closed;

  /** None yet. */
  public EventStreams(StreamSettings settings) {
    this.settings = settings;
    long often =
        Math.clamp(
            Math.min(settings.heartbeat().toMillis(), settings.patience().toMillis()) / 4,
            10,
            1000);
    Future<?> unused =
        timer.scheduleWithFixedDelay(this::tend, often, often, TimeUnit.MILLISECONDS);
  }

  /** How they are sent. */
  StreamSettings settings() {
    return settings;
  }

  /**
   * Turns a request into a stream.
   *
   * @param begun is handed the stream before anything is written
   * @param left is run when it has ended
   * @throws ProblemException when there are too many
   */
  void open(Context context, Consumer<EventStream> begun, Consumer<EventStream> left) {
    String caller = Gate.caller(context).map(Caller::id).orElse("");
    admit(context, caller);
    EventStream stream = new EventStream(context, Gate.stillAdmitted(context), settings, timer);
    try {
      context.disableCompression();
      HttpServletResponse response = context.res();
      response.setContentType("text/event-stream;charset=utf-8");
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("X-Accel-Buffering", "no");
      open.add(stream);
      begun.accept(stream);
    } catch (RuntimeException e) {
      leave(stream, caller, left);
      throw e;
    }
    context.future(
        () -> stream.begin().whenComplete((nothing, failure) -> leave(stream, caller, left)));
    if (closed) {
      stream.end();
    }
  }

  private void admit(Context context, String caller) {
    if (admitted.incrementAndGet() > settings.most() || closed) {
      admitted.decrementAndGet();
      context.header("Retry-After", String.valueOf(LATER.toSeconds()));
      throw new ProblemException(
          Problem.Kind.UNAVAILABLE,
          "There are " + settings.most() + " event streams, which is all there may be: come later");
    }
    int its = perCaller.merge(caller, 1, Integer::sum);
    if (its > settings.mostPerCaller()) {
      dismiss(caller);
      throw Gate.tooMany(
          context,
          LATER,
          "You have "
              + settings.mostPerCaller()
              + " event streams, which is all that one may have: close some");
    }
  }

  private void leave(EventStream stream, String caller, Consumer<EventStream> left) {
    open.remove(stream);
    dismiss(caller);
    left.accept(stream);
  }

  private void dismiss(String caller) {
    admitted.decrementAndGet();
    perCaller.computeIfPresent(caller, (id, its) -> its == 1 ? null : its - 1);
  }

  private void tend() {
    long now = System.nanoTime();
    open.forEach(stream -> stream.tend(now));
  }

  /** Runs something again and again while this is open. */
  void every(Duration time, Runnable work) {
    Future<?> unused =
        timer.scheduleWithFixedDelay(work, time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** How many there are. */
  public int size() {
    return open.size();
  }

  /** Ends them all, and takes no more. */
  @Override
  public void close() {
    closed = true;
    timer.shutdownNow();
    open.forEach(EventStream::end);
  }
}
