package io.gapcanary.service.page;

import io.gapcanary.NotFoundException;
import io.gapcanary.service.access.Access;
import io.gapcanary.service.access.Access.SigningIn;
import io.gapcanary.service.access.Caller;
import io.gapcanary.service.access.IssuerException;
import io.gapcanary.service.access.IssuerSignIn;
import io.gapcanary.service.access.People;
import io.gapcanary.service.http.Gate;
import io.gapcanary.service.http.RequestLog;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Signing in and out, and one's own password. */
public final class SignInPages {
  private static final String AT_ISSUER = "gapcanary-issuer";

  private final Pages pages;
  private final Access access;
  private final Gate gate;

  SignInPages(Pages pages, Access access, Gate gate) {
    this.pages = pages;
    this.access = access;
    this.gate = gate;
  }

  /**
   * The page to sign in on.
   *
   * @param to where to go then, an address of this desk
   * @param name what was typed
   * @param refused why it was refused, or {@code null}
   * @param issuer what people call the issuer through which they may sign in too, or {@code null}
   */
  public record SignIn(
      Frame frame, String to, String name, @Nullable String refused, @Nullable String issuer) {
    /** Where one signs in through the issuer. */
    public String atIssuer() {
      return "/sign-in/issuer?" + Addresses.parameter("to", to);
    }
  }

  /**
   * The page of one's own password.
   *
   * @param said how it went, or {@code null}
   * @param refused whether it went wrong
   * @param elsewhere whether they sign in through the issuer, and have none here
   */
  public record Password(Frame frame, @Nullable String said, boolean refused, boolean elsewhere) {}

  void get(Context context) {
    if (!access.required()) {
      context.redirect("/", HttpStatus.SEE_OTHER);
      return;
    }
    show(context, local(context.queryParam("to")), "", null);
  }

  private void show(Context context, String to, String name, @Nullable String refused) {
    pages.show(
        context,
        "signIn.jte",
        new SignIn(
            pages.frame(context),
            to,
            name,
            refused,
            access.issuerSignIn().map(IssuerSignIn::label).orElse(null)));
  }

  /** An address of this desk; what leads elsewhere leads to the first page. */
  static String local(@Nullable String to) {
    return to != null && to.matches("/[^/\\\\\\p{Cntrl}][^\\\\\\p{Cntrl}]*") ? to : "/";
  }

  void signIn(Context context) {
    String to = local(context.formParam("to"));
    String name = form(context, "name");
    Frame frame = pages.frame(context);
    switch (access.signIn(name, form(context, "password"), gate.address(context))) {
      case SigningIn.Done done -> {
        gate.keep(context, done.secret());
        access.audit().note(done.caller().name(), "signed in", null, 303, RequestLog.id());
        context.redirect(to, HttpStatus.SEE_OTHER);
      }
      case SigningIn.Refused refused -> {
        access.audit().note("unknown", "sign-in refused", null, 401, RequestLog.id());
        context.status(HttpStatus.UNAUTHORIZED);
        show(context, to, name, frame.voice().say("signIn.refused"));
      }
      case SigningIn.Wait wait -> {
        context.status(HttpStatus.TOO_MANY_REQUESTS);
        context.header("Retry-After", String.valueOf(seconds(wait.left())));
        show(context, to, name, frame.voice().say("signIn.wait", minutes(wait.left())));
      }
    }
  }

  void beginAtIssuer(Context context) {
    String to = local(context.queryParam("to"));
    try {
      IssuerSignIn.Begun begun = atIssuer().begin(to);
      context.cookie(atIssuer(begun.kept(), (int) IssuerSignIn.LIFE.toSeconds()));
      context.header("Cache-Control", "no-store");
      context.redirect(begun.address().toString(), HttpStatus.SEE_OTHER);
    } catch (IssuerException e) {
      refuse(context, to, IssuerSignIn.Why.UNAVAILABLE);
    }
  }

