package io.gapcanary.service.page;

import io.gapcanary.kb.Comparison;
import io.gapcanary.kb.Contribution;
import io.gapcanary.kb.ExplainedMatch;
import io.gapcanary.kb.Explanation;
import io.gapcanary.kb.Verdict;
import io.gapcanary.service.http.ExplainRequest;
import io.gapcanary.service.text.MatchExplanation;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page that explains.
 *
 * @param frame the page's
 * @param request what was asked for
 * @param explanation how it comes about, or {@code null} before anything is asked
 * @param comparison of two articles, or {@code null}
 * @param choices what may be chosen
 * @param leftOut articles that were named and cannot answer: of another product or not published
 */
public record ExplainView(
    Frame frame,
    ExplainRequest request,
    @Nullable Explanation explanation,
    @Nullable Comparison comparison,
    Choices choices,
    List<String> leftOut) {
  /** Articles that are shown at once: those that an agent sees. */
  private static final int SHOWN = 3;

  /** Takes a copy. */
  public ExplainView {
    leftOut = List.copyOf(leftOut);
  }

  /** The articles that an agent sees, and those that were named. */
  public List<ExplainedMatch> articles() {
    return explanation == null
        ? List.of()
        : explanation.articles().stream()
            .filter(
                one ->
                    (one.applies() && one.rank() <= SHOWN)
                        || request.articles().contains(one.match().articleId()))
            .toList();
  }

  /** The other matches. */
  public List<ExplainedMatch> others() {
    List<ExplainedMatch> shown = articles();
    return explanation == null
        ? List.of()
        : explanation.articles().stream().filter(one -> !shown.contains(one)).toList();
  }

  /** True when there is a question in what was asked. */
  public boolean asks() {
    return explanation != null
        && !(explanation.matches().verdict() instanceof Verdict.TooLittleText);
  }

  /** Why nothing is suggested, as a key of texts; empty when something is. */
  public String silence() {
    return switch (explanation == null ? new Verdict.TooLittleText() : verdict(explanation)) {
      case Verdict.Answered answered -> "";
      case Verdict.NoMatch none -> "reason." + none.reason().wireName();
      case Verdict.TooLittleText tooLittle -> "reason.too-little-text";
      case Verdict.Unavailable unavailable -> "reason.unavailable";
    };
  }

  private static Verdict verdict(Explanation explanation) {
    return explanation.matches().verdict();
  }

  /** What a feature measures, in words. */
  public String feature(String name) {
    return MatchExplanation.feature(name, frame.voice());
  }

  /** What a sign measures, in words. */
  public String sign(String name) {
    return MatchExplanation.sign(name, frame.voice());
  }

  /** Why the one stands before the other. */
  public String decided(Comparison of) {
    return MatchExplanation.decided(of, frame.voice());
  }

  /** True when the article that was named first is the one ahead. */
  public boolean asksForFirst(Comparison of) {
    return of.ahead().match().articleId().equals(request.articles().get(0));
  }

  /** Contributions, the largest first. */
  public List<Contribution> largestFirst(List<Contribution> contributions) {
    return contributions.stream()
        .sorted(
            Comparator.comparingDouble((Contribution c) -> Math.abs(c.contribution())).reversed())
        .toList();
  }

  /** A number. */
  public String amount(double number) {
    return written(number, "");
  }

  /** A number with its sign. */
  public String signed(double number) {
    return written(number, "+");
  }

  private String written(double number, String plus) {
    String text = frame.voice().number(Math.abs(number), 2);
    return text.equals("0") ? text : (number < 0 ? "−" : plus) + text;
  }

  /** The address of the same page with other articles. */
  public String link(String... articles) {
    Map<String, @Nullable String> query = new LinkedHashMap<>();
    query.put("case", request.caseId());
    query.put("q", request.text());
    query.put("product", request.product());
    query.put("version", request.version());
    query.put("language", request.language());
    return Addresses.explain(query, List.of(articles));
  }
}
