package io.gapcanary.service.page;

import io.gapcanary.NotFoundException;
import io.gapcanary.WireName;
import io.gapcanary.service.access.Access;
import io.gapcanary.service.access.ApiKeys;
import io.gapcanary.service.access.Caller;
import io.gapcanary.service.access.People;
import io.gapcanary.service.access.Scope;
import io.gapcanary.service.http.AccessRoutes;
import io.gapcanary.service.http.Gate;
import io.gapcanary.storage.AccessStore;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keys, people and what they did, for administrators. */
public final class AccessPages {
  private static final int DEEDS = 50;

  private final Pages pages;
  private final Access access;
  private final @Nullable MailDesk mail;

  /**
   * @param mail how the weekly report is sent by e-mail, or {@code null} when it is not
   */
  AccessPages(Pages pages, Access access, @Nullable MailDesk mail) {
    this.pages = pages;
    this.access = access;
    this.mail = mail;
  }

  /**
   * The page.
   *
   * @param required whether anybody has to sign in
   * @param keys all keys
   * @param people all who sign in
   * @param deeds what was done last
   * @param made a key that was just made, shown this once, or {@code null}
   * @param refused why none was made, or {@code null}
   * @param mail how the weekly report is sent by e-mail, or {@code null} when it is not
   */
  public record View(
      Frame frame,
      boolean required,
      List<ApiKeys.Listed> keys,
      List<People.Person> people,
      List<AccessStore.Deed> deeds,
      ApiKeys.@Nullable Made made,
      @Nullable String refused,
      MailDesk.@Nullable View mail) {
    /** What was done, in words. */
    public String did(AccessStore.Deed deed) {
      return frame.voice().sayOr(nameOf(deed.what()), deed.what());
    }
  }

  /** The key of the text that says what was done, by command or on a route. */
  public static String nameOf(String what) {
    return "deed."
        + what.replace(" /api/v1/", " /")
            .replaceAll("[{}]", "")
            .replaceAll("[ /]+", "-")
            .toLowerCase(Locale.ROOT);
  }

  void get(Context context) {
    show(context, null, null, mail == null ? null : mail.view());
  }

  @SuppressWarnings(
      "NullAway") // it does not read the annotation of a nested type from a class file
  private void show(Context context, ApiKeys.@Nullable Made made, @Nullable String refused) {
    show(context, made, refused, mail == null ? null : mail.view());
  }

  @SuppressWarnings(
      "NullAway") // it does not read the annotation of a nested type from a class file
  private void show(
      Context context,
      ApiKeys.@Nullable Made made,
      @Nullable String refused,
      MailDesk.@Nullable View mailed) {
    pages.show(
        context,
        "access.jte",
        new View(
            pages.frame(context),
            access.required(),
            access.keys().list(),
            access.people().list(),
            access.audit().list(DEEDS),
            made,
            refused,
            mailed));
  }

  void createKey(Context context) {
    try {
      String name = Objects.requireNonNullElse(context.formParam("name"), "");
      Scope scope =
          WireName.parse(
              Scope.class, "scope", Objects.requireNonNullElse(context.formParam("scope"), ""));
      Caller caller = Gate.caller(context).orElse(Caller.HERE);
      ApiKeys.Made made = AccessRoutes.create(access, caller, name, scope);
      Gate.noteSubject(context, made.id());
      show(context, made, null);
    } catch (IllegalArgumentException e) {
      context.status(HttpStatus.BAD_REQUEST);
      show(context, null, pages.frame(context).voice().say("access.keys.refused"));
    }
  }

  void revokeKey(Context context) {
    String id = context.pathParam("id");
    if (!access.keys().revoke(id)) {
      throw new NotFoundException("There is no good key " + id);
    }
    context.redirect("/access", HttpStatus.SEE_OTHER);
  }

  void sendTest(Context context) {
    MailDesk used = requireMail();
    MailDesk.View view =
        used.test(
            Objects.requireNonNullElse(context.formParam("to"), ""), pages.frame(context).voice());
    if (view.failed()) {
      context.status(HttpStatus.BAD_GATEWAY);
    }
    show(context, null, null, view);
  }

  void sendAgain(Context context) {
    requireMail().sendAgain(context.pathParam("id"));
    context.redirect("/access#mail", HttpStatus.SEE_OTHER);
  }

  private MailDesk requireMail() {
    if (mail == null) {
      throw new NotFoundException("No e-mail is set up: see mailHost in docs/operation.md");
    }
    return mail;
  }
}
