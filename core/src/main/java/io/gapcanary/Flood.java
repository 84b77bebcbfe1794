package io.gapcanary;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text that so many cases asked within minutes that it looks like a machine's doing.
 *
 * @param id {@code flood-} and a number
 * @param question as the latest of them asked it, masked; empty when none of its cases is kept
 * @param cases how many of its cases are set aside
 * @param firstSeen when the first of them opened, or {@code null} when there is none
 * @param lastSeen when the last of them opened, or {@code null} when there is none
 * @param channels by which the latest of them came
 * @param counted the case that counts for all of them
 * @param gap the id of the gap that this one counts in, or {@code null}
 * @param people whether somebody said that real people ask it: then its cases count, those set
 *     aside as soon as they are judged again
 * @param decidedAt when somebody last decided whether they do, or {@code null}
 * @param decidedBy who, or {@code null}
 */
public record Flood(
    String id,
    String question,
    int cases,
    @Nullable Instant firstSeen,
    @Nullable Instant lastSeen,
    List<String> channels,
    String counted,
    @Nullable String gap,
    boolean people,
    @Nullable Instant decidedAt,
    @Nullable String decidedBy) {

  /** Takes a copy. */
  public Flood {
    channels = List.copyOf(channels);
  }

  /**
   * How much there is of it.
   *
   * @param cases how many cases are set aside in all
   * @param texts how many texts they ask
   */
  public record Size(int cases, int texts) {}

  /**
   * Floods, those seen last first.
   *
   * @param cases how many cases are set aside in all
   * @param texts how many texts they ask
   * @param floods the first of them
   */
  public record Page(int cases, int texts, List<Flood> floods) {
    /** Takes a copy. */
    public Page {
      floods = List.copyOf(floods);
    }
  }
}
