package io.gapcanary;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A subject that too few customers have shown to be called a gap. What they said is a single
 * customer's, and is not told.
 *
 * @param kind what it would be
 * @param articleId the article concerned; {@code null} for {@link Gap.Kind#MISSING} only
 * @param customers how many have asked; unknown ones count one each
 * @param cases the cases, the earliest first
 * @param firstSeen the close of the first
 * @param lastSeen the close of the last
 * @param nearest the articles nearest to it, with the mean probability that they answer
 */
public record HeldBackSubject(
    Gap.Kind kind,
    @Nullable String articleId,
    int customers,
    List<String> cases,
    Instant firstSeen,
    Instant lastSeen,
    List<RelatedArticle> nearest) {
  /** Takes copies. */
  public HeldBackSubject {
    cases = List.copyOf(cases);
    nearest = List.copyOf(nearest);
  }

  /**
   * The subjects that are held back.
   *
   * @param count how many there are, of all kinds
   * @param ofOneCustomer how many of them one customer alone has asked about
   * @param kinds how many there are of each kind, where there are any
   * @param subjects those with the most customers first, the latest first among equals
   */
  public record Page(
      int count, int ofOneCustomer, Map<Gap.Kind, Integer> kinds, List<HeldBackSubject> subjects) {
    /** Takes copies. */
    public Page {
      kinds = Collections.unmodifiableMap(new TreeMap<>(kinds));
      subjects = List.copyOf(subjects);
    }
  }
}
