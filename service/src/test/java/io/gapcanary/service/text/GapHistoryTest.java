package io.gapcanary.service.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.Gap.Event;
import io.gapcanary.Gap.Event.What;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GapHistoryTest {
  private static final List<Event> EVENTS =
      List.of(
          event(What.RAISED, Map.of("kind", "missing", "customers", 2)),
          event(What.RAISED, Map.of("kind", "superseded", "customers", 3)),
          event(What.RAISED, Map.of("kind", "unfindable", "customers", 3)),
          event(What.RAISED, Map.of("kind", "untranslated", "customers", 1)),
          event(What.RAISED, Map.of("kind", "incomplete", "returned", 8, "given", 21)),
          event(What.STATE, Map.of("from", "open", "to", "published")),
          event(What.OWNER, Map.of("owner", "Kim")),
          event(What.OWNER, Map.of()),
          event(What.REMEDY, Map.of("from", "article", "to", "product-fix")),
          event(What.REPLAYED, Map.of("answered", 3, "asked", 20)),
          event(
              What.VERIFIED,
              Map.of("by", "replay", "answered", 18, "asked", 20, "article", "kb-1")),
          event(What.VERIFIED, Map.of("by", "replay")),
          event(What.VERIFIED, Map.of("by", "returns", "returned", 1, "given", 30)),
          event(What.VERIFIED, Map.of("by", "quiet", "days", 12)),
          event(What.VERIFIED, Map.of("by", "agents", "article", "kb-1")),
          event(What.WITHDRAWN, Map.of("returned", 10, "given", 120)),
          event(What.REOPENED, Map.of("customers", 2)),
          event(What.REOPENED, Map.of("returned", 9, "given", 21)),
          event(What.REOPENED, Map.of()),
          event(What.STATE, Map.of("from", "open", "to", "published", "article", "kb-1")),
          event(
              What.RECLASSIFIED, Map.of("from", "missing", "to", "unfindable", "article", "kb-1")),
          event(What.MERGED, Map.of("gap", "gap-7")),
          event(What.MERGED, Map.of("gap", "gap-7", "state", "drafted")),
          event(What.MERGED, Map.of("gap", "gap-7", "state", "drafted", "owner", "Kim")),
          event(
              What.VERIFIED,
              Map.of("by", "replay", "answered", 18, "asked", 20, "article", "kb-1", "days", 7)),
          event(What.SPLIT, Map.of("cases", 9)),
          event(What.SPLIT, Map.of("cases", 9, "from", "gap-7")),
          event(What.MOVED, Map.of("cases", 3)),
          event(What.MOVED, Map.of("cases", 3, "to", "gap-7")),
          event(What.MOVED, Map.of("cases", 3, "from", "gap-7")),
          event(
              What.RECALCULATED,
              Map.of("settings", "repeatWindow 7d → 3d", "before", 12, "after", 14)),
          event(
              What.RECALCULATED, Map.of("settings", "", "before", 0, "after", 14, "from", "gap-7")),
          event(What.OTHER, Map.of("text", "as it was told")),
          event(What.STATE, Map.of("from", "open", "to", "drafted", "of", "gap-7")));

  private static Event event(What what, Map<String, Object> details) {
    return new Event(Instant.EPOCH, "evidence", what, details, null);
  }

  @ParameterizedTest
  @MethodSource("io.gapcanary.service.text.Voice#all")
  void everythingThatMayHappenIsToldWithItsDetails(Voice voice) {
    assertThat(EVENTS).extracting(Event::what).contains(What.values());
    for (Event event : EVENTS) {
      String said = GapHistory.say(event, voice, id -> "“Reset”");
      assertThat(said).as(event.toString()).isNotBlank().doesNotContain("{", "null");
      event.details().values().stream()
          .filter(Integer.class::isInstance)
          .map(String::valueOf)
          .filter(number -> !number.equals("1"))
          .forEach(number -> assertThat(said).contains(number));
    }
    assertThat(GapHistory.say(EVENTS.getLast(), voice, id -> id)).contains("gap-7");
    assertThat(GapHistory.who(EVENTS.getFirst(), voice)).isNotEqualTo("evidence");
  }
}
