package io.gapcanary.service.text;

import io.gapcanary.Articles;
import io.gapcanary.Gap;
import io.gapcanary.RepeatRate;
import java.util.function.UnaryOperator;

/** Says in a sentence why a gap is one. */
public final class GapExplanation {
  private GapExplanation() {}

  /** How a desk's articles are named to people: by title and id. */
  public static UnaryOperator<String> names(Articles articles) {
    return id ->
        articles.find(id).map(article -> "“" + article.title() + "” (" + id + ")").orElse(id);
  }

  /**
   * Why it is a gap, or was one until evidence verified that it is fixed.
   *
   * @param named how an article of an id is named to people
   */
  public static String why(Gap gap, Voice voice, UnaryOperator<String> named) {
    String raised = raised(gap, voice, named);
    return gap.state() == Gap.State.VERIFIED ? voice.say("why.verified", raised) : raised;
  }

  private static String raised(Gap gap, Voice voice, UnaryOperator<String> named) {
    String article = gap.articleId() == null ? "" : named.apply(gap.articleId());
    return switch (gap.kind()) {
      case MISSING -> missing(gap, voice, named);
      case INCOMPLETE -> incomplete(gap, article, voice);
      case SUPERSEDED -> voice.say("why.superseded", article, gap.cases().size());
      case UNFINDABLE -> voice.say("why.unfindable", article, gap.cases().size());
      case UNTRANSLATED ->
          voice.say("why.untranslated", article, gap.cases().size(), languages(gap, voice));
    };
  }

  private static String missing(Gap gap, Voice voice, UnaryOperator<String> named) {
    int cases = gap.cases().size();
    return gap.relatedArticles().isEmpty()
        ? voice.say("why.missing", cases)
        : voice.say(
            "why.missing.nearest",
            cases,
            named.apply(gap.relatedArticles().get(0).id()),
            voice.probability(gap.relatedArticles().get(0).probability()));
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
}
