package io.gapcanary;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on the board of gaps, to a gap or to an article.
 *
 * @param id its {@link BoardLog.Place} in the log, as a text
 * @param at the desk's time of it
 * @param what it was
 * @param cases how many cases the gap had when it happened; of an article, in how many it was given
 *     since it became worse
 * @param gap the gap as it stands when this is told; {@code null} for {@link What#WORSE} only
 * @param article the article likewise; not {@code null} for {@link What#WORSE} only
 */
public record BoardChange(
    String id,
    Instant at,
    What what,
    int cases,
    @Nullable Line gap,
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
}
