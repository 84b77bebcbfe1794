package io.gapcanary;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What several customers ask now in cases that are open still, that nothing answers and that has no
 * gap yet. It becomes a gap as its cases close without an answer, or goes.
 *
 * @param kind the kind of gap that it would be
 * @param articleId the article concerned; {@code null} for {@link Gap.Kind#MISSING}
 * @param title a readable phrase in the customers' own words, masked
 * @param languages those that are spoken, by how often
 * @param customers how many distinct customers ask, those of {@code closed} cases among them;
 *     unknown ones count one each
 * @param cases the open cases, the one that opened first at the head
 * @param closed how many cases about it have closed, too few for a gap
 * @param since when the first of the open cases opened
 * @param told whether those who listen were told of it
 */
public record FormingSubject(
    Gap.Kind kind,
    @Nullable String articleId,
    String title,
    List<String> languages,
    int customers,
    List<String> cases,
    int closed,
    Instant since,
    boolean told) {
  /** Takes copies. */
  public FormingSubject {
    languages = List.copyOf(languages);
    cases = List.copyOf(cases);
  }
}
