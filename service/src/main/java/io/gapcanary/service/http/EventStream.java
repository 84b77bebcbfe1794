package io.gapcanary.service.http;

import io.javalin.http.Context;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.ee10.servlet.HttpOutput;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/**
 * One reader of server-sent events. Thread-safe; holds no thread, and nobody who tells it something
 * waits for it.
 *
 * <p>It keeps one event at most: what is told while the reader cannot take anything, or within
 * {@link StreamSettings#interval} of the event before, replaces what was told before it.
 */
final class EventStream implements WriteListener {
  private static final byte[] GREETING = bytes(": listening\n\n");
  private static final byte[] HEARTBEAT = bytes(": still here\n\n");

  private final HttpOutput out;
  private final EndPoint connection;
  private final BooleanSupplier admitted;
  private final StreamSettings settings;
  private final ScheduledExecutorService timer;
  private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();
  private byte @Nullable [] next = GREETING;
  private boolean greeted;
  private boolean comment = true;
  private boolean told;
  private boolean timed;
  private boolean blocked = true;
  private boolean ended;
  private long blockedAt = System.nanoTime();
  private long wroteAt = System.nanoTime();
  private long toldAt;

  /**
   * The reader who makes a request.
   *
   * @param admitted whether they may go on reading, asked before each event and heartbeat
   */
  EventStream(
      Context context,
      BooleanSupplier admitted,
      StreamSettings settings,
      ScheduledExecutorService timer) {
    ServletContextRequest request = ServletContextRequest.getServletContextRequest(context.req());
    this.out = request.getHttpOutput();
    this.connection = request.getConnectionMetaData().getConnection().getEndPoint();
    this.admitted = admitted;
    this.settings = settings;
    this.timer = timer;
    this.toldAt = System.nanoTime() - settings.interval().toNanos();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Begins to write, once the request is asynchronous; complete when the stream has ended. */
  CompletableFuture<@Nullable Void> begin() {
    long idle = connection.getIdleTimeout();
    connection.setIdleTimeout(0); // heartbeats and patience take its place
    CompletableFuture<?> unused =
        done.whenComplete((nothing, failure) -> connection.setIdleTimeout(idle));
    out.setWriteListener(this);
    return done;
  }

  /** Sends an event when the reader can take it and the time has come. */
  void tell(byte[] event) {
    lock.lock();
    try {
      told = true;
      offer(event);
    } finally {
      lock.unlock();
    }
    leaveWhenEnded();
  }

  /** The same, unless something was told already that is newer. */
  void tellFirst(byte[] event) {
    lock.lock();
    try {
      if (!told) {
        told = true;
        offer(event);
      }
    } finally {
      lock.unlock();
    }
    leaveWhenEnded();
  }

  private void offer(byte[] event) {
    next = greeted ? event : joined(GREETING, event);
    comment = false;
    long wait = toldAt + settings.interval().toNanos() - System.nanoTime();
    if (wait <= 0) {
      write();
    } else if (!timed) {
      timed = true;
      Future<?> unused = timer.schedule(this::timeHasCome, wait, TimeUnit.NANOSECONDS);
    }
  }

  private static byte[] joined(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  private void timeHasCome() {
    lock.lock();
    try {
      timed = false;
      write();
    } finally {
      lock.unlock();
    }
    leaveWhenEnded();
  }

  /** True when nothing waits to be sent and the reader takes what is sent. */
  boolean isIdle() {
    lock.lock();
    try {
      return !ended && !blocked && next == null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onWritePossible() {
    lock.lock();
    try {
      blocked = false;
      if (!timed) {
        write();
      }
    } finally {
      lock.unlock();
    }
    leaveWhenEnded();
  }

  private void write() {
    byte[] event = next;
    if (event == null || blocked || ended) {
      return;
    }
    try {
      if (!admitted.getAsBoolean()) {
        ended = true;
      } else if (out.isReady()) {
        out.write(ByteBuffer.wrap(event));
        next = null;
        wroteAt = System.nanoTime();
        toldAt = comment ? toldAt : wroteAt;
        greeted = true;
      } else {
        blocked = true;
        blockedAt = System.nanoTime();
      }
    } catch (IOException | RuntimeException e) {
      ended = true; // the reader has left, or nobody can tell whether they may read on
    }
  }

  /** Sends a heartbeat when one is due, and cuts off a reader that takes nothing for too long. */
  void tend(long now) {
    lock.lock();
    try {
      if (blocked && now - blockedAt > settings.patience().toNanos()) {
        ended = true;
        connection.close();
      } else if (next == null && now - wroteAt > settings.heartbeat().toNanos()) {
        next = HEARTBEAT;
        comment = true;
        write();
      }
    } finally {
      lock.unlock();
    }
    leaveWhenEnded();
  }

  /** Ends it. */
  void end() {
    lock.lock();
    try {
      ended = true;
    } finally {
      lock.unlock();
    }
    leaveWhenEnded();
  }

  @Override
  public void onError(Throwable failure) {
    end();
  }

  /** Without the lock, since what follows the end of a request is its container's. */
  private void leaveWhenEnded() {
    boolean leaves;
    lock.lock();
    try {
      leaves = ended;
    } finally {
      lock.unlock();
    }
    if (leaves) {
      done.complete(null);
    }
  }
}
