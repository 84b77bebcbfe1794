package io.gapcanary.service.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Lets pages of other origins call the API, those on a list and none else: a widget in a foreign
 * page, with a key or a short-lived token. No cookie is ever let through, so that such a page can
 * do nothing in the name of who is signed in.
 *
 * <p>The library's own plug-in answers 400 to any other origin, this desk's own pages included.
 */
public final class CrossOrigin {
  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
  private static final String HEADERS =
      "Authorization, Content-Type, Accept-Language, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-Request-Id";
  private static final String EXPOSED =
      "Content-Disposition, ETag, Idempotent-Replayed, Location, Retry-After, WWW-Authenticate, X-Request-Id";

  private final Set<String> origins;
  private final BooleanSupplier required;

  /**
   * Lets these in.
   *
   * @param origins each as a browser writes it: {@code https://shop.example.com}
   * @param required whether callers must be known; while they need not be, no page is let in, for
   *     it could do everything
   */
  public CrossOrigin(Set<String> origins, BooleanSupplier required) {
    this.origins = Set.copyOf(origins);
    this.required = required;
  }

  /** Puts it before the routes; must be added before the gate, for a browser asks without a key. */
  public void addTo(JavalinDefaultRoutingApi routes) {
    if (!origins.isEmpty()) {
      routes.before("/api/*", this::admit);
    }
  }

  private void admit(Context context) {
    context.header("Vary", "Origin");
    String origin = context.header("Origin");
    if (origin == null || !origins.contains(origin) || !required.getAsBoolean()) {
      return;
    }
    context.header("Access-Control-Allow-Origin", origin);
    if (context.method().equals(HandlerType.OPTIONS)
        && context.header("Access-Control-Request-Method") != null) {
      context
          .header("Access-Control-Allow-Methods", METHODS)
          .header("Access-Control-Allow-Headers", HEADERS)
          .header("Access-Control-Max-Age", "600")
          .status(204)
          .skipRemainingHandlers();
    } else {
      context.header("Access-Control-Expose-Headers", EXPOSED);
    }
  }
}
