package io.gapcanary.kb;

import java.util.List;

/**
 * What is found by its words only, because the meaning model could not be asked about it yet.
 *
 * @param articles ids
 * @param wordings ids
 * @param questions ids
 */
public record WordsOnly(List<String> articles, List<String> wordings, List<String> questions) {
  /** Takes copies. */
  public WordsOnly {
    articles = List.copyOf(articles);
    wordings = List.copyOf(wordings);
    questions = List.copyOf(questions);
  }

  /** True when the model has seen everything. */
  public boolean isEmpty() {
    return articles.isEmpty() && wordings.isEmpty() && questions.isEmpty();
  }
}
