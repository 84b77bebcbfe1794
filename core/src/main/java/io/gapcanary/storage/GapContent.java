package io.gapcanary.storage;

import io.gapcanary.Gap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A gap or a subject held back, with its cases, to be held against others.
 *
 * @param number the number in its id, or {@code null} while it is held back
 * @param decided true when a person decided anything about it, or it left the state {@code open}
 * @param joined true when a person merged another one into it
 * @param older true when it also counts cases that are kept no longer
 * @param cases those that are kept, in order of arrival
 */
public record GapContent(
    long key,
    @Nullable Integer number,
    Gap.Kind kind,
    @Nullable String articleId,
    Gap.State state,
    boolean decided,
    boolean joined,
    boolean older,
    Set<String> cases) {
  /** The id that people see; held-back subjects have none. */
  public @Nullable String id() {
    return number == null ? null : "gap-" + number;
  }

  /**
   * True when it stays, with its cases, even where they do not speak for it any more: a person
   * decided about it, or what spoke for it is not there to be judged again.
   */
  public boolean lasts() {
    return decided || older || cases.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GapContent content && content.key == key && content.cases.equals(cases);
  }

  /** Quick: gaps may have many cases. */
  @Override
  public int hashCode() {
    return Long.hashCode(key);
  }
}
