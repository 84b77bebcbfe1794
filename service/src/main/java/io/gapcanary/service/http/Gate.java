package io.gapcanary.service.http;

import io.gapcanary.service.access.Access;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.access.Caller;
import io.gapcanary.service.access.IssuerException;
import io.gapcanary.service.access.People;
import io.gapcanary.service.access.RouteRules;
import io.gapcanary.service.access.Scope;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every route: finds out who asks, lets through who may, and notes what they did.
 *
 * <p>A program sends {@code Authorization: Bearer} with a key or an issuer's token; a page has the
 * cookie of a sign-in; one who cannot send headers has the parameter {@code token}. Only a cookie
 * is sent by a browser without being told to, so that only with a cookie a change must come from
 * this desk's own pages.
 */
public final class Gate {
  private static final String COOKIE = "gapcanary";
  private static final String CALLER = "gapcanary.caller";
  private static final String ACCESS = "gapcanary.access";
  private static final String RULE = "gapcanary.rule";
  private static final String SUBJECT = "gapcanary.subject";
  private static final String BEARER = "Bearer ";
  private static final Set<HandlerType> READING =
      Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

  private final Access access;
  private final AccessSettings settings;

  /** The gate of a desk. */
  public Gate(Access access) {
    this.access = access;
    this.settings = access.settings();
  }

