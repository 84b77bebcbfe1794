package io.gapcanary.service.imports;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.gapcanary.WireName;
import io.gapcanary.exchange.Flaw;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An import as it stands.
 *
 * @param id its identifier
 * @param what what it brings
 * @param name the file's name, as it was called where it came from
 * @param by who sent it; empty when nobody needs to be known
 * @param startedAt when it was sent
 * @param endedAt when it ended, or {@code null}
 * @param state how far it is
 * @param total how many cases there are to take in; {@code null} while nobody knows
 * @param read how many articles or cases have been looked at
 * @param accepted how many of those are in the desk now and were not before, or not in that form
 * @param known how many were there already
 * @param refused how many cannot be used
 * @param refusals where and why, the first {@link #TOLD}
 * @param warnings what was left out of those that can be used, the first {@link #TOLD}
 * @param failure why it ended before its end, or {@code null}
 * @param checked whether all lines have been looked at once; of cases, before any is taken in
 */
public record Import(
    String id,
    What what,
    String name,
    String by,
    Instant startedAt,
    @Nullable Instant endedAt,
    State state,
    @Nullable Integer total,
    int read,
    int accepted,
    int known,
    int refused,
    List<Remark> refusals,
    List<Remark> warnings,
    @Nullable Flaw failure,
    boolean checked) {
  /** How many refusals and warnings are told; beyond, they are only counted. */
  public static final int TOLD = 200;

  /** What an import brings. */
  public enum What implements WireName {
    ARTICLES,
    CASES
  }

  /** How far an import is. */
  public enum State implements WireName {
    /** Another one comes first. */
    WAITING,
    RUNNING,
    DONE,
    CANCELLED,
    /** It ended before its end; what was taken in until then stays. */
    FAILED
  }

  /**
   * Something about a line.
   *
   * @param file which file
   * @param line which line of it, from 1; 0: the whole of it
   * @param flaw what
   */
  public record Remark(String file, int line, Flaw flaw) {}

  /** Takes copies. */
  public Import {
    refusals = List.copyOf(refusals);
    warnings = List.copyOf(warnings);
  }

  /** True while it waits or runs. */
  @JsonIgnore
  public boolean isUnderWay() {
    return state == State.WAITING || state == State.RUNNING;
  }
}
