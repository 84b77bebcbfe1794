package io.gapcanary.service.imports;

import io.gapcanary.exchange.Flaw;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** How many bytes may still be unpacked, whatever a zip says of itself. Not thread-safe. */
final class Allowance {
  private long left;

  Allowance(long bytes) {
    left = bytes;
  }

  /** A stream that refuses to give more than so many bytes, or than are left. */
  InputStream limited(InputStream in, long most) {
    return new FilterInputStream(in) {
      private long here = most;

      @Override
      public int read() throws IOException {
        int b = super.read();
        if (b >= 0) {
          take(1);
        }
        return b;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        if (n > 0) {
          take(n);
        }
        return n;
      }

      private void take(int bytes) {
        here -= bytes;
        left -= bytes;
        if (here < 0) {
          throw new UnreadableFileException(
              FileReason.FILE_TOO_LARGE.flaw(String.valueOf(most >> 20)));
        }
        if (left < 0) {
          throw new UnpacksToTooMuchException();
        }
      }
    };
  }

  /** Thrown when a zip as a whole holds too much. */
  static final class UnpacksToTooMuchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with it. */
    static final Flaw FLAW =
        FileReason.ZIP_TOO_LARGE.flaw(String.valueOf(ArticleFiles.LARGEST_ZIP >> 20));

    UnpacksToTooMuchException() {
      super(FLAW.sentence());
    }
  }
}
