package io.gapcanary;

import java.util.List;

/**
 * What was erased of a customer.
 *
 * @param cases how many cases
 * @param messages how many messages
 * @param wordings how many wordings that articles were found by, or dismissed for
 * @param gaps the gaps that lost cases
 */
public record Erasure(int cases, int messages, int wordings, List<String> gaps) {
  /** There was nothing. */
  public static final Erasure NOTHING = new Erasure(0, 0, 0, List.of());

  /** Takes a copy. */
  public Erasure {
    gaps = List.copyOf(gaps);
  }
}
