package io.gapcanary.service.text;

import io.gapcanary.GapCase;
import io.gapcanary.GapSignals;
import io.gapcanary.Outcome;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what the cases of a gap show. */
public final class SignalText {
  private SignalText() {}

  /** How many of them show what, where any does: a phrase each. */
  public static List<String> of(GapSignals signals, Voice voice) {
    Stream<String> silent =
        signals.noMatch().isEmpty()
            ? Stream.empty()
            : Stream.of(voice.say("signal.noMatch", signals.silent(), reasons(signals, voice)));
    return Stream.concat(
            silent,
            Stream.of(
                    counted("signal.given", signals.given(), voice),
                    counted("signal.dismissed", signals.dismissed(), voice),
                    counted("signal.notCaptured", signals.notCaptured(), voice),
                    counted("signal.escalated", signals.escalated(), voice),
                    counted("signal.unsolved", signals.unsolved(), voice))
                .flatMap(phrase -> phrase))
        .toList();
  }

  private static Stream<String> counted(String key, int cases, Voice voice) {
    return cases == 0 ? Stream.empty() : Stream.of(voice.say(key, cases));
  }

  private static String reasons(GapSignals signals, Voice voice) {
    return signals.noMatch().entrySet().stream()
        .map(one -> voice.say("signal.reason", reason(one.getKey(), voice), one.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String reason(String wireName, Voice voice) {
    return voice.sayOr("signal.reason." + wireName, wireName);
  }

  /** What came of one of them, with the reason when no article was found. */
  public static String outcome(GapCase one, Voice voice) {
    String outcome = voice.say("signal.outcome." + one.outcome().wireName());
    return one.outcome() == Outcome.Kind.NO_MATCH && one.reason() != null
        ? outcome + ": " + reason(one.reason(), voice)
        : outcome;
  }
}
