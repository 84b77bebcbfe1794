package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static io.gapcanary.DeskFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.exchange.CaseLine;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.exchange.History;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class HistoryTest {
  private static final List<String> SUBJECTS =
      List.of(
          "I forgot my password",
          "The printer prints blank pages",
          "How do I feed my giraffe in winter?",
          "Can I paint my submarine yellow?",
          "The conveyor belt is stuck");

  private static List<CaseLine> cases() {
    Random chance = new Random(7);
    List<CaseLine> lines = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      Instant opened = at("PT" + chance.nextInt(60 * 24 * 20) + "M");
      int subject = chance.nextInt(SUBJECTS.size());
      List<CaseLine.Link> links = new ArrayList<>();
      if (subject < 2 && chance.nextBoolean()) {
        links.add(
            new CaseLine.Link(
                subject == 0 ? "reset-password" : "printer",
                LinkAction.LINKED,
                opened.plusSeconds(90)));
      }
      boolean leftOpen = chance.nextInt(10) == 0;
      lines.add(
          new CaseLine(
              "c" + i,
              CaseOpening.builder()
                  .id("c" + i)
                  .openedAt(opened)
                  .customerId("cu" + chance.nextInt(40))
                  .build(),
              List.of(
                  Message.customer("Hello").at(opened),
                  Message.customer(SUBJECTS.get(subject)).at(opened.plusSeconds(30))),
              links,
              new Closing(leftOpen ? null : opened.plusSeconds(300), null, null, List.of())));
    }
    return lines;
  }

  private static DeskFixture desk(Path folder) {
    DeskFixture fixture =
        new DeskFixture(
            folder,
            DeskSettings.DEFAULT.with(b -> b.durability(DeskSettings.Durability.RELAXED)),
            null);
    fixture.desk.articles().putAll(List.of(RESET_PASSWORD, PRINTER));
    return fixture;
  }

  private static String told(Desk desk) {
    StringBuilder told = new StringBuilder();
    desk.outcomes(outcome -> told.append(DeskJson.line(outcome)).append('\n'));
    told.append(DeskJson.line(desk.board().list(GapFilter.FIRST_PAGE))).append('\n');
    return told.append(DeskJson.line(desk.totals())).append(desk.now()).toString();
  }

  @Test
  void theSameHistoryEndsTheSameInWhateverOrderItsLinesAre(@TempDir Path one, @TempDir Path other) {
    List<CaseLine> lines = cases();
    String first;
    try (DeskFixture fixture = desk(one)) {
      new History(lines).replay(fixture.desk, done -> {});
      first = told(fixture.desk);
    }
    List<CaseLine> shuffled = new ArrayList<>(lines);
    Collections.shuffle(shuffled, new Random(3));
    try (DeskFixture fixture = desk(other)) {
      new History(shuffled).replay(fixture.desk, done -> {});
      assertThat(told(fixture.desk)).isEqualTo(first);
    }
    assertThat(first)
        .contains("\"kind\":\"missing\"", "\"repeatOf\":\"c", "\"outcome\":\"answered\"");
  }

  @Test
  void aHistorySentEventByEventEndsTheSame(@TempDir Path one, @TempDir Path other) {
    List<CaseLine> lines = cases();
    String replayed;
    try (DeskFixture fixture = desk(one)) {
      new History(lines).replay(fixture.desk, done -> {});
      replayed = told(fixture.desk);
    }
    record Sent(Instant at, String id, int position, Runnable event) {}
    try (DeskFixture fixture = new DeskFixture(other)) {
      fixture.desk.articles().putAll(List.of(RESET_PASSWORD, PRINTER));
      AgentAssist assist = fixture.desk.assist();
      List<Sent> events = new ArrayList<>();
      for (CaseLine line : lines) {
        events.add(
            new Sent(line.opening().openedAt(), line.id(), 0, () -> assist.open(line.opening())));
        for (int i = 0; i < line.messages().size(); i++) {
          Message message = line.messages().get(i);
          events.add(
              new Sent(
                  message.at(),
                  line.id(),
                  1 + i,
                  () -> {
                    assist.hear(line.id(), message);
                    assist.suggest(line.id());
                  }));
        }
        line.links()
            .forEach(
                link ->
                    events.add(
                        new Sent(
                            link.at(),
                            line.id(),
                            8,
                            () ->
                                assist.link(
                                    line.id(), link.articleId(), link.action(), link.at()))));
        if (line.closing().at() != null) {
          events.add(
              new Sent(
                  line.closing().at(),
                  line.id(),
                  9,
                  () -> assist.close(line.id(), line.closing())));
        }
      }
      events.sort(
          Comparator.comparing(Sent::at).thenComparing(Sent::id).thenComparing(Sent::position));
      events.forEach(sent -> sent.event().run());
      fixture.desk.closeRemaining();
      assertThat(told(fixture.desk)).isEqualTo(replayed);
    }
  }
}
