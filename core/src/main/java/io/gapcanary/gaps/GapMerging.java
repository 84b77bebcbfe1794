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
    takeOver(session, from, into, undecided ? from.state() : into.state());
    session
        .gapHistory()
        .note(into.key(), new Gap.Event(at, by, Gap.Event.What.MERGED, details(from), reason));
    rules.retitle(session, into);
  }

  /** What people decided about a gap holds for the one that it joined, where they had not. */
  static void takeOver(Session session, GapRow from, GapRow into, Gap.State state) {
    String owner = into.owner() == null ? from.owner() : into.owner();
    Gap.State owned = state == Gap.State.OPEN && owner != null ? Gap.State.ASSIGNED : state;
    session.gaps().change(into.key(), owned, owner, null);
    if (into.remedy() == Gap.Remedy.ARTICLE && from.remedy() != Gap.Remedy.ARTICLE) {
      session.gaps().setRemedy(into.key(), from.remedy());
    }
    if (owned == Gap.State.PUBLISHED && into.publishedAt() == null && from.publishedAt() != null) {
      session.gaps().setPublishedAt(into.key(), from.publishedAt());
    }
  }

  /** The same without a person: whichever of two live gaps is further tells where both stand. */
  static void takeOver(Session session, GapRow from, GapRow into) {
    boolean further =
        from.state().live() && into.state().live() && from.state().compareTo(into.state()) > 0;
    takeOver(session, from, into, further ? from.state() : into.state());
  }

  /** True when anybody, or evidence, has done anything about a gap. */
  static boolean decided(GapRow gap) {
    return gap.state() != Gap.State.OPEN
        || gap.owner() != null
        || gap.remedy() != Gap.Remedy.ARTICLE;
  }

  /** True when what was decided about two gaps does not keep them apart. */
  static boolean agree(GapRow a, GapRow b) {
    boolean oneOwner = a.owner() == null || b.owner() == null || a.owner().equals(b.owner());
    boolean sameFate = a.state().live() == b.state().live();
    boolean undismissed = a.state() != Gap.State.DISMISSED && b.state() != Gap.State.DISMISSED;
    return oneOwner && sameFate && undismissed;
  }

  /** What there is to say of a gap that joined another. */
  static Map<String, Object> details(GapRow from) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("gap", Objects.requireNonNull(from.id()));
    details.put("state", from.state().wireName());
    if (from.owner() != null) {
      details.put("owner", from.owner());
    }
    if (from.remedy() != Gap.Remedy.ARTICLE) {
      details.put("remedy", from.remedy().wireName());
    }
    return details;
  }
}
