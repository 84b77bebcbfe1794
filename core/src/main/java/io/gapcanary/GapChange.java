package io.gapcanary;

import org.jspecify.annotations.Nullable;

/**
 * What a person decides about a gap.
 *
 * @param state the new state, or {@code null} to leave it
 * @param owner the new owner, an empty text for nobody, or {@code null} to leave it
 * @param remedy what is to cure it, or {@code null} to leave it
 * @param reason why, in that person's words; needed to dismiss
 * @param by who decides
 */
public record GapChange(
    Gap.@Nullable State state,
    @Nullable String owner,
    Gap.@Nullable Remedy remedy,
    @Nullable String reason,
    String by) {
  /**
   * Checks what a person may decide.
   *
   * @throws IllegalArgumentException when nothing changes, when a person sets {@code verified}, or
   *     dismisses without a reason
   */
  public GapChange {
    if (state == null && owner == null && remedy == null) {
      throw new IllegalArgumentException("A change of a gap needs a state, an owner or a remedy");
    }
    if (state == Gap.State.VERIFIED) {
      throw new IllegalArgumentException(
          "A gap is verified by evidence only: publish an article and its questions are asked again");
    }
    if (state == Gap.State.DISMISSED && (reason == null || reason.isBlank())) {
      throw new IllegalArgumentException("Dismissing a gap needs a reason");
    }
    by = by.isBlank() ? "somebody" : by.strip();
  }

  /** A change that leaves the remedy. */
  public GapChange(
      Gap.@Nullable State state, @Nullable String owner, @Nullable String reason, String by) {
    this(state, owner, null, reason, by);
  }
}
