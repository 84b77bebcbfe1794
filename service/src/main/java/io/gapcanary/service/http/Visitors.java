package io.gapcanary.service.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may ask while there is no sign-in: programs and pages of this computer, and no other site
 * that a browser here has open.
 */
final class Visitors {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");
  private static final Set<HandlerType> READING =
      Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

  private Visitors() {}

  /** A name that only seems to be this computer's is how a foreign page would reach it. */
  static void requireThisHost(Context context) {
    String host = name(String.valueOf(context.host()));
    if (!LOOPBACK.matcher(host).matches()) {
      throw new ProblemException(
          Problem.Kind.MISDIRECTED,
          "Only this computer is served: ask for http://127.0.0.1:"
              + context.req().getLocalPort()
              + "/");
    }
  }

  /** A proxy on this computer would let in whoever reaches it. */
  static void requireNoProxy(Context context) {
    if (context.header("X-Forwarded-For") != null || context.header("Forwarded") != null) {
      throw new ProblemException(
          Problem.Kind.MISDIRECTED,
          "A proxy forwards this from elsewhere, and only this computer is served while nobody signs in: add a user"
              + " first, with ./gapcanary users add NAME --role admin");
    }
  }

  /** A form or script of another site may read nothing and must change nothing. */
  static void requireSameSite(Context context) {
    String origin = context.header("Origin");
    if (origin == null || READING.contains(context.method())) {
      return;
    }
    if (!authority(origin).equals(context.host())) {
      throw new ProblemException(
          Problem.Kind.FORBIDDEN,
          "Another site must not change anything here: send it from a program");
    }
  }

  /** The host and port of an origin; empty when it is none. */
  static String authority(String origin) {
    try {
      return String.valueOf(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String name(String host) {
    return host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
  }
}