  /** Puts it before the routes; must be added before them. */
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.before(this::recognise);
    routes.beforeMatched(this::admit);
    routes.after(this::note);
  }

  /** Who makes a request; empty for one who is not known. */
  public static Optional<Caller> caller(Context context) {
    return Optional.ofNullable(context.attribute(CALLER));
  }

  /** Who decides: the one who is signed in, else what was typed. */
  public static String by(Context context, @Nullable String typed) {
    return caller(context).map(one -> one.by(typed)).orElseGet(() -> typed == null ? "" : typed);
  }

  /** Tells, for as long as it is asked, whether the one who makes a request is still good. */
  static BooleanSupplier stillAdmitted(Context context) {
    Access access = context.attribute(ACCESS);
    Optional<Caller> caller = caller(context);
    return () -> access == null || caller.filter(access::isGood).isPresent();
  }

  /** Tells what an act was done to, where the address does not. */
  public static void noteSubject(Context context, String id) {
    context.attribute(SUBJECT, id);
  }

  /** Those who sign in here; empty while nobody needs to. */
  public static List<String> people(Context context) {
    Access access = context.attribute(ACCESS);
    return access == null
        ? List.of()
        : access.people().list().stream()
            .filter(person -> person.role() != Scope.INGEST)
            .map(People.Person::name)
            .toList();
  }

  /**
   * The owner as they are called: one who signs in here, where anybody does.
   *
   * @param owner what was asked for; {@code null} or blank is nobody
   * @param before the owner so far, who may stay
   * @throws IllegalArgumentException when nobody of that name signs in
   */
  public static @Nullable String owner(
      Context context, @Nullable String owner, @Nullable String before) {
    Access access = context.attribute(ACCESS);
    if (access == null || owner == null || owner.isBlank() || owner.equals(before)) {
      return owner;
    }
    return access
        .people()
        .find(owner)
        .map(People.Person::name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The owner must be one who signs in here, and nobody is called "
                        + Parameters.shown(owner)));
  }

  private void recognise(Context context) {
    if (!access.required()) {
      Visitors.requireThisHost(context);
      Visitors.requireNoProxy(context);
      Visitors.requireSameSite(context);
      context.attribute(CALLER, Caller.HERE);
      return;
    }
    context.attribute(ACCESS, access);
    find(context).ifPresent(caller -> context.attribute(CALLER, caller));
  }

  private Optional<Caller> find(Context context) {
    String header = context.header("Authorization");
    String token = context.queryParam("token");
    String cookie = context.cookie(COOKIE);
    try {
      if (header != null) {
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
            ? access.find(header.substring(BEARER.length()).strip())
            : Optional.empty();
      }
      if (token != null) {
        return token.startsWith("gct_") ? access.find(token) : Optional.empty();
      }
      return cookie == null ? Optional.empty() : access.findSignIn(cookie);
    } catch (IssuerException e) {
      throw new ProblemException(Problem.Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private void admit(Context context) {
    var endpoint = context.endpoints().matchedHttpEndpoint();
    if (endpoint == null) {
      return; // HEAD of what can be asked for: answered without a body
    }
    Optional<RouteRules.Rule> rule = RouteRules.find(context.method().name(), endpoint.path);
    String subject = context.pathParamMap().get("id");
    context.attribute(RULE, rule.orElse(null));
    context.attribute(SUBJECT, subject);
    RequestLog.noteCase(endpoint.path, subject, context.queryParam("case"));
    if (context.attribute(ACCESS) != null) {
      admit(context, rule, Objects.requireNonNullElse(subject, ""));
    }
  }

  private void admit(Context context, Optional<RouteRules.Rule> rule, String subject) {
    Optional<Caller> caller = caller(context);
    boolean ambient = caller.isEmpty() || caller.get().kind() == Caller.Kind.PERSON;
    if (ambient && !READING.contains(context.method())) {
      requireOwnPage(context);
    }
    if (rule.isPresent() && rule.get().anyone()) {
      return;
    }
    if (caller.isEmpty()) {
      refuseUnknown(context);
      return;
    }
    requireWithinRate(context, caller.get());
    if (rule.isEmpty() || !rule.get().admits(caller.get(), subject)) {
      throw new ProblemException(
          Problem.Kind.NOT_PERMITTED, whatIsNeeded(context, caller.get(), rule));
    }
  }

  /**
   * A change that a browser may have been led to must come from a page of this desk: the browser
   * itself says where it comes from.
   */
  private void requireOwnPage(Context context) {
    String site = context.header("Sec-Fetch-Site");
    String origin = context.header("Origin");
    boolean own = origin == null ? "same-origin".equals(site) : isOwn(context, origin);
    if (caller(context).isEmpty() && origin == null && site == null) {
      return; // a program without a key: it is told so
    }
    if (!own) {
      throw new ProblemException(
          Problem.Kind.FORBIDDEN,
          "Another site must not change anything here: do it on a page of this desk, or send a key");
    }
  }

  private boolean isOwn(Context context, String origin) {
    URI address = settings.publicAddress();
    return address == null
        ? Visitors.authority(origin).equals(context.host())
        : origin.equals(address.getScheme() + "://" + address.getRawAuthority());
  }

  private void refuseUnknown(Context context) {
    boolean triedOne =
        context.header("Authorization") != null || context.queryParam("token") != null;
    if (context.header("HX-Request") != null) {
      context.status(HttpStatus.UNAUTHORIZED).header("HX-Redirect", "/sign-in").result("");
      context.skipRemainingHandlers();
    } else if (!triedOne && Problems.isForPerson(context)) {
      context.redirect("/sign-in" + wayBack(context), HttpStatus.SEE_OTHER);
    } else {
      context.header("WWW-Authenticate", "Bearer realm=\"gapcanary\"");
      throw new ProblemException(
          Problem.Kind.UNAUTHORIZED,
          triedOne
              ? "The key or token is not good: it is mistyped, expired or revoked; ask an administrator for another"
              : "Send a key as Authorization: Bearer gck_…, or sign in at /sign-in; an administrator makes keys");
    }
  }

  private static String wayBack(Context context) {
    if (!context.method().equals(HandlerType.GET)) {
      return "";
    }
    String query = context.queryString();
    String language = context.queryParam("lang");
    return "?to="
        + URLEncoder.encode(
            context.path() + (query == null ? "" : "?" + query), StandardCharsets.UTF_8)
        + (language == null ? "" : "&lang=" + URLEncoder.encode(language, StandardCharsets.UTF_8));
  }

  private void requireWithinRate(Context context, Caller caller) {
    access
        .take(caller)
        .ifPresent(
            left -> {
              throw tooMany(
                  context,
                  left,
                  "More than "
                      + (long) settings.requestsPerSecond()
                      + " requests a second: wait and send it again");
            });
  }

  /** Refuses for a while, and says for how long. */
  public static ProblemException tooMany(Context context, Duration left, String detail) {
    context.header("Retry-After", String.valueOf(Math.max(1, left.plusMillis(999).toSeconds())));
    return new ProblemException(Problem.Kind.TOO_MANY, detail);
  }

  private static String whatIsNeeded(
      Context context, Caller caller, Optional<RouteRules.Rule> rule) {
    if (rule.isEmpty()) {
      return "Nobody may use " + context.path() + ": no rule says who";
    }
    if (caller.kind() == Caller.Kind.CASE_TOKEN) {
      return "A token for a case may do this only on the case that it was made for, if at all: use a key";
    }
    if (caller.kind() == Caller.Kind.BOARD_TOKEN) {
      return "A token for the board may follow its events and do nothing else: use a key";
    }
    String needed =
        rule.get().scopes().stream()
            .sorted()
            .map(Scope::wireName)
            .collect(Collectors.joining(" or "));
    return caller.name()
        + (caller.isPerson() ? " has the role " : " has the scope ")
        + caller.scope().wireName()
        + ", and this needs "
        + needed
        + ": ask an administrator";
  }

  private void note(Context context) {
    RouteRules.Rule rule = context.attribute(RULE);
    Caller caller = context.attribute(CALLER);
    if (rule != null && caller != null && !READING.contains(context.method())) {
      access.note(
          caller,
          rule,
          context.method().name() + " " + Problems.template(context),
          context.attribute(SUBJECT),
          context.statusCode(),
          RequestLog.id());
    }
  }

  /** Where a request comes from, as the outermost trusted proxy says. */
  public String address(Context context) {
    String[] forwarded =
        Objects.requireNonNullElse(context.header("X-Forwarded-For"), "").split(",");
    int at = forwarded.length - settings.proxies();
    return settings.proxies() == 0 || at < 0 || forwarded[at].isBlank()
        ? context.ip()
        : forwarded[at].strip();
  }

  /** Lets the browser keep a sign-in. */
  public void keep(Context context, String secret) {
    context.cookie(cookie(secret, (int) settings.sessionLength().toSeconds()));
  }

  /** Ends the sign-in that the browser keeps. */
  public void forget(Context context) {
    String secret = context.cookie(COOKIE);
    if (secret != null) {
      access.signIns().end(secret);
    }
    context.cookie(cookie("", 0));
  }

  /** What the browser keeps of a sign-in; empty when it keeps none. */
  public static String kept(Context context) {
    return Objects.requireNonNullElse(context.cookie(COOKIE), "");
  }

  private Cookie cookie(String value, int seconds) {
    return new Cookie(COOKIE, value, "/", seconds, settings.secure(), true, null, SameSite.LAX);
  }
}
