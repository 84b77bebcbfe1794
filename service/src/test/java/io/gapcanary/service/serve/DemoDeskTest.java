package io.gapcanary.service.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.Desk;
import io.gapcanary.DeskSettings;
import io.gapcanary.Gap;
import io.gapcanary.GapFilter;
import io.gapcanary.kb.OnnxTextEmbedder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DemoDeskTest {
  @Test
  void theSampleDeskHasGapsOfEveryKindInBothLanguages(@TempDir Path folder) {
    Instant now = Instant.parse("2026-12-01T09:00:00Z");
    DeskSettings settings =
        DeskSettings.DEFAULT.with(b -> b.durability(DeskSettings.Durability.RELAXED));
    try (Desk desk =
        Desk.open(
            folder, settings, InstantSource.fixed(now), OnnxTextEmbedder.bundled().orElseThrow())) {
      DemoDesk.load(desk, now, done -> {});
      List<Gap> gaps = desk.board().list(GapFilter.FIRST_PAGE).gaps();
      assertThat(gaps).extracting(Gap::kind).contains(Gap.Kind.values());
      assertThat(gaps).anyMatch(gap -> gap.languages().contains("ko"));
      assertThat(gaps).anyMatch(gap -> gap.languages().contains("en"));
      assertThat(gaps).filteredOn(gap -> gap.kind() == Gap.Kind.MISSING).hasSizeGreaterThan(3);
    }
  }
}
