package io.gapcanary.service.http;

import io.gapcanary.AgentAssist;
import io.gapcanary.kb.Comparison;
import io.gapcanary.kb.Evidence;
import io.gapcanary.kb.ExplainedMatch;
import io.gapcanary.kb.Explanation;
import io.gapcanary.kb.Matches;
import io.gapcanary.kb.Verdict;
import io.gapcanary.service.text.MatchExplanation;
import io.gapcanary.service.text.Voice;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How suggestions come about, over HTTP. */
final class ExplainRoutes {
  private final AgentAssist assist;
  private final InstantSource clock;

  ExplainRoutes(AgentAssist assist, InstantSource clock) {
    this.assist = assist;
    this.clock = clock;
  }

  void explain(Context context) {
    ExplainRequest request = ExplainRequest.of(context);
    if (request.isEmpty()) {
      throw new ProblemException(
          Problem.Kind.MALFORMED, "The parameter q is missing: send q, or case");
    }
    Explanation explanation = request.explain(assist, clock.instant());
    Voice voice = Parameters.voice(context);
    Map<String, @Nullable Object> answer = answer(explanation);
    answer.put(
        "comparison", request.compare(explanation).map(c -> comparison(c, voice)).orElse(null));
    context.json(answer);
  }

  private static Map<String, @Nullable Object> answer(Explanation explanation) {
    Matches matches = explanation.matches();
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("question", explanation.question().text());
    answer.put("verdict", matches.verdict().wireName());
    answer.put(
        "reason",
        matches.verdict() instanceof Verdict.NoMatch none ? none.reason().wireName() : null);
    answer.put("answerable", matches.answerable());
    answer.put("floor", matches.floor());
    answer.put("degraded", matches.degraded());
    answer.put("answerability", explanation.answerability());
    answer.put("articles", explanation.articles().stream().map(ExplainRoutes::article).toList());
    return answer;
  }

  private static Map<String, @Nullable Object> article(ExplainedMatch one) {
    Evidence evidence = one.match().evidence();
    Map<String, @Nullable Object> article = new LinkedHashMap<>();
    article.put("articleId", one.match().articleId());
    article.put("title", one.match().title());
    article.put("rank", one.applies() ? one.rank() : null);
    article.put("probability", one.match().probability());
    article.put("share", one.share());
    article.put("score", one.score());
    article.put("obstacle", one.obstacle() == null ? null : one.obstacle().wireName());
    article.put("passage", evidence.passage());
    article.put("words", evidence.words());
    article.put("askedAs", evidence.askedAs());
    article.put("dismissedFor", evidence.dismissedFor());
    article.put("dismissed", one.dismissed());
    article.put("contributions", one.contributions());
    return article;
  }

  private static Map<String, @Nullable Object> comparison(Comparison comparison, Voice voice) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("ahead", comparison.ahead().match().articleId());
    answer.put("behind", comparison.behind().match().articleId());
    answer.put("lead", comparison.lead());
    answer.put("decisive", comparison.decisive().map(Comparison.Difference::name).orElse(null));
    answer.put("sentence", MatchExplanation.decided(comparison, voice));
    answer.put("differences", comparison.differences());
    return answer;
  }
}
