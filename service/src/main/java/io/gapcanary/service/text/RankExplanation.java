package io.gapcanary.service.text;

import io.gapcanary.GapRank;
import io.gapcanary.ImpactFactor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in a sentence why a gap stands above the next one. */
public final class RankExplanation {
  private RankExplanation() {}

  /** The sentence, which names the next gap; empty for the last gap. */
  public static String over(GapRank.@Nullable OverNext next, Voice voice) {
    return next == null ? "" : over(next, "“" + next.title() + "”", voice);
  }

  /** The sentence in a list, where the next gap stands right below; empty for the last gap. */
  public static String overTheNext(GapRank.@Nullable OverNext next, Voice voice) {
    return next == null ? "" : over(next, voice.say("rank.next"), voice);
  }

  private static String over(GapRank.OverNext next, String named, Voice voice) {
    return switch (next.because()) {
      case STATE -> voice.say("rank.state", named);
      case AGE -> voice.say("rank.age", named);
      case IMPACT -> byImpact(next, named, voice);
    };
  }

  private static String byImpact(GapRank.OverNext next, String named, Voice voice) {
    Optional<GapRank.Factor> decisive = next.decisive();
    if (decisive.isEmpty()) {
      return voice.say("rank.little", named);
    }
    String because = reason(decisive.get(), true, voice);
    return next.contrary()
        .map(
            contrary ->
                voice.say("rank.over.although", named, because, reason(contrary, false, voice)))
        .orElseGet(() -> voice.say("rank.over", named, because));
  }

  private static String reason(GapRank.Factor factor, boolean more, Voice voice) {
    String key = "rank." + factor.factor().wireName() + (more ? ".more" : ".less");
    return factor.factor() == ImpactFactor.MINUTES_PER_CASE
        ? voice.say(key, voice.number(Math.abs(factor.mine() - factor.next()), 1))
        : voice.say(key, value(factor, factor.mine(), voice), value(factor, factor.next(), voice));
  }

  /** A factor's value, as people read it. */
  public static String value(GapRank.Factor factor, double value, Voice voice) {
    return switch (factor.factor()) {
      case REPEAT_RATE -> voice.percent(value);
      case MINUTES_PER_CASE -> voice.number(value, 1);
      case CASES_PER_WEEK, REACH, SEGMENT_WEIGHT, TREND -> voice.number(value, 2);
    };
  }
}
