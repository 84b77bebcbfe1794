package io.gapcanary.service.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * A body that must come in time: it may take {@value #GRACE_SECONDS} seconds, and one more for
 * every {@value #BYTES_A_SECOND} bytes of it. Otherwise whoever sends a byte now and then holds a
 * connection for as long as they like. A read that gets nothing at all ends with the connection's
 * own idle time-out.
 */
final class TimedInput extends FilterInputStream {
  static final int GRACE_SECONDS = 20;
  static final int BYTES_A_SECOND = 1000;

  private final LongSupplier nanos;
  private final long begun;
  private long received;

  TimedInput(InputStream in, LongSupplier nanos) {
    super(in);
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    came(1);
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    came(Math.max(0, read));
    return read;
  }

  private void came(int bytes) throws IOException {
    received += bytes;
    long seconds = (nanos.getAsLong() - begun) / 1_000_000_000;
    if (seconds > GRACE_SECONDS + received / BYTES_A_SECOND) {
      throw new IOException(
          new TimeoutException(received + " bytes came in " + seconds + " seconds"));
    }
  }
}
