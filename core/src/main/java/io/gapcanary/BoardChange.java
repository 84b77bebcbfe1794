package io.gapcanary;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on the board of gaps, to a gap or to an article.
 *
 * @param id its {@link BoardLog.Place} in the log, as a text
 * @param at the desk's time of it
 * @param what it was
 * @param cases how many cases the gap had when it happened; of {@link What#FORMING}, how many open
 *     cases there were; of {@link What#WORSE}, in how many the article was given since
 * @param gap the gap as it stands when this is told; {@code null} for {@link What#FORMING} and
 *     {@link What#WORSE}
 * @param forming what has no gap yet; {@code null} for everything else
 * @param article the article that became worse; {@code null} for everything else
 */
public record BoardChange(
    String id,
    Instant at,
    What what,
    int cases,
    @Nullable Line gap,
    @Nullable Forming forming,
    @Nullable ArticleRise article) {

  /** What may happen to a gap. */
  public enum What implements WireName {
    /** It is there. */
    RAISED,
    /** It has more cases than it ever had. */
    GROWN,
    /** It goes from one state to another. */
    STATE,
    /** Somebody else, or nobody, sees to it. */
    OWNER,
    /** Something else is to cure it. */
    REMEDY,
    /** Its questions were asked again, and it stays. */
    REPLAYED,
    /** Evidence proved it fixed. */
    VERIFIED,
    /** More cases showed that it may have been chance: it is in the list no more. */
    WITHDRAWN,
    /** It was done with and is open again, by evidence or by a person. */
    REOPENED,
    /** It turned out to be of another kind. */
    RECLASSIFIED,
    /** Another gap joined it. */
    MERGED,
    /** Cases of it became a gap of their own, or it began so. */
    SPLIT,
    /** Cases went to a gap that they are more like, or came from one. */
    MOVED,
    /** Past cases were judged again. */
    RECALCULATED,
    /** It joined another gap, and is in the list no more. */
    JOINED,
    /** Customers suddenly come back more often after an article. */
    WORSE,
    /** Open cases ask what has no gap yet: told once. */
    FORMING,
    /** What an early version told as a sentence. */
    OTHER
  }

  /**
   * A gap in few words.
   *
   * @param title masked
   * @param articleId the article concerned, or {@code null}
   * @param owner who sees to it, or {@code null}
   * @param joined the gap that it lives on in, or {@code null}
   * @param version see {@link Gap#version}
   */
  public record Line(
      String id,
      Gap.Kind kind,
      Gap.State state,
      String title,
      @Nullable String articleId,
      @Nullable String owner,
      int cases,
      @Nullable String joined,
      long version) {}

  /**
   * What several customers asked in open cases and had no gap.
   *
   * @param customers how many asked when it was told
   * @param cases those of its cases that are kept, open or closed since
   * @param title as it stands when this is told, masked; {@code null} when none of the cases is
   *     open any more
   * @param gapId the gap that most of those that have closed came to, or {@code null}
   */
  public record Forming(
      int customers, List<String> cases, @Nullable String title, @Nullable String gapId) {
    /** Takes a copy. */
    public Forming {
      cases = List.copyOf(cases);
    }
  }
}
