package io.gapcanary;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A head start on the article that a gap lacks, as KCS has it: issue, environment, resolution.
 * Every text is a customer's or an agent's own, masked, with the cases that it stands in; none is
 * invented.
 *
 * @param gapId the gap
 * @param kind the gap's kind
 * @param language the gap's main language, a BCP 47 primary tag
 * @param title in the customers' own words
 * @param articleId the article to be mended, or {@code null} for a new one
 * @param issue what customers ask, the most frequent wording first
 * @param moreWordings how many further wordings there are
 * @param environment products and versions, the most frequent first
 * @param resolution what agents wrote in several cases that were solved, in the order in which they
 *     do
 * @param said what they wrote in one of them only
 * @param solved in how many cases of the gap an agent solved it
 * @param polished the resolution as a {@link DraftPolisher} worded it, in Markdown, or {@code null}
 */
public record ArticleDraft(
    String gapId,
    Gap.Kind kind,
    String language,
    String title,
    @Nullable String articleId,
    List<Quoted> issue,
    int moreWordings,
    List<Setting> environment,
    List<Quoted> resolution,
    List<Quoted> said,
    int solved,
    @Nullable String polished) {
  /** Takes copies. */
  public ArticleDraft {
    issue = List.copyOf(issue);
    environment = List.copyOf(environment);
    resolution = List.copyOf(resolution);
    said = List.copyOf(said);
  }

  /**
   * What somebody wrote.
   *
   * @param text masked
   * @param cases where it stands, or something to the same effect, in order of arrival
   */
  public record Quoted(String text, List<String> cases) {
    /** Takes a copy. */
    public Quoted {
      cases = List.copyOf(cases);
    }
  }

  /**
   * Where it happens.
   *
   * @param product or {@code null}
   * @param version or {@code null}
   * @param cases in how many cases
   */
  public record Setting(@Nullable String product, @Nullable String version, int cases) {}

  /** The same draft with its resolution worded by another. */
  public ArticleDraft polished(String markdown) {
    return new ArticleDraft(
        gapId,
        kind,
        language,
        title,
        articleId,
        issue,
        moreWordings,
        environment,
        resolution,
        said,
        solved,
        markdown);
  }
}
