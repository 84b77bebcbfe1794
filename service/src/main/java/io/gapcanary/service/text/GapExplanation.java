package io.gapcanary.service.text;

import io.gapcanary.Gap;
import io.gapcanary.Impact;
import io.gapcanary.RepeatRate;

/** Says in a sentence why a gap is one, and how its impact comes about. */
public final class GapExplanation {
  private GapExplanation() {}

  /** Why it is a gap, with the evidence. */
  public static String why(Gap gap, Voice voice) {
    String article = gap.articleId() == null ? "" : gap.articleId();
    return switch (gap.kind()) {
      case MISSING -> missing(gap, voice);
      case INCOMPLETE -> incomplete(gap, article, voice);
      case SUPERSEDED -> voice.say("why.superseded", article, gap.cases().size());
      case UNFINDABLE -> voice.say("why.unfindable", article, gap.cases().size());
      case UNTRANSLATED ->
          voice.say("why.untranslated", article, gap.cases().size(), languages(gap, voice));
    };
  }

  private static String missing(Gap gap, Voice voice) {
    int cases = gap.cases().size();
    return gap.relatedArticles().isEmpty()
        ? voice.say("why.missing", cases)
        : voice.say(
            "why.missing.nearest",
            cases,
            gap.relatedArticles().get(0).id(),
            voice.percent(gap.relatedArticles().get(0).probability()));
  }

  private static String incomplete(Gap gap, String article, Voice voice) {
    RepeatRate rate = gap.repeatRate();
    return rate == null
        ? voice.say("why.incomplete", article)
        : voice.say(
            "why.incomplete.rate",
            article,
            rate.returned(),
            rate.given(),
            voice.percent(rate.rate()),
            voice.percent(rate.low()),
            voice.percent(rate.high()),
            voice.percent(rate.expected()));
  }

  private static String languages(Gap gap, Voice voice) {
    return String.join(
        ", ", gap.languages().stream().map(tag -> voice.sayOr("language." + tag, tag)).toList());
  }

  /** The impact as the product of its factors. */
  public static String impact(Impact impact, Voice voice) {
    return voice.say(
        "impact.formula",
        voice.number(impact.casesPerWeek(), 1),
        voice.number(impact.minutesPerCase(), 1),
        voice.number(1 + impact.repeatRate(), 2),
        voice.number(impact.reach(), 2),
        voice.number(impact.trend(), 2),
        voice.number(impact.score(), 1));
  }
}
