package io.gapcanary;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A turn in the life of a gap, to be seen beside its cases over time.
 *
 * @param at when
 * @param what which turn
 */
public record GapMark(Instant at, What what) {
  /** The turns. */
  public enum What implements WireName {
    RAISED,
    /** The remedy is said to be there. */
    PUBLISHED,
    VERIFIED,
    REOPENED,
    DISMISSED
  }

  /** The turns of a gap, oldest first; those of gaps that joined it are left out. */
  public static List<GapMark> of(Gap gap) {
    return gap.history().stream()
        .filter(event -> !event.details().containsKey("of"))
        .flatMap(event -> what(event).map(what -> new GapMark(event.at(), what)).stream())
        .toList();
  }

  private static Optional<What> what(Gap.Event event) {
    return switch (event.what()) {
      case RAISED -> Optional.of(What.RAISED);
      case VERIFIED -> Optional.of(What.VERIFIED);
      case REOPENED -> Optional.of(What.REOPENED);
      case STATE -> ofState(event);
      case OWNER,
          REMEDY,
          REPLAYED,
          RECLASSIFIED,
          MERGED,
          SPLIT,
          MOVED,
          RECALCULATED,
          WITHDRAWN,
          OTHER ->
          Optional.empty();
    };
  }

  private static Optional<What> ofState(Gap.Event event) {
    String from = String.valueOf(event.details().get("from"));
    return switch (String.valueOf(event.details().get("to"))) {
      case "published" -> Optional.of(What.PUBLISHED);
      case "dismissed" -> Optional.of(What.DISMISSED);
      case "open", "assigned" ->
          from.equals("verified") || from.equals("dismissed")
              ? Optional.of(What.REOPENED)
              : Optional.empty();
      default -> Optional.empty();
    };
  }
}
