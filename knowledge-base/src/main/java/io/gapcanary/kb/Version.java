package io.gapcanary.kb;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A product version: numbers separated by dots, compared from the left, missing parts being 0.
 *
 * @param parts the numbers, at least one
 */
record Version(List<Long> parts) implements Comparable<Version> {
  private static final Pattern FORM =
      Pattern.compile("[vV]?(\\d{1,18}(?:\\.\\d{1,18})*)(?:[-+ ].*)?");

  /** The version that {@code text} states: {@code 3.1}, {@code v3.1.2}, {@code 3.1-beta}. */
  static Optional<Version> find(String text) {
    Matcher m = FORM.matcher(text.strip());
    return m.matches()
        ? Optional.of(new Version(Stream.of(m.group(1).split("\\.")).map(Long::valueOf).toList()))
        : Optional.empty();
  }

  @Override
  public int compareTo(Version other) {
    int longest = Math.max(parts.size(), other.parts.size());
    for (int i = 0; i < longest; i++) {
      int order = Long.compare(part(i), other.part(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private long part(int i) {
    return i < parts.size() ? parts.get(i) : 0;
  }
}
