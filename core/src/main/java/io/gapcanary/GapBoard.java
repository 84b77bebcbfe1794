package io.gapcanary;

import java.util.Optional;

/**
 * What a knowledge manager works from: the gaps, ranked. Thread-safe; made by {@link Desk#board}.
 */
public final class GapBoard {
  GapBoard() {}

  /**
   * A page of gaps: live ones by impact, then those that evidence has verified, then dismissed
   * ones.
   */
  public GapPage list(GapFilter filter) {
    throw new UnsupportedOperationException();
  }

  /** The gap of an id, with its history. A merged gap answers as the one that it joined. */
  public Optional<Gap> find(String id) {
    throw new UnsupportedOperationException();
  }

  /**
   * Changes a gap's state or owner.
   *
   * @param expectedVersion the {@link Gap#version} that the decision was based on
   * @throws NotFoundException when there is no such gap
   * @throws StaleException when the gap has changed since
   */
  public Gap change(String id, long expectedVersion, GapChange change) {
    throw new UnsupportedOperationException();
  }

  /**
   * Asks a gap's stored questions again of today's articles. Changes nothing.
   *
   * @throws NotFoundException when there is no such gap
   */
  public GapReplay replay(String id) {
    throw new UnsupportedOperationException();
  }
}
