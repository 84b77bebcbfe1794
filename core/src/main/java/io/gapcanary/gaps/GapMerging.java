package io.gapcanary.gaps;

import io.gapcanary.ConflictException;
import io.gapcanary.Gap;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Merges gaps as a manager says.
 *
 * <p>A missing gap may join any other; else both are of one kind. What people decided about the gap
 * that stays holds: its state unless it is still open, its owner unless it has none; there the
 * other one's decision is taken over. What was decided about the gap that goes is told in the
 * history. What would raise that one again joins the one that stays.
 */
public final class GapMerging {
  private final GapRules rules;

  /** Merging under these rules. */
  public GapMerging(GapRules rules) {
    this.rules = rules;
  }

  /**
   * Merges.
   *
   * @throws IllegalArgumentException when both are the same gap
   * @throws ConflictException when they do not go together
   */
  public void merge(
      Session session, GapRow from, GapRow into, String by, @Nullable String reason, Instant at) {
    if (from.key() == into.key()) {
      throw new IllegalArgumentException("Gap " + from.id() + " cannot be merged into itself");
    }
    if (from.kind() != Gap.Kind.MISSING && from.kind() != into.kind()) {
      throw new ConflictException(
          "Gap "
              + from.id()
              + " cannot be merged into "
              + into.id()
              + ": one is "
              + from.kind().wireName()
              + ", the other "
              + into.kind().wireName());
    }
    session.gapMerges().merge(from.key(), into.key());
    session.gapMerges().setMergedBy(from.key(), by);
    boolean undecided = into.state() == Gap.State.OPEN && from.state().live();
    Gap.State state = undecided ? from.state() : into.state();
    String owner = into.owner() == null ? from.owner() : into.owner();
    session.gaps().change(into.key(), state, owner, null);
    if (undecided && from.publishedAt() != null) {
      session.gaps().setPublishedAt(into.key(), from.publishedAt());
    }
    session
        .gapHistory()
        .note(into.key(), new Gap.Event(at, by, Gap.Event.What.MERGED, details(from), reason));
    rules.retitle(session, into);
  }

  /** What there is to say of a gap that joined another. */
  static Map<String, Object> details(GapRow from) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("gap", Objects.requireNonNull(from.id()));
    details.put("state", from.state().wireName());
    if (from.owner() != null) {
      details.put("owner", from.owner());
    }
    return details;
  }
}