  private IssuerSignIn atIssuer() {
    return access
        .issuerSignIn()
        .orElseThrow(() -> new NotFoundException("Nobody signs in through an issuer here"));
  }

  private Cookie atIssuer(String value, int seconds) {
    return new Cookie(
        AT_ISSUER,
        value,
        "/sign-in/issuer",
        seconds,
        access.settings().secure(),
        true,
        null,
        SameSite.LAX);
  }

  void endAtIssuer(Context context) {
    String kept = Objects.requireNonNullElse(context.cookie(AT_ISSUER), "");
    IssuerSignIn.Ended ended = atIssuer().end(context.queryParamMap(), kept);
    context.cookie(atIssuer("", 0));
    switch (ended) {
      case IssuerSignIn.Ended.Done done -> {
        gate.keep(context, done.secret());
        access.audit().note(done.caller().name(), "signed in", null, 303, RequestLog.id());
        context.header("Cache-Control", "no-store");
        context.redirect(local(done.to()), HttpStatus.SEE_OTHER);
      }
      case IssuerSignIn.Ended.Refused refused -> refuse(context, "/", refused.why());
    }
  }

  private void refuse(Context context, String to, IssuerSignIn.Why why) {
    HttpStatus status =
        switch (why) {
          case EXPIRED, INVALID -> HttpStatus.UNAUTHORIZED;
          case DENIED, NO_ROLE, NAME_TAKEN -> HttpStatus.FORBIDDEN;
          case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    if (why != IssuerSignIn.Why.EXPIRED) { // which anybody can ask for, as often as they like
      access.audit().note("unknown", "sign-in refused", null, status.getCode(), RequestLog.id());
    }
    context.status(status);
    show(
        context,
        to,
        "",
        pages
            .frame(context)
            .voice()
            .say("signIn.issuer." + why.name().toLowerCase(Locale.ROOT).replace('_', '-')));
  }

  private static long seconds(Duration left) {
    return Math.max(1, left.plusMillis(999).toSeconds());
  }

  private static long minutes(Duration left) {
    return Math.max(1, left.plusSeconds(59).toMinutes());
  }

  private static String form(Context context, String name) {
    String value = Objects.requireNonNullElse(context.formParam(name), "");
    return value.length() > 1000 ? value.substring(0, 1000) : value;
  }

  void signOut(Context context) {
    Gate.caller(context)
        .ifPresent(
            caller -> access.audit().note(caller.name(), "signed out", null, 303, RequestLog.id()));
    gate.forget(context);
    context.redirect("/sign-in", HttpStatus.SEE_OTHER);
  }

  void password(Context context) {
    pages.show(
        context,
        "password.jte",
        new Password(pages.frame(context), null, false, isElsewhere(context)));
  }

  void changePassword(Context context) {
    Frame frame = pages.frame(context);
    Caller caller = Gate.caller(context).orElse(Caller.HERE);
    String said = changed(context, caller);
    if (said.equals("password.done")) {
      access.audit().note(caller.name(), "changed their password", null, 200, RequestLog.id());
    } else {
      context.status(HttpStatus.BAD_REQUEST);
    }
    pages.show(
        context,
        "password.jte",
        new Password(
            frame, frame.voice().say(said), !said.equals("password.done"), isElsewhere(context)));
  }

  private boolean isElsewhere(Context context) {
    return Gate.caller(context)
        .flatMap(caller -> access.people().find(caller.name()))
        .filter(People.Person::issued)
        .isPresent();
  }

  /** The key of what is said of it. */
  private String changed(Context context, Caller caller) {
    if (caller.kind() != Caller.Kind.PERSON) {
      return "password.nobody";
    }
    if (!form(context, "next").equals(form(context, "again"))) {
      return "password.differ";
    }
    try {
      return access.changePassword(
              caller.name(), form(context, "old"), form(context, "next"), Gate.kept(context))
          ? "password.done"
          : "password.wrong";
    } catch (IllegalArgumentException e) {
      return "password.refused";
    }
  }
}
