package io.gapcanary.service.http;

import io.gapcanary.ConflictException;
import io.gapcanary.DeskException;
import io.gapcanary.NotFoundException;
import io.gapcanary.StaleException;
import io.gapcanary.WithdrawnGapException;
import io.gapcanary.exchange.DeskJson;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.JavalinDefaultRoutingApi;
import jakarta.servlet.ServletException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns every failure into a {@link Problem}: JSON for programs, a page for people who opened an
 * address in a browser.
 */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /** A form may have so many fields and files: a folder of articles is sent as one. */
  public static final int MOST_PARTS = 50_000;

  private static final String RETRY_AFTER = "5"; // seconds

  private final BiConsumer<Context, Problem> page;

  /**
   * @param page how a problem is shown to a person
   */
  public Problems(BiConsumer<Context, Problem> page) {
    this.page = page;
  }

  /** Takes over the handling of failures. */
  public void addTo(JavalinDefaultRoutingApi routes) {
    on(routes, ProblemException.class, e -> e.kind());
    on(routes, NotFoundException.class, e -> Problem.Kind.NOT_FOUND);
    on(routes, ConflictException.class, e -> Problem.Kind.CONFLICT);
    on(routes, StaleException.class, e -> Problem.Kind.STALE);
    routes.exception(DeskException.class, this::ofDisk);
    on(routes, UncheckedIOException.class, e -> unavailable(e));
    routes.exception(WithdrawnGapException.class, this::withdrawn);
    routes.exception(HttpResponseException.class, this::ofLibrary);
    routes.exception(ServletException.class, this::ofForm);
    routes.exception(Exception.class, this::ownFault);
  }

  @FunctionalInterface
  private interface KindOf<E> {
    Problem.Kind of(E failure);
  }

  private <E extends Exception> void on(
      JavalinDefaultRoutingApi routes, Class<E> type, KindOf<E> kind) {
    routes.exception(
        type,
        (e, context) ->
            show(context, Problem.of(kind.of(e), String.valueOf(e.getMessage()), context)));
  }

  /** What is not the form that it says it is, or has too many parts. */
  private void ofForm(ServletException e, Context context) {
    if (e.getCause() instanceof HttpException form && form.getCode() < 500) {
      show(
          context,
          Problem.of(
              Problem.Kind.MALFORMED,
              "The form cannot be read: send it as a browser does, with "
                  + MOST_PARTS
                  + " files at most; a zip may hold more",
              context));
    } else {
      ownFault(e, context);
    }
  }

  /** The operator's to mend, who finds it in the log in one line; what was sent may come again. */
  private void ofDisk(DeskException e, Context context) {
    Throwable cause = e.getCause();
    LOG.error(
        "The desk cannot be used: {}{}",
        e.getMessage(),
        cause == null ? "" : " (" + firstLine(cause) + ")");
    context.header("Retry-After", RETRY_AFTER);
    show(context, Problem.of(Problem.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), context));
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  private static Problem.Kind unavailable(Exception e) {
    LOG.error("The desk cannot be used", e);
    return Problem.Kind.UNAVAILABLE;
  }

  private void ofLibrary(HttpResponseException e, Context context) {
    Problem.Kind kind = Problem.Kind.of(e.getStatus());
    String methods = methods(e.getDetails());
    if (methods != null) {
      context.header("Allow", methods);
    }
    show(context, Problem.of(kind, detail(kind, e, methods, context), context));
  }

  /** The library names them by one name to programs, and by another to browsers. */
  private static @Nullable String methods(Map<String, String> details) {
    String toBrowsers = details.get("Available methods");
    return toBrowsers == null ? details.get("availableMethods") : toBrowsers;
  }

  private static String detail(
      Problem.Kind kind, HttpResponseException e, @Nullable String methods, Context context) {
    return switch (kind) {
      case NOT_FOUND ->
          "There is nothing at " + context.path() + ": the addresses are listed in /openapi.yaml";
      case METHOD_NOT_ALLOWED ->
          context.path()
              + " does not take "
              + context.method().name()
              + ": it takes "
              + Objects.requireNonNullElse(methods, "other methods");
      default -> String.valueOf(e.getMessage());
    };
  }

  private void ownFault(Exception e, Context context) {
    LOG.error("{} {} failed", context.method().name(), template(context), e);
    show(
        context,
        Problem.of(
            Problem.Kind.INTERNAL,
            "Something is wrong with Gapcanary itself; its log says what. Nothing of the request was lost on purpose:"
                + " send it again",
            context));
  }

  /** The route's address with its parameters' names: what is safe to log and to count by. */
  static String template(Context context) {
    var endpoint = context.endpoints().matchedHttpEndpoint();
    return endpoint == null ? "unknown" : endpoint.path;
  }

  /** Says what the gap was, when it was withdrawn, and why. */
  private void withdrawn(WithdrawnGapException e, Context context) {
    Problem problem = Problem.of(Problem.Kind.GONE, String.valueOf(e.getMessage()), context);
    Map<String, Object> members = problem.members();
    members.put("gap", e.gap());
    show(context, problem, members);
  }

  private void show(Context context, Problem problem) {
    show(context, problem, problem.members());
  }

  private void show(Context context, Problem problem, Map<String, Object> members) {
    context.status(problem.kind().status());
    if (isForPerson(context)) {
      page.accept(context, problem);
    } else {
      context
          .contentType("application/problem+json")
          .result(DeskJson.line(members).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Whether a person opened an address in a browser. */
  static boolean isForPerson(Context context) {
    String accept = Objects.requireNonNullElse(context.header("Accept"), "");
    return accept.contains("text/html") && !context.path().startsWith("/api/");
  }
}
