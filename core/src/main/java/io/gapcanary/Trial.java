package io.gapcanary;

import io.gapcanary.kb.Article;
import java.util.List;

/** What might be done about a gap: tried on its questions, and on others, before it is done. */
public sealed interface Trial {

  /**
   * An article is put.
   *
   * @param article new, or a known one as it might become
   */
  record Draft(Article article) implements Trial {}

  /**
   * An article is found by further words.
   *
   * @param articleId the article
   * @param texts wordings, at most {@value #MOST}; personal data is masked
   */
  record Wording(String articleId, List<String> texts) implements Trial {
    private static final int MOST = 20;

    /**
     * Checks the words and takes a copy.
     *
     * @throws IllegalArgumentException when there are none, or too many
     */
    public Wording {
      texts = List.copyOf(texts);
      if (texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
        throw new IllegalArgumentException("A wording needs words");
      }
      if (texts.size() > MOST) {
        throw new IllegalArgumentException("At most " + MOST + " wordings are tried at once");
      }
    }

    /** A single one. */
    public Wording(String articleId, String text) {
      this(articleId, List.of(text));
    }
  }

  /**
   * Articles are suggested from another probability on.
   *
   * @param language a BCP 47 primary tag
   * @param floor a probability in (0, 1)
   */
  record Floor(String language, double floor) implements Trial {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException when the floor is no probability in (0, 1)
     */
    public Floor {
      FloorDecision.requireProbability(floor);
    }
  }
}
