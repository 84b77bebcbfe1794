package io.gapcanary;

import io.gapcanary.kb.TextEmbedder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A contact centre's desk on a folder: its articles, its cases and its gaps.
 *
 * <p>Thread-safe. One process at a time may hold a folder. In it are {@code desk.db} (the record,
 * SQLite), {@code index} (derived; may be deleted while the desk is closed) and {@code
 * identity.key} (the key of the identity hashes; without it, returning customers are not
 * recognised).
 *
 * <pre>{@code
 * try (Desk desk = Desk.open(folder, DeskSettings.DEFAULT, InstantSource.system(), null)) {
 *   desk.articles().put(article);
 *   String id = desk.assist().open(CaseOpening.anonymous());
 *   desk.assist().hear(id, Message.customer("The app closes when I log in"));
 *   desk.assist().suggest(id).suggestions();
 * }
 * }</pre>
 */
public final class Desk implements AutoCloseable {
  private Desk() {}

  /**
   * Opens the desk in a folder, or begins an empty one there.
   *
   * @param clock the time of events that bear none
   * @param embedder the meaning model, or {@code null} for words only; closed with the desk
   * @throws DeskException when the folder cannot be written, is held by another process, or was
   *     written by a newer version
   */
  public static Desk open(
      Path folder, DeskSettings settings, InstantSource clock, @Nullable TextEmbedder embedder) {
    throw new UnsupportedOperationException();
  }

  /** The agents' face. */
  public AgentAssist assist() {
    throw new UnsupportedOperationException();
  }

  /** The knowledge managers' face. */
  public GapBoard board() {
    throw new UnsupportedOperationException();
  }

  /** The articles. */
  public Articles articles() {
    throw new UnsupportedOperationException();
  }

  /** What the desk was opened with. */
  public DeskSettings settings() {
    throw new UnsupportedOperationException();
  }

  /** The desk in numbers. */
  public Totals totals() {
    throw new UnsupportedOperationException();
  }

  /** Every outcome, in the order of closing. */
  public void outcomes(Consumer<Outcome> reader) {
    throw new UnsupportedOperationException();
  }

  /** The time of the latest event; the clock's while there was none. */
  public Instant now() {
    throw new UnsupportedOperationException();
  }

  /**
   * Closes the cases that were left open and are due by now. A live desk calls this every minute or
   * so; each event does it too.
   *
   * @return how many closed
   */
  public int closeOverdue() {
    throw new UnsupportedOperationException();
  }

  /**
   * Closes the cases that are still open, each at the time when it would have closed itself. For
   * the end of a history: {@link #now} stays at its last event.
   *
   * @return how many closed
   */
  public int closeRemaining() {
    throw new UnsupportedOperationException();
  }

  /**
   * What is wrong with the meaning model now, as a sentence for operators; empty when all is well.
   */
  public Optional<String> impairment() {
    throw new UnsupportedOperationException();
  }

  /** The floor in use for questions in a language. */
  public double floor(String language) {
    throw new UnsupportedOperationException();
  }

  /** Makes everything durable and lets go of the folder. */
  @Override
  public void close() {}
}
