package io.gapcanary.storage;

import io.gapcanary.Gap;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A gap as it is stored, without its cases; or, without a number, a subject held back.
 *
 * @param key its key in the record
 * @param number the number in its id, or {@code null} while it is held back
 * @param articleId the article concerned, or {@code null}
 * @param detectedAt the time of the event that raised it, or {@code null} while it is held back
 * @param remedy what is to cure it
 * @param publishedAt since when that is there, or {@code null}
 * @param verifiedAt when evidence verified it last, or {@code null}
 * @param version grows with every change
 * @param merged true when it lives on in another gap
 */
public record GapRow(
    long key,
    @Nullable Integer number,
    Gap.Kind kind,
    @Nullable String articleId,
    Gap.State state,
    @Nullable String owner,
    String title,
    @Nullable Instant detectedAt,
    Gap.Remedy remedy,
    @Nullable Instant publishedAt,
    @Nullable Instant verifiedAt,
    long version,
    boolean merged) {

  /** The id that people see; held-back subjects have none. */
  public @Nullable String id() {
    return number == null ? null : "gap-" + number;
  }

  /** True while it is held back. */
  public boolean heldBack() {
    return number == null;
  }
}
