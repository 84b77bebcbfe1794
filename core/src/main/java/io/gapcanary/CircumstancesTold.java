package io.gapcanary;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What closed cases have told of themselves, each list in order.
 *
 * @param products products
 * @param channels channels
 * @param segments segments
 * @param languages languages of questions, primary tags
 */
public record CircumstancesTold(
    List<String> products, List<String> channels, List<String> segments, List<String> languages) {
  /** Takes copies. */
  public CircumstancesTold {
    products = List.copyOf(products);
    channels = List.copyOf(channels);
    segments = List.copyOf(segments);
    languages = List.copyOf(languages);
  }

  static CircumstancesTold of(Collection<CaseSlice> told) {
    return new CircumstancesTold(
        values(told, CaseSlice::product),
        values(told, CaseSlice::channel),
        values(told, CaseSlice::segment),
        values(told, CaseSlice::language));
  }

  private static List<String> values(
      Collection<CaseSlice> told, Function<CaseSlice, @Nullable String> of) {
    return told.stream()
        .map(of)
        .filter(Objects::nonNull)
        .filter(value -> !value.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }
}
