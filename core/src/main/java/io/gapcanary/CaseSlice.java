package io.gapcanary;

import org.jspecify.annotations.Nullable;

/**
 * Which cases to look at, by their circumstances; {@code null}: whatever they are.
 *
 * @param product the product that the case is about
 * @param channel the channel that it came over
 * @param segment the customer's segment
 * @param language the language of its question, a primary tag such as {@code ko}
 */
public record CaseSlice(
    @Nullable String product,
    @Nullable String channel,
    @Nullable String segment,
    @Nullable String language) {
  /** Every case. */
  public static final CaseSlice ALL = new CaseSlice(null, null, null, null);

  /** True when it leaves none out. */
  public boolean all() {
    return equals(ALL);
  }

  /** True for a case of these circumstances. */
  public boolean has(
      @Nullable String itsProduct,
      @Nullable String itsChannel,
      @Nullable String itsSegment,
      @Nullable String itsLanguage) {
    return (product == null || product.equals(itsProduct))
        && (channel == null || channel.equals(itsChannel))
        && (segment == null || segment.equals(itsSegment))
        && (language == null || language.equals(itsLanguage));
  }
}
