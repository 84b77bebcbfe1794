package io.gapcanary.service.text;

import io.gapcanary.Gap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Says in a sentence what happened to a gap. */
public final class GapHistory {
  private GapHistory() {}

  /**
   * What happened.
   *
   * @param named how an article of an id is named to people
   */
  public static String say(Gap.Event event, Voice voice, UnaryOperator<String> named) {
    String said = said(event, voice, named);
    Object of = event.details().get("of");
    return of == null ? said : voice.say("history.of", of, said);
  }

  /** Who did it: a person's name, or that evidence did. */
  public static String who(Gap.Event event, Voice voice) {
    return switch (event.by()) {
      case "evidence" -> voice.say("history.evidence");
      case "somebody" -> voice.say("history.somebody");
      default -> event.by();
    };
  }

  private static String said(Gap.Event event, Voice voice, UnaryOperator<String> named) {
    Map<String, Object> details = event.details();
    return switch (event.what()) {
      case RAISED -> raised(details, voice);
      case STATE ->
          details.containsKey("article")
              ? voice.say("history.state.agents", named.apply(text(details, "article")))
              : voice.say("history.state", named(details, "state", voice));
      case OWNER ->
          details.containsKey("owner")
              ? voice.say("history.owner", text(details, "owner"))
              : voice.say("history.owner.nobody");
      case REMEDY -> voice.say("history.remedy", named(details, "remedy", voice));
      case REPLAYED -> replayed(details, voice);
      case VERIFIED -> verified(details, voice, named);
      case WITHDRAWN ->
          details.containsKey("customers")
              ? voice.say("history.withdrawn.customers", number(details, "customers"))
              : voice.say(
                  "history.withdrawn", number(details, "returned"), number(details, "given"));
      case REOPENED -> reopened(details, voice);
      case RECLASSIFIED -> voice.say("history.reclassified", named.apply(text(details, "article")));
      case MERGED -> merged(details, voice);
      case SPLIT ->
          details.containsKey("from")
              ? voice.say("history.split.from", text(details, "from"), number(details, "cases"))
              : voice.say("history.split", number(details, "cases"));
      case MOVED -> moved(details, voice);
      case RECALCULATED -> recalculated(details, voice);
      case OTHER -> text(details, "text");
    };
  }

  private static String replayed(Map<String, Object> details, Voice voice) {
    String said =
        voice.say("history.replayed", number(details, "answered"), number(details, "asked"));
    return number(details, "harmed").equals(0)
        ? said
        : voice.say(
            "history.replayed.harmed", said, number(details, "harmed"), number(details, "others"));
  }

  private static String moved(Map<String, Object> details, Voice voice) {
    Object cases = number(details, "cases");
    return details.containsKey("from")
        ? voice.say("history.moved.from", text(details, "from"), cases)
        : details.containsKey("to")
            ? voice.say("history.moved.to", text(details, "to"), cases)
            : voice.say("history.moved", cases);
  }

  private static String reopened(Map<String, Object> details, Voice voice) {
    return details.containsKey("customers")
        ? voice.say("history.reopened", number(details, "customers"))
        : details.containsKey("returned")
            ? voice.say(
                "history.reopened.returns", number(details, "returned"), number(details, "given"))
            : voice.say("history.reopened.some");
  }

  private static String raised(Map<String, Object> details, Voice voice) {
    String kind = text(details, "kind");
    return kind.equals("incomplete")
        ? voice.say(
            "history.raised.incomplete", number(details, "returned"), number(details, "given"))
        : voice.say("history.raised." + kind, number(details, "customers"));
  }

  private static String verified(
      Map<String, Object> details, Voice voice, UnaryOperator<String> named) {
    return switch (text(details, "by")) {
      case "returns" ->
          voice.say(
              "history.verified.returns", number(details, "returned"), number(details, "given"));
      case "quiet" -> voice.say("history.verified.quiet", number(details, "days"));
      case "agents" -> voice.say("history.verified.agents", named.apply(text(details, "article")));
      default ->
          details.containsKey("days")
              ? voice.say(
                  "history.verified.replay.quiet",
                  number(details, "answered"),
                  number(details, "asked"),
                  named.apply(text(details, "article")),
                  number(details, "days"))
              : details.containsKey("asked")
                  ? voice.say(
                      "history.verified.replay",
                      number(details, "answered"),
                      number(details, "asked"),
                      named.apply(text(details, "article")))
                  : voice.say("history.verified.replay.some");
    };
  }

  private static String recalculated(Map<String, Object> details, Voice voice) {
    String settings = text(details, "settings");
    String under = settings.isEmpty() ? voice.say("history.recalculated.same") : settings;
    String said =
        voice.say(
            "history.recalculated", under, number(details, "before"), number(details, "after"));
    return details.containsKey("from")
        ? said + " " + voice.say("history.recalculated.from", text(details, "from"))
        : said;
  }

  private static String merged(Map<String, Object> details, Voice voice) {
    String gap = text(details, "gap");
    if (!details.containsKey("state")) {
      return voice.say("history.merged", gap);
    }
    String state = voice.sayOr("state." + text(details, "state"), text(details, "state"));
    return details.containsKey("owner")
        ? voice.say("history.merged.owner", gap, state, text(details, "owner"))
        : voice.say("history.merged.state", gap, state);
  }

  /** From one constant to another, in words. */
  private static String named(Map<String, Object> details, String what, Voice voice) {
    String from = text(details, "from");
    String to = text(details, "to");
    return voice.say(
        "history.fromTo", voice.sayOr(what + "." + from, from), voice.sayOr(what + "." + to, to));
  }

  private static String text(Map<String, Object> details, String name) {
    return String.valueOf(details.getOrDefault(name, ""));
  }

  private static Object number(Map<String, Object> details, String name) {
    return details.getOrDefault(name, 0);
  }
}
