package io.gapcanary.kb;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A set of versions: comparators that must all hold, in one or more alternatives.
 *
 * <p>{@code ">=2.0 <3.0"} is every 2.x; {@code "<2 || >=4"} leaves out 2 and 3. Missing parts count
 * as 0, so that {@code 3} is {@code 3.0.0}. A bare version means exactly that one.
 */
public final class VersionRange {
  /** Every version. */
  public static final VersionRange ALL = new VersionRange("", List.of(List.of()));

  private static final Pattern COMPARATOR =
      Pattern.compile("(<=|>=|<|>|=|==)?\\s*([vV]?\\d[\\w.+-]*)\\s*");

  private enum Operator {
    LESS,
    AT_MOST,
    EQUAL,
    AT_LEAST,
    MORE;

    static Operator of(String sign) {
      return switch (sign) {
        case "<" -> LESS;
        case "<=" -> AT_MOST;
        case ">=" -> AT_LEAST;
        case ">" -> MORE;
        case "=", "==", "" -> EQUAL;
        default -> throw new IllegalArgumentException("unknown comparator " + sign);
      };
    }
  }

  private record Comparator(Operator operator, Version bound) {
    boolean holds(Version version) {
      int order = version.compareTo(bound);
      return switch (operator) {
        case LESS -> order < 0;
        case AT_MOST -> order <= 0;
        case EQUAL -> order == 0;
        case AT_LEAST -> order >= 0;
        case MORE -> order > 0;
      };
    }
  }

  private final String text;
  private final List<List<Comparator>> alternatives;

  private VersionRange(String text, List<List<Comparator>> alternatives) {
    this.text = text;
    this.alternatives = alternatives;
  }

  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException when a part is not a comparator and a version
   */
  public static VersionRange parse(String text) {
    List<List<Comparator>> alternatives = new ArrayList<>();
    for (String alternative : text.split("\\|\\|", -1)) {
      alternatives.add(comparators(alternative.strip(), text));
    }
    return new VersionRange(text.strip(), List.copyOf(alternatives));
  }

  private static List<Comparator> comparators(String alternative, String whole) {
    List<Comparator> read = new ArrayList<>();
    Matcher m = COMPARATOR.matcher(alternative);
    int at = 0;
    while (at < alternative.length()) {
      m.region(at, alternative.length());
      if (!m.lookingAt()) {
        throw unreadable(whole);
      }
      String sign = m.group(1) == null ? "" : m.group(1);
      read.add(
          new Comparator(
              Operator.of(sign), Version.find(m.group(2)).orElseThrow(() -> unreadable(whole))));
      at = m.end();
    }
    return List.copyOf(read);
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "versions \""
            + text
            + "\" cannot be read; write for example \">=2.0 <3.0\" or \"<2 || >=4\"");
  }

  boolean contains(Version version) {
    return alternatives.stream().anyMatch(all -> all.stream().allMatch(c -> c.holds(version)));
  }

  /** True when {@code version} can be read and lies in the range. */
  public boolean contains(String version) {
    return Version.find(version).map(this::contains).orElse(false);
  }

  /** As it was written; empty for {@link #ALL}. */
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionRange range && range.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
