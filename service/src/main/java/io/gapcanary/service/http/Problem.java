package io.gapcanary.service.http;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What went wrong with a request, as RFC 9457 has it.
 *
 * @param kind what sort of thing
 * @param detail one sentence that says what to do
 * @param instance the path that was asked for
 */
public record Problem(Kind kind, String detail, String instance) {

  /** The sorts of problems, each with its status. */
  public enum Kind {
    MALFORMED(400, "The request cannot be read"),
    UNAUTHORIZED(401, "Who asks is not known"),
    FORBIDDEN(403, "The request comes from another site"),
    NOT_PERMITTED(403, "Who asks may not do this"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "The address does not take this method"),
    TIMED_OUT(408, "The request did not arrive in time"),
    CONFLICT(409, "It does not go with what is there"),
    GONE(410, "It is there no more"),
    STALE(412, "Somebody else changed it"),
    TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The address is too long"),
    UNSUPPORTED(415, "The body is of a sort that is not read here"),
    MISDIRECTED(421, "The host is not served here"),
    KEY_REUSED(422, "The idempotency key came with another request"),
    PRECONDITION_REQUIRED(428, "The version that the change is based on is missing"),
    TOO_MANY(429, "Too many requests"),
    HEADERS_TOO_LARGE(431, "The address and the headers are too long"),
    INTERNAL(500, "Gapcanary failed"),
    UNAVAILABLE(503, "Gapcanary cannot answer now");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }

    /** Its HTTP status. */
    public int status() {
      return status;
    }

    /** Its name in addresses and texts: {@code not-permitted}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of a status that the server library came to. */
    static Kind of(int status) {
      for (Kind kind : values()) {
        if (kind.status == status) {
          return kind;
        }
      }
      return status >= 500 ? INTERNAL : MALFORMED;
    }
  }

  /** A problem with the request that a context holds. */
  static Problem of(Kind kind, String detail, Context context) {
    return new Problem(kind, detail, context.path());
  }

  /** Its title, the same for all of its kind. */
  public String title() {
    return kind.title;
  }

  /** The members of its JSON. */
  Map<String, Object> members() {
    return members(kind.status);
  }

  /** The same with the exact status, where it has no kind of its own. */
  Map<String, Object> members(int status) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "urn:gapcanary:problem:" + kind.code());
    members.put("title", kind.title);
    members.put("status", status);
    members.put("detail", detail);
    members.put("instance", instance);
    return members;
  }
}
