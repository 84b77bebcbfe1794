package io.gapcanary;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The probability from which articles are suggested for questions in one language.
 *
 * @param language a BCP 47 primary tag
 * @param value the floor in use, in (0, 1)
 * @param source where it comes from
 * @param otherwise the floor that would be in use had nobody decided on one
 * @param otherwiseFrom where that comes from
 * @param version grows with each decision, for {@link Floors#decide}
 * @param decisions what people decided, the latest first
 */
public record Floor(
    String language,
    double value,
    Source source,
    double otherwise,
    Source otherwiseFrom,
    long version,
    List<Decision> decisions) {

  /** Where a floor comes from. */
  public enum Source implements WireName {
    /** It came with the product: the desk has taught too little yet. */
    SHIPPED,
    /**
     * The product found it on what this desk's agents linked, or on its articles where that is
     * little.
     */
    FITTED,
    /** An operator's settings. */
    SETTINGS,
    /** A person decided, see {@link #decisions}. */
    PERSON
  }

  /**
   * What a person decided.
   *
   * @param floor the floor, or {@code null} to leave it to the product again
   * @param at when
   * @param by who
   */
  public record Decision(@Nullable Double floor, Instant at, String by) {}

  /** Takes a copy. */
  public Floor {
    decisions = List.copyOf(decisions);
  }
}
