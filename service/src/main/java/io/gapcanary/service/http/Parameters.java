package io.gapcanary.service.http;

import io.gapcanary.CaseSlice;
import io.gapcanary.WireName;
import io.gapcanary.service.text.Voice;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parameters of a request's query, checked. */
final class Parameters {
  private Parameters() {}

  /** How many a page shall have, 1 to 1,000. */
  static int limit(Context context, int absent) {
    String text = context.queryParam("limit");
    if (text == null) {
      return absent;
    }
    if (!text.matches("[1-9]\\d{0,3}") || Integer.parseInt(text) > 1000) {
      throw refused("limit must be a whole number from 1 to 1000");
    }
    return Integer.parseInt(text);
  }

  /** The constants of a parameter that may come several times, or with commas. */
  static <E extends Enum<E> & WireName> Set<E> constants(
      Context context, String name, Class<E> type) {
    Set<E> found = new LinkedHashSet<>();
    for (String given : words(context, name)) {
      found.add(Body.reading(() -> WireName.parse(type, name, shown(given))));
    }
    return found;
  }

  /** The words of a parameter that may come several times, or with commas. */
  static List<String> words(Context context, String name) {
    return context.queryParams(name).stream()
        .flatMap(given -> Stream.of(given.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  /** The constant of a parameter, when it is there. */
  static <E extends Enum<E> & WireName> Optional<E> constant(
      Context context, String name, Class<E> type) {
    return Optional.ofNullable(context.queryParam(name))
        .map(text -> Body.reading(() -> WireName.parse(type, name, shown(text))));
  }

  /**
   * Which cases are asked for: {@code product}, {@code channel}, {@code segment}, {@code language}.
   */
  static CaseSlice slice(Context context) {
    return new CaseSlice(
        told(context, "product"),
        told(context, "channel"),
        told(context, "segment"),
        told(context, "language"));
  }

  /** A text, when the parameter is there and not blank. */
  static Optional<String> text(Context context, String name) {
    return Optional.ofNullable(told(context, name));
  }

  /** A text, when the parameter is there and says something. */
  static @Nullable String told(Context context, String name) {
    String text = context.queryParam(name);
    return text == null || text.isBlank() ? null : text;
  }

  /** A day, when the parameter is there. */
  static Optional<LocalDate> day(Context context, String name) {
    try {
      return Optional.ofNullable(context.queryParam(name)).map(LocalDate::parse);
    } catch (DateTimeException e) {
      throw refused(name + " must be a day, such as 2026-11-03");
    }
  }

  /** A time, when the parameter is there. */
  static Optional<Instant> time(Context context, String name) {
    try {
      return Optional.ofNullable(context.queryParam(name))
          .map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw refused(name + " must be a time with a zone, such as 2026-11-03T09:00:00Z");
    }
  }

  static String require(Context context, String name) {
    String text = context.queryParam(name);
    if (text == null || text.isBlank()) {
      throw refused("The parameter " + name + " is missing");
    }
    return text;
  }

  /** The language that the caller wants texts in. */
  static Voice voice(Context context) {
    return Voice.accepted(Objects.requireNonNullElse(context.header("Accept-Language"), ""));
  }

  /** Text of a caller's, short enough to be repeated to them. */
  static String shown(@Nullable String text) {
    String given = String.valueOf(text);
    return given.length() <= 60 ? given : given.substring(0, 60) + "…";
  }

  /** The number of a delivery. */
  static long delivery(String name, String text) {
    if (!text.matches("\\d{1,18}")) {
      throw refused(name + " must be the id of a delivery");
    }
    return Long.parseLong(text);
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(Problem.Kind.MALFORMED, detail);
  }
}
