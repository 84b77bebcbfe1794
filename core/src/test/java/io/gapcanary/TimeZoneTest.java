package io.gapcanary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A case that closes on Sunday at 20:10 in UTC closes on Monday in Seoul. */
class TimeZoneTest {
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  private static List<String> weeks(DeskFixture fixture) {
    return fixture.desk.health(DeskHealth.Query.WEEKS).rows().stream()
        .map(row -> String.valueOf(row.key()))
        .toList();
  }

  @Test
  void daysAndWeeksAreThoseOfTheDesk(@TempDir Path folder) {
    DeskSettings settings = DeskSettings.DEFAULT.with(b -> b.timeZone(SEOUL));
    try (DeskFixture fixture = new DeskFixture(folder, settings, null)) {
      sunday(fixture);
      assertThat(weeks(fixture)).containsExactly("2026-01-05");
      assertThat(fixture.desk.board().weeks("gap-1", 52))
          .singleElement()
          .satisfies(
              week -> {
                assertThat(week.monday()).isEqualTo(LocalDate.parse("2026-01-05"));
                assertThat(week.cases()).containsExactly("one", "two");
                assertThat(week.customers()).isEqualTo(2);
              });
    }
  }

  private static void sunday(DeskFixture fixture) {
    String asked = "How do I feed my giraffe in winter?";
    fixture.story("one", "ann", "-PT13H").asks(asked).close();
    fixture.story("two", "bob", "-PT13H").asks(asked).close();
  }

  @Test
  void anotherZoneCountsTheCasesAnew(@TempDir Path folder) {
    try (DeskFixture fixture = new DeskFixture(folder)) {
      sunday(fixture);
      assertThat(weeks(fixture)).containsExactly("2025-12-29");
    }
    DeskSettings settings = DeskSettings.DEFAULT.with(b -> b.timeZone(SEOUL));
    for (int i = 0; i < 2; i++) {
      try (DeskFixture fixture = new DeskFixture(folder, settings, null)) {
        assertThat(weeks(fixture)).containsExactly("2026-01-05");
        assertThat(fixture.desk.totals().cases()).isEqualTo(2);
      }
    }
  }
}
