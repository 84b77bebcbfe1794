package io.gapcanary.service.text;

import io.gapcanary.kb.Comparison;
import io.gapcanary.kb.ExplainedMatch;

/** Says what a match is made of, in words that a manager knows. */
public final class MatchExplanation {
  private MatchExplanation() {}

  /** What a feature of an article measures; its name where no words are known for it. */
  public static String feature(String name, Voice voice) {
    return voice.sayOr("feature." + name, name);
  }

  /** What a sign of an answer measures; its name where no words are known for it. */
  public static String sign(String name, Voice voice) {
    return voice.sayOr("sign." + name, name);
  }

  /** Why the one article stands before the other, in one sentence. */
  public static String decided(Comparison comparison, Voice voice) {
    String ahead = title(comparison.ahead());
    String behind = title(comparison.behind());
    if (comparison.behind().obstacle() != null) {
      return voice.say(
          "explain.decided.obstacle",
          behind,
          voice.say("obstacle." + comparison.behind().obstacle().wireName()));
    }
    return comparison
        .decisive()
        .map(
            difference ->
                voice.say(
                    "explain.decided.feature",
                    ahead,
                    behind,
                    feature(difference.name(), voice),
                    voice.number(difference.ahead(), 2),
                    voice.number(difference.behind(), 2)))
        .orElseGet(() -> voice.say("explain.decided.nothing", ahead, behind));
  }

  private static String title(ExplainedMatch one) {
    return "“" + one.match().title() + "”";
  }
}
