package io.gapcanary.service.command;

/** One line on a terminal that tells how far a long step is; nothing where nobody watches. */
public final class Progress implements AutoCloseable {
  private static final long MILLIS_BETWEEN = 100;

  private final Terminal terminal;
  private final String step;
  private final int total;
  private long shownAt;
  private boolean shown;

  /**
   * @param step what is being done, for people
   * @param total how much there is to do
   */
  public Progress(Terminal terminal, String step, int total) {
    this.terminal = terminal;
    this.step = step;
    this.total = total;
  }

  /** Tells how much is done. Cheap enough for every single one. */
  public void reached(int done) {
    if (!terminal.interactive()) {
      return;
    }
    long now = terminal.clock().millis();
    if (now - shownAt >= MILLIS_BETWEEN || done == total) {
      shownAt = now;
      shown = true;
      terminal.err().printf("\r%s %,d/%,d (%d %%)\u001b[K", step, done, total, percent(done));
      terminal.err().flush();
    }
  }

  private long percent(int done) {
    return total == 0 ? 100 : 100L * done / total;
  }

  /** Clears the line. */
  @Override
  public void close() {
    if (shown) {
      terminal.err().print("\r\u001b[K");
      terminal.err().flush();
    }
  }
}
