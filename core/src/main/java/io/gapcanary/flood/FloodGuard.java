package io.gapcanary.flood;

import io.gapcanary.DeskSettings;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.FloodStore;
import io.gapcanary.storage.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Tells which cases look like a machine's doing: more than {@code floodCases} cases that ask alike
 * opened within {@code floodWithin}.
 *
 * <p>One case of a text counts for all; the others are set aside: kept, listed, and counted nowhere
 * else. Time is that of the cases' opening, and all that is known of them is the record's, so that
 * a history comes out the same each time, and a desk that is opened again goes on where it was.
 * Equal words are the evidence: customers who are hit by the same trouble word it differently.
 */
public final class FloodGuard {
  /** How many cases that closed before a flood was seen are judged again at most. */
  private static final int JUDGED_AGAIN = 500;

  private final Supplier<DeskSettings> settings;

  /** Decides by the settings' number of cases and length of time. */
  public FloodGuard(Supplier<DeskSettings> settings) {
    this.settings = settings;
  }

  /**
   * What becomes of a closed case.
   *
   * @param setAside whether it counts nowhere
   * @param teaches whether it is to be learned from now, and may not have been before
   * @param others the cases that closed before the flood was seen, to be judged again
   */
  public record Finding(boolean setAside, boolean teaches, List<String> others) {
    /** Takes a copy. */
    public Finding {
      others = List.copyOf(others);
    }
  }

  /** True when a case is one of a flood that does not count, as far as is known now. */
  public boolean holds(Session session, CaseRow row) {
    OptionalLong alike = Fingerprint.of(row.question());
    return alike.isPresent()
        && isFlood(session, alike.getAsLong(), row.openedAt())
        && !session.floods().isOfPeople(alike.getAsLong())
        && !session.floods().isCounted(alike.getAsLong(), row.id());
  }

  /** Sets a closed case aside, or takes that back: notes what it is now. */
  public Finding look(Session session, CaseRow row) {
    FloodStore floods = session.floods();
    boolean before = floods.takeBack(row.id());
    OptionalLong found = Fingerprint.of(row.question());
    if (!holds(session, row)) {
      boolean known = found.isPresent() && floods.isAnyCounted(found.getAsLong());
      return new Finding(false, before || known, List.of());
    }
    long alike = found.getAsLong();
    Instant from = row.openedAt().minus(settings.get().floodWithin());
    Instant to = row.openedAt().plus(settings.get().floodWithin());
    boolean begins = !floods.anySetAside(alike, from, to);
    Optional<Instant> decided = floods.decidedAt(alike);
    List<String> judged =
        begins
            ? floods.judged(alike, from, to, row.id(), JUDGED_AGAIN).stream()
                .filter(one -> isFlood(session, alike, one.openedAt()))
                .filter(one -> decided.map(one.openedAt()::isAfter).orElse(true))
                .map(FloodStore.Alike::caseId)
                .toList()
            : List.of();
    if (!floods.isAnyCounted(alike)) {
      String counted = judged.isEmpty() ? row.id() : judged.getFirst();
      floods.count(alike, counted);
      if (counted.equals(row.id())) {
        return new Finding(false, true, List.of());
      }
    }
    floods.setAside(row.id(), alike, row.openedAt());
    return new Finding(true, false, judged);
  }

  /** True when more than so many cases that ask alike opened within so long around one. */
  private boolean isFlood(Session session, long alike, Instant openedAt) {
    int most = settings.get().floodCases();
    if (most == 0) {
      return false;
    }
    Duration within = settings.get().floodWithin();
    List<Instant> times =
        new ArrayList<>(
            session
                .floods()
                .openedUntil(alike, openedAt, openedAt.minus(within), most + 1)
                .reversed());
    times.addAll(session.floods().openedAfter(alike, openedAt, openedAt.plus(within), most));
    for (int first = 0; first + most < times.size(); first++) {
      if (!times.get(first).plus(within).isBefore(times.get(first + most))) {
        return true;
      }
    }
    return false;
  }
}
