package io.gapcanary;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gap that is one no more: more cases cleared it, cases were set aside, or past cases were judged
 * again. Its id waits for it, should evidence raise it again.
 *
 * @param title masked
 * @param articleId the article concerned, or {@code null}
 * @param cases how many it has
 * @param at when it was taken back
 * @param why what took it back: {@link Gap.Event.What#WITHDRAWN} or {@link
 *     Gap.Event.What#RECALCULATED}, with its details
 * @param history what happened to it, oldest first
 */
public record WithdrawnGap(
    String id,
    Gap.Kind kind,
    String title,
    @Nullable String articleId,
    int cases,
    Instant at,
    Gap.Event why,
    List<Gap.Event> history) {
  /** Takes a copy. */
  public WithdrawnGap {
    history = List.copyOf(history);
  }
}
