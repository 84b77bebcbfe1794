package io.gapcanary;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Past cases, judged again under other settings, beside the desk as it is.
 *
 * @param id names it
 * @param state how far it is
 * @param begunAt when it was asked for
 * @param by who asked
 * @param settings what differs from the settings in use
 * @param done how many events of past cases have happened again
 * @param total how many there are; 0 while they are not counted
 * @param comparison what comes of it, or {@code null} before it is {@link State#READY}
 * @param failure why it {@link State#FAILED}, or {@code null}
 */
public record Recalculation(
    String id,
    State state,
    Instant begunAt,
    String by,
    List<Setting> settings,
    int done,
    int total,
    @Nullable Comparison comparison,
    @Nullable String failure) {

  /** Takes a copy. */
  public Recalculation {
    settings = List.copyOf(settings);
  }

  /** How far a recalculation is. */
  public enum State implements WireName {
    /** Nobody works on it yet. */
    WAITING,
    RUNNING,
    /** Compared with the desk: somebody keeps it or throws it away. */
    READY,
    KEPT,
    FAILED
  }

  /**
   * A setting that differs.
   *
   * @param name that of {@link RecalculatedSetting}, or {@code floor.en} for a language's floor
   * @param from what is in use
   * @param to what past cases are judged under
   */
  public record Setting(String name, String from, String to) {}

  /**
   * What differs.
   *
   * @param gaps those that differ, those with the most cases first; those that are the same are
   *     left out
   * @param same how many gaps are the same
   * @param repeatsBefore how many repeat contacts there were
   * @param repeatsAfter how many there are
   * @param repeats cases whose repeat contact differs, by the cases that they repeat; at most 200
   * @param outcomesChanged how many cases have another outcome
   * @param outcomes some of them, at most 200
   */
  public record Comparison(
      List<GapDifference> gaps,
      int same,
      int repeatsBefore,
      int repeatsAfter,
      List<CaseDifference> repeats,
      int outcomesChanged,
      List<CaseDifference> outcomes) {
    /** Takes copies. */
    public Comparison {
      gaps = List.copyOf(gaps);
      repeats = List.copyOf(repeats);
      outcomes = List.copyOf(outcomes);
    }
  }

  /** How a gap differs. */
  public enum Difference implements WireName {
    NEW,
    /** A part of another gap that stands for itself now. */
    SPLIT,
    /** Not enough speaks for it any more. */
    GONE,
    /** It is a part of another gap now. */
    MERGED,
    GROWN,
    SHRUNK,
    /** Other cases, or another kind. */
    CHANGED,
    /** The same cases at another rank. */
    MOVED
  }

  /**
   * A gap that differs.
   *
   * @param id of the gap as it is now; {@code null} for one that is not there yet
   * @param rankBefore its rank by impact among those that are alive; 0: none
   * @param rankAfter likewise, then
   * @param joined cases that it gains, at most 20
   * @param left cases that it loses, at most 20
   * @param other the gap that it is split from or merged into, or {@code null}
   * @param stays true for one that is gone, but that stays with its cases because somebody has
   *     decided about it
   */
  public record GapDifference(
      @Nullable String id,
      Difference difference,
      Gap.Kind kind,
      String title,
      Gap.State state,
      @Nullable String owner,
      int rankBefore,
      int rankAfter,
      int casesBefore,
      int casesAfter,
      List<String> joined,
      List<String> left,
      @Nullable String other,
      boolean stays) {
    /** Takes copies. */
    public GapDifference {
      joined = List.copyOf(joined);
      left = List.copyOf(left);
    }
  }

  /**
   * A case of which something differs.
   *
   * @param before what it was, or {@code null}
   * @param after what it is, or {@code null}
   */
  public record CaseDifference(String caseId, @Nullable String before, @Nullable String after) {}
}
