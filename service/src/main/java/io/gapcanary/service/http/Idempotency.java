package io.gapcanary.service.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapcanary.ConflictException;
import io.gapcanary.KeptAnswers;
import io.gapcanary.KeptAnswers.Answer;
import io.gapcanary.KeptAnswers.Attempt;
import io.gapcanary.KeptAnswers.Ticket;
import io.gapcanary.NotFoundException;
import io.gapcanary.StaleException;
import io.gapcanary.service.access.Caller;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Carries out a change that bears an {@code Idempotency-Key} once, however often it is sent: it
 * stands around every route of the API that writes.
 *
 * <p>The same key with the same request (method, address, {@code If-Match} and body) of the same
 * caller, within {@link KeptAnswers#KEPT}, is answered with the first answer, and {@code
 * Idempotent-Replayed: true}; with another request it is a 422, and while the first one runs a 409.
 * Only what was accepted is kept: a request that was refused changed nothing, and may be mended and
 * sent again under its key.
 *
 * <p>When the process, or the desk's file, fails between accepting and answering, the request is
 * carried out again when it is sent again. That accepts nothing twice, because every route takes
 * twice as once: cases and messages without an id of their own get one from the key, decisions bear
 * the version they are based on, and the rest says how a thing shall be, not by how much it shall
 * change. The exception is what has a secret, keys and webhooks: it is shown once and never kept
 * here, so that asking again is a 409 that says so. A token is made anew, and an erasure, of which
 * nothing shall be kept, is done again and finds nothing.
 */
public final class Idempotency {
  private static final String HEADER = "Idempotency-Key";
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
  private static final String TICKET = "gapcanary.ticket";
  private static final Set<HandlerType> READING =
      Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);
  private static final List<String> HEADERS = List.of("Content-Type", "Location", "ETag");

  /** Longer answers are not kept: the request is carried out again. */
  private static final int LONGEST = 1 << 20;

  private static final Set<String> MAKE_SECRETS =
      Set.of("POST /api/v1/keys", "POST /api/v1/webhooks");
  private static final String BRINGS_FILE = "POST /api/v1/imports";
  private static final String ERASES = "/api/v1/erasures";
  private static final String MAKES_TOKEN = "POST /api/v1/tokens";

  private final KeptAnswers answers;

  /** Around the routes of a desk. */
  public Idempotency(KeptAnswers answers) {
    this.answers = answers;
  }

  /** A route as it is, or where it writes with this around it. */
  public Handler around(Endpoint endpoint) {
    boolean writes =
        endpoint.method.isHttpMethod()
            && !READING.contains(endpoint.method)
            && endpoint.path.startsWith("/api/")
            && !endpoint.path.equals(ERASES);
    String route = endpoint.method.name() + " " + endpoint.path;
    return writes ? context -> handle(route, endpoint.handler, context) : endpoint.handler;
  }

  private void handle(String route, Handler handler, Context context) throws Exception {
    String header = context.header(HEADER);
    if (header == null) {
      handler.handle(context);
      return;
    }
    String caller = Gate.caller(context).orElse(Caller.HERE).id();
    switch (answers.take(caller, key(header), fingerprint(route, context))) {
      case Attempt.Begun begun -> carryOut(route, handler, context, begun.ticket());
      case Attempt.Answered answered -> again(route, context, answered.answer());
      case Attempt.Running running ->
          throw new ProblemException(
              Problem.Kind.CONFLICT,
              "The request with this Idempotency-Key is still being carried out: send it again in a moment");
      case Attempt.Differs differs ->
          throw new ProblemException(
              Problem.Kind.KEY_REUSED,
              "This Idempotency-Key came before with another request: send a new key with a new request");
    }
  }

  /** As the draft has it, a string in quotation marks; without them it is taken too. */
  private static String key(String header) {
    String text = header.strip();
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    String key = quoted ? text.substring(1, text.length() - 1) : text;
    if (!KEY.matcher(key).matches()) {
      throw new ProblemException(
          Problem.Kind.MALFORMED,
          HEADER + " must be 1 to 255 visible ASCII characters: send a UUID");
    }
    return key;
  }

  /** A file that is brought in is told from another by its name and its length. */
  private static String fingerprint(String route, Context context) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String head =
          String.join(
              "\n",
              context.method().name(),
              context.path(),
              Objects.requireNonNullElse(context.queryString(), ""),
              Objects.requireNonNullElse(context.header("If-Match"), ""),
              Objects.requireNonNullElse(context.header("If-None-Match"), ""),
              route.equals(BRINGS_FILE) ? context.req().getContentLengthLong() + "\n" : "");
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      byte[] body = route.equals(BRINGS_FILE) ? new byte[0] : Body.whole(context);
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void carryOut(String route, Handler handler, Context context, Ticket ticket)
      throws Exception {
    try (ticket) {
      if (ticket.interrupted() && MAKE_SECRETS.contains(route)) {
        throw madeBefore();
      }
      context.attribute(TICKET, ticket);
      handle(handler, context, ticket);
      keep(route, context, ticket);
    }
  }

  private static void handle(Handler handler, Context context, Ticket ticket) throws Exception {
    try {
      handler.handle(context);
    } catch (RuntimeException e) {
      if (isRefusal(e)) {
        ticket.withdraw();
      }
      throw e;
    }
  }

  private static boolean isRefusal(RuntimeException e) {
    return switch (e) {
      case ProblemException problem -> problem.kind().status() < 500;
      case HttpResponseException library -> library.getStatus() < 500;
      case NotFoundException notFound -> true;
      case ConflictException conflict -> true;
      case StaleException stale -> true;
      default -> false;
    };
  }

  private static void keep(String route, Context context, Ticket ticket) throws IOException {
    int status = context.statusCode();
    if (status >= 400) {
      ticket.withdraw();
      return;
    }
    byte[] body = body(context);
    if (MAKE_SECRETS.contains(route)) {
      ticket.keep(new Answer(status, Map.of(), new byte[0]));
    } else if (!route.equals(MAKES_TOKEN) && body.length <= LONGEST) {
      ticket.keep(new Answer(status, headers(context), body));
    }
  }

  private static byte[] body(Context context) throws IOException {
    InputStream result = context.resultInputStream();
    byte[] body = result == null ? new byte[0] : result.readAllBytes();
    context.result(new ByteArrayInputStream(body));
    return body;
  }

  private static Map<String, String> headers(Context context) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : HEADERS) {
      String value = context.res().getHeader(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    return headers;
  }

  private static void again(String route, Context context, Answer answer) {
    if (MAKE_SECRETS.contains(route)) {
      throw madeBefore();
    }
    context.status(answer.status());
    answer.headers().forEach(context::header);
    context.header("Idempotent-Replayed", "true");
    if (answer.body().length > 0) {
      context.result(answer.body());
    }
  }

  private static ProblemException madeBefore() {
    return new ProblemException(
        Problem.Kind.CONFLICT,
        "It was made for this Idempotency-Key, and its secret is shown once only: remove it if nobody has that, and make another");
  }

  /**
   * Gives what is sent without an id of its own one that is the same whenever it is sent again.
   *
   * @param body of the request
   */
  static void identify(Context context, ObjectNode body) {
    Ticket ticket = context.attribute(TICKET);
    if (ticket != null && !body.hasNonNull("id")) {
      body.put("id", ticket.id());
    }
  }
}
