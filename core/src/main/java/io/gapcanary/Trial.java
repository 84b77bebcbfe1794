package io.gapcanary;

import io.gapcanary.kb.Article;

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
   * @param text the words; personal data is masked
   */
  record Wording(String articleId, String text) implements Trial {
    /**
     * Checks the words.
     *
     * @throws IllegalArgumentException when there are none
     */
    public Wording {
      if (text.isBlank()) {
        throw new IllegalArgumentException("A wording needs words");
      }
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
