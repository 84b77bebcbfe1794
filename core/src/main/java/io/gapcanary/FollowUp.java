package io.gapcanary;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that customers came back to ask after an article.
 *
 * @param question the one that is most typical of them, masked
 * @param cases the cases that asked it, in order of arrival
 * @param customers distinct ones; cases without a customer count one each
 * @param passage the article's passage that says it already, or {@code null} when the article does
 *     not: that is what it lacks
 */
public record FollowUp(
    String question, List<String> cases, int customers, @Nullable String passage) {
  /** Takes a copy. */
  public FollowUp {
    cases = List.copyOf(cases);
  }
}
