package io.gapcanary.service.http;

import io.gapcanary.service.access.Caller;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What the log tells of requests: every line that is written for one bears its id, and that of the
 * case that it is about. Addresses, names and what people typed are not logged.
 */
public final class RequestLog {
  /** The request's id, in every line. */
  static final String REQUEST = "request";

  private static final String CASE = "case";
  private static final String HEADER = "X-Request-Id";
  private static final int MOST = 64;
  private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);

  private RequestLog() {}

  /** Gives a request its id: the caller's own where it is one, else a new one. */
  public static void begin(Context context) {
    String given = Objects.requireNonNullElse(context.header(HEADER), "");
    String id =
        given.matches("[A-Za-z0-9._:-]{1,64}")
            ? given
            : Long.toUnsignedString(java.util.UUID.randomUUID().getMostSignificantBits(), 36);
    MDC.clear();
    MDC.put(REQUEST, id);
    context.header(HEADER, id);
  }

  /** The id of the request that this thread serves. */
  public static @Nullable String id() {
    return MDC.get(REQUEST);
  }

  /** Notes which case a request is about. */
  static void noteCase(String route, @Nullable String subject, @Nullable String parameter) {
    String id = route.startsWith("/api/v1/cases/") ? subject : parameter;
    if (id != null && !id.isBlank()) {
      String plain = id.replaceAll("[^\\p{L}\\p{N}._:-]", "_");
      MDC.put(CASE, plain.length() > MOST ? plain.substring(0, MOST) : plain);
    }
  }

  /** Writes a line for a request that was answered, by its route and never by its address. */
  public static void answered(Context context, float millis) {
    LOG.atInfo()
        .addKeyValue("method", context.method().name())
        .addKeyValue("route", Problems.template(context))
        .addKeyValue("status", context.statusCode())
        .addKeyValue("millis", Math.round(millis * 10) / 10.0)
        .addKeyValue("caller", Gate.caller(context).map(RequestLog::kind).orElse("unknown"))
        .log("answered");
  }

  /** A key's id tells which program it is; a person is not named. */
  private static String kind(Caller caller) {
    return caller.kind() == Caller.Kind.KEY
        ? caller.id()
        : caller.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
