package io.gapcanary.service.http;

import io.gapcanary.AgentAssist;
import io.gapcanary.kb.Comparison;
import io.gapcanary.kb.ExplainedMatch;
import io.gapcanary.kb.Explanation;
import io.gapcanary.kb.Question;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What shall be explained: a case or a text, and articles to be looked at whatever their rank.
 *
 * @param caseId the case, or {@code null}
 * @param text what is asked where no case is known, or {@code null}
 * @param product the product it is about, or {@code null}
 * @param version the product's version, or {@code null}
 * @param language a BCP 47 tag, or {@code null}
 * @param articles ids of articles, at most ten
 */
public record ExplainRequest(
    @Nullable String caseId,
    @Nullable String text,
    @Nullable String product,
    @Nullable String version,
    @Nullable String language,
    List<String> articles) {
  private static final int MOST_ARTICLES = 10;

  /** Takes a copy. */
  public ExplainRequest {
    articles = List.copyOf(articles);
  }

  /**
   * What a request's query asks for.
   *
   * @throws ProblemException when it names a case and a text, or too many articles
   */
  public static ExplainRequest of(Context context) {
    ExplainRequest request =
        new ExplainRequest(
            given(context, "case"),
            given(context, "q"),
            given(context, "product"),
            given(context, "version"),
            given(context, "language"),
            context.queryParams("article").stream()
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList());
    if (request.caseId != null && request.text != null) {
      throw new ProblemException(
          Problem.Kind.MALFORMED, "Send either case or q: a case asks what its customer wrote");
    }
    if (request.articles.size() > MOST_ARTICLES) {
      throw new ProblemException(
          Problem.Kind.MALFORMED, "At most " + MOST_ARTICLES + " articles are explained at once");
    }
    return request;
  }

  private static @Nullable String given(Context context, String name) {
    String value = context.queryParam(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** True when it says neither a case nor a text. */
  public boolean isEmpty() {
    return caseId == null && text == null;
  }

  /** Explains it, as of a time where no case is known. */
  public Explanation explain(AgentAssist assist, Instant now) {
    return caseId != null
        ? assist.explain(caseId, articles)
        : assist.explain(
            new Question(text == null ? "" : text, language, product, version, now), articles);
  }

  /**
   * The comparison that is asked for: of the first two articles named, or of the one named with the
   * best other one.
   */
  public Optional<Comparison> compare(Explanation explanation) {
    if (articles.isEmpty()) {
      return Optional.empty();
    }
    String one = articles.get(0);
    Optional<String> other =
        articles.size() > 1
            ? Optional.of(articles.get(1))
            : explanation.articles().stream()
                .filter(ExplainedMatch::applies)
                .map(best -> best.match().articleId())
                .filter(id -> !id.equals(one))
                .findFirst();
    return other.flatMap(id -> explanation.compare(one, id));
  }
}
