package io.gapcanary;

import java.util.Arrays;
import java.util.Locale;

/** A constant that has a name in files and over HTTP: {@code NO_MATCH} is {@code no-match}. */
public interface WireName {

  /** The constant's name in Java. */
  String name();

  /** The name in files and over HTTP. */
  default String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The constant of a wire name.
   *
   * @throws IllegalArgumentException when there is none, naming those that there are
   */
  static <E extends Enum<E> & WireName> E parse(Class<E> type, String what, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.wireName().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    what + " \"" + text + "\" is none of " + wireNames(type)));
  }

  private static <E extends Enum<E> & WireName> String wireNames(Class<E> type) {
    return String.join(
        ", ", Arrays.stream(type.getEnumConstants()).map(WireName::wireName).toList());
  }
}
