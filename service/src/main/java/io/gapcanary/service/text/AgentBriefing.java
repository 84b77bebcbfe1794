package io.gapcanary.service.text;

import io.gapcanary.Suggestions.Evidence;
import io.gapcanary.Suggestions.KnownGap;
import io.gapcanary.Suggestions.Warning;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** Says to an agent, in the agent's own language, what the desk says in the customer's. */
public final class AgentBriefing {
  private AgentBriefing() {}

  /** What to mind before giving an article. */
  public static String warning(Warning warning, Voice voice) {
    return switch (warning.code()) {
      case "given-before" -> voice.say("warning.given-before", voice.weekday(day(warning, "on")));
      case "incomplete" ->
          voice.say("warning.incomplete", detail(warning, "returned"), detail(warning, "given"));
      case "worse-lately" ->
          voice.say(
              "warning.worse-lately",
              voice.weekday(day(warning, "since")),
              detail(warning, "returned"),
              detail(warning, "given"),
              detail(warning, "formerReturned"),
              detail(warning, "formerGiven"));
      case "other-language" -> {
        String tag = String.valueOf(detail(warning, "language"));
        yield voice.say("warning.other-language", voice.sayOr("language." + tag, tag));
      }
      case "dismissed" -> voice.say("warning.dismissed", detail(warning, "voices"));
      case "version-unreadable" ->
          voice.say("warning.version-unreadable", detail(warning, "version"));
      default -> voice.sayOr("warning." + warning.code(), warning.text());
    };
  }

  /** Why an article is suggested. */
  public static String evidence(Evidence evidence, Voice voice) {
    return switch (evidence.code()) {
      case "asked-as" ->
          voice.say("evidence.asked-as", evidence.details().getOrDefault("wording", ""));
      case "words" ->
          voice.say(
              "evidence.words",
              evidence.details().get("words") instanceof List<?> words
                  ? words.stream().map(String::valueOf).collect(Collectors.joining(", "))
                  : "");
      default -> voice.sayOr("evidence." + evidence.code(), "");
    };
  }

  private static Object detail(Warning warning, String name) {
    return warning.details().getOrDefault(name, "");
  }

  private static LocalDate day(Warning warning, String name) {
    return LocalDate.parse(String.valueOf(detail(warning, name)));
  }

  /** The agent's place among those who met a gap, and who sees to it. */
  public static String place(KnownGap gap, Voice voice) {
    String place = voice.say("suggest.gap.place", voice.ordinal(gap.placeThisWeek()));
    String owner =
        gap.owner() == null
            ? voice.say("suggest.gap.noOwner")
            : voice.say("suggest.gap.owner", gap.owner());
    return place + " " + owner;
  }
}
