package io.gapcanary.service.http;

import io.javalin.http.Context;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of something in {@code ETag} and {@code If-Match}. */
final class EntityTag {
  private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})\"");

  private EntityTag() {}

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
