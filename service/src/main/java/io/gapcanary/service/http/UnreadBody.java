package io.gapcanary.service.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Content;

/**
 * A small body that nobody asked for, of a request that was refused before it was read for example.
 * A connection that is closed while its sender still sends is reset, and the sender loses the
 * answer: so it is taken first, as long as it is small and comes soon.
 */
public final class UnreadBody {
  /** The most bytes that are taken. */
  static final int MOST = 64 << 10;

  /** How long they may take to come. */
  static final Duration LONGEST = Duration.ofSeconds(1);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  private UnreadBody() {}

  /** Takes what has not been read, before the answer goes out. */
  public static void discard(Context context) {
    long length = context.req().getContentLengthLong();
    boolean chunked = context.header("Transfer-Encoding") != null;
    if ((length > 0 && length <= MOST) || chunked) {
      if (context.header("Expect") == null) { // else nothing is sent once the answer is there
        discard(ServletContextRequest.getServletContextRequest(context.req()));
      }
    }
  }

  private static void discard(Content.Source body) {
    int left = MOST;
    long begun = System.nanoTime();
    while (left > 0 && System.nanoTime() - begun < LONGEST.toNanos()) {
      Content.Chunk chunk = body.read();
      if (chunk == null) {
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      } else {
        left -= chunk.remaining();
        chunk.release();
        if (chunk.isLast() || Content.Chunk.isFailure(chunk)) {
          return;
        }
      }
    }
  }
}
