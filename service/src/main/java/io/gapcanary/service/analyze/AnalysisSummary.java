package io.gapcanary.service.analyze;

import io.gapcanary.Gap;
import io.gapcanary.Totals;
import io.gapcanary.service.text.GapExplanation;
import io.gapcanary.service.text.Voice;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a manager reads first of an analysis: the desk in five lines, then the ten worst gaps. */
final class AnalysisSummary {
  private static final int GAPS_SHOWN = 10;

  private final GapsFile found;
  private final Voice voice;
  private final UnaryOperator<String> named;

  AnalysisSummary(GapsFile found, Voice voice, UnaryOperator<String> named) {
    this.found = found;
    this.voice = voice;
    this.named = named;
  }

  void print(PrintStream out, int articles, Duration took) {
    Totals totals = found.totals();
    out.println();
    out.println(voice.say("summary.desk", totals.cases(), articles, voice.date(found.asOf())));
    out.println();
    share(out, "summary.answered", totals.answered());
    share(out, "summary.noMatch", totals.noMatch());
    share(out, "summary.tooLittleText", totals.tooLittleText());
    if (totals.unavailable() > 0) {
      share(out, "summary.unavailable", totals.unavailable());
    }
    out.println("  " + voice.say("summary.linkRate", voice.percent(totals.linkRate())));
    out.println(
        "  "
            + voice.say(
                "summary.repeats", totals.repeatContacts(), repeatDays(), totals.reconnects()));
    if (totals.withoutCustomerId() > 0) {
      out.println("  " + voice.say("summary.anonymous", totals.withoutCustomerId()));
    }
    gaps(out);
    out.println();
    out.println(voice.say("summary.took", voice.took(took)));
  }

  private long repeatDays() {
    Object window = found.settings().get("repeatWindow");
    return window == null ? 7 : Duration.parse(window.toString()).toDays();
  }

  private void share(PrintStream out, String key, int count) {
    double of = found.totals().cases();
    out.println("  " + voice.say(key, count, voice.percent(of == 0 ? 0 : count / of)));
  }

  private void gaps(PrintStream out) {
    List<Gap> gaps = found.gaps();
    out.println();
    if (found.totals().setAside() > 0) {
      out.println(voice.say("summary.setAside", found.totals().setAside()));
    }
    if (gaps.isEmpty()) {
      out.println(voice.say("summary.noGaps"));
      return;
    }
    out.println(voice.say("summary.gaps", gaps.size(), Math.min(GAPS_SHOWN, gaps.size())));
    for (int i = 0; i < Math.min(GAPS_SHOWN, gaps.size()); i++) {
      gap(out, i + 1, gaps.get(i));
    }
    if (found.totals().heldBack() > 0) {
      out.println();
      out.println(voice.say("summary.heldBack", found.totals().heldBack()));
    }
  }

  private void gap(PrintStream out, int place, Gap gap) {
    out.println();
    out.printf("%3d. %s · %s%n", place, voice.say("kind." + gap.kind().wireName()), gap.title());
    out.println(
        "     "
            + voice.say(
                "summary.gap",
                gap.customers(),
                gap.cases().size(),
                voice.impact(gap.impact().score()),
                gap.id()));
    out.println("     " + GapExplanation.why(gap, voice, named));
  }
}
