package io.gapcanary;

import java.util.List;

/**
 * A gap's stored questions, asked again of today's articles.
 *
 * @param gapId the gap
 * @param asked how many questions were asked
 * @param answered how many an article answers now
 * @param articles the articles that answer, the one that answers most first
 * @param unanswered questions that none answers, at most ten, masked
 */
public record GapReplay(
    String gapId, int asked, int answered, List<String> articles, List<String> unanswered) {
  /** Takes copies. */
  public GapReplay {
    articles = List.copyOf(articles);
    unanswered = List.copyOf(unanswered);
  }
}
