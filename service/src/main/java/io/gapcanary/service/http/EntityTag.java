package io.gapcanary.service.http;

import io.javalin.http.Context;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of something in {@code ETag} and {@code If-Match}. */
final class EntityTag {
  private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})\"");

  private EntityTag() {}

  /** What an article's tag may hold, with others of it in a list. */
  private static final Pattern HASH = Pattern.compile("\\s*\"([0-9a-f]{32})\"\\s*");

  static void send(Context context, String version) {
    context.header("ETag", '"' + version + '"');
  }

  /** A condition on what is to be changed. */
  sealed interface Condition {
    /** There is none. */
    record None() implements Condition {}

    /** There must be nothing yet. */
    record Absent() implements Condition {}

    /** It must be of this version. */
    record Version(String hash) implements Condition {}
  }

  /**
   * The condition that a request bears, where it need not bear any: {@code If-Match} with one tag,
   * or {@code If-None-Match: *}.
   *
   * @param what has the version: {@code article}
   */
  static Condition condition(Context context, String what) {
    String match = context.header("If-Match");
    String noneMatch = context.header("If-None-Match");
    if (noneMatch != null) {
      if (!noneMatch.strip().equals("*") || match != null) {
        throw new ProblemException(
            Problem.Kind.MALFORMED,
            "If-None-Match must be *, and stand without If-Match: it says that there is no such "
                + what
                + " yet");
      }
      return new Condition.Absent();
    }
    if (match == null) {
      return new Condition.None();
    }
    Matcher tag = HASH.matcher(match);
    if (!tag.matches()) {
      throw new ProblemException(
          Problem.Kind.STALE,
          "If-Match is not the " + what + "'s ETag: read the " + what + " again, then decide");
    }
    return new Condition.Version(tag.group(1));
  }

  static void send(Context context, long version) {
    context.header("ETag", "\"" + version + "\"");
  }

  /**
   * The version that a change is based on.
   *
   * @param what has the version: {@code gap}
   */
  static long expected(Context context, String what) {
    String header = context.header("If-Match");
    if (header == null) {
      throw new ProblemException(
          Problem.Kind.PRECONDITION_REQUIRED,
          "Send the " + what + "'s ETag as If-Match, so that nobody's change is lost");
    }
    Matcher tag = TAG.matcher(header.strip());
    if (!tag.matches()) {
      throw new ProblemException(
          Problem.Kind.STALE,
          "If-Match is not the " + what + "'s ETag: read the " + what + " again, then decide");
    }
    return Long.parseLong(tag.group(1));
  }
}
