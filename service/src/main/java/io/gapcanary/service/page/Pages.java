package io.gapcanary.service.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.gapcanary.Desk;
import io.gapcanary.service.http.Gate;
import io.gapcanary.service.http.Problem;
import io.gapcanary.service.text.GapExplanation;
import io.gapcanary.service.text.Voice;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Renders templates in the reader's language, with the headers that keep a page to itself. */
public final class Pages {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  private static final int YEAR = 365 * 24 * 60 * 60;

  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
  private final boolean demo;
  private final UnaryOperator<String> named;
  private final ZoneId zone;

  /**
   * @param demo whether the demonstration's desk is served
   */
  public Pages(Desk desk, boolean demo) {
    this.demo = demo;
    this.zone = desk.settings().timeZone();
    this.named = GapExplanation.names(desk.articles());
  }

  /** What the page of a request has in common with all others. */
  Frame frame(Context context) {
    return new Frame(
        voice(context).in(zone),
        context.path(),
        context.queryParamMap(),
        demo,
        named,
        Gate.caller(context).orElse(null),
        Gate.people(context));
  }

  /** What the address says, else what was chosen before, else what the browser asks for. */
  private static Voice voice(Context context) {
    Optional<Voice> asked = Optional.ofNullable(context.queryParam("lang")).flatMap(Voice::find);
    asked.ifPresent(
        voice ->
            context.cookie(
                new Cookie("lang", voice.code(), "/", YEAR, false, true, null, SameSite.LAX)));
    return asked
        .or(() -> Optional.ofNullable(context.cookie("lang")).flatMap(Voice::find))
        .orElseGet(
            () ->
                Voice.accepted(Objects.requireNonNullElse(context.header("Accept-Language"), "")));
  }

  /** Shows a template, whole page or fragment. */
  void show(Context context, String template, Object view) {
    StringOutput out = new StringOutput(16_384);
    engine.render(template, view, out);
    context.header("Content-Security-Policy", POLICY);
    context.header("Cache-Control", "no-store");
    context.header("Vary", "Accept-Language, Cookie, HX-Request");
    context.html(out.toString());
  }

  /** Shows a problem to a person. */
  public void trouble(Context context, Problem problem) {
    show(context, "trouble.jte", new Views.Trouble(frame(context), problem));
  }
}
