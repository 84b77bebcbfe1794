package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AgentBriefingTest {
  private static final String HAY =
      "Give it alfalfa hay and some browse; call 010-1234-5678 if it refuses.";

  @RegisterExtension final DeskFixture fixture = DeskFixture.with(RESET_PASSWORD, PRINTER);

  private void giraffes() {
    fixture.asksOfGiraffes("g0", "ann", "PT0S");
    fixture
        .story("g1", "bob", "P9D")
        .asks("What to feed a giraffe in winter?")
        .answered("One moment please")
        .answered(HAY)
        .resolved(Resolution.SOLVED)
        .close();
    fixture.story("g2", "cat", "P10D").asks("feed giraffe in winter please").close();
  }

  private Suggestions.KnownGap asked() {
    fixture.story("g3", "eve", "P11D").asks("How do I feed my giraffe in winter?").open();
    Suggestions.KnownGap gap = fixture.desk.assist().suggest("g3").gap();
    assertThat(gap).isNotNull();
    return gap;
  }

  @Test
  void anAgentHearsTheirPlaceThisWeekTheOwnerAndHowItWasSolved() {
    giraffes();
    Gap gap = fixture.gap("gap-1");
    fixture.desk.board().change(gap.id(), gap.version(), new GapChange(null, "Kim", null, "Lee"));
    Suggestions.KnownGap known = asked();
    assertThat(known.cases()).isEqualTo(3);
    assertThat(known.placeThisWeek()).isEqualTo(3);
    assertThat(known.owner()).isEqualTo("Kim");
    assertThat(known.solved()).isEqualTo(1);
    assertThat(known.solutions()).hasSize(1);
    assertThat(known.solutions().getFirst().caseId()).isEqualTo("g1");
    assertThat(known.solutions().getFirst().quote())
        .startsWith("Give it alfalfa hay")
        .doesNotContain("1234");
    assertThat(known.text())
        .startsWith(
            "You are the 3rd to meet this in seven days. Kim sees to it. It was solved once")
        .contains("alfalfa", "g1");
  }

  @Test
  void theCaseAtHandIsNotCountedTwice() {
    giraffes();
    asked();
    fixture.desk.assist().close("g3", Closing.at(DeskFixture.at("P11DT10M"), Resolution.SOLVED));
    Suggestions.KnownGap known = fixture.desk.assist().suggest("g3").gap();
    assertThat(known).isNotNull();
    assertThat(known.placeThisWeek()).isEqualTo(3);
    assertThat(known.solved()).isEqualTo(1);
  }

  @Test
  void whoMeetsItFirstInAWeekIsToldSo() {
    fixture.asksOfGiraffes("g0", "ann", "PT0S");
    fixture.story("g1", "bob", "PT1H").asks("What to feed a giraffe in winter?").close();
    assertThat(asked().text())
        .isEqualTo("You are the first to meet this in seven days. Nobody sees to it yet.");
  }

  @Test
  void aKoreanAgentIsToldInKorean() {
    for (int i = 0; i < 2; i++) {
      fixture.story("k" + i, "ku" + i, "PT" + i + "H").asks("겨울에 기린에게 무엇을 먹이나요?").close();
    }
    fixture.story("k2", "ku2", "P1D").asks("겨울에 기린에게 무엇을 먹이나요?").open();
    Suggestions.KnownGap known = fixture.desk.assist().suggest("k2").gap();
    assertThat(known).isNotNull();
    assertThat(known.text()).isEqualTo("최근 7일 동안 이 문제를 만난 3번째 상담입니다. 아직 담당자가 없습니다.");
  }

  @Test
  void whatTheCustomerWasGivenBeforeIsSaidWithTheDay() {
    fixture.isGivenResetPassword("a", "ann", "PT0S");
    fixture.story("b", "ann", "P2D").asks("I forgot my password").open();
    Suggestions.Warning warning =
        fixture.desk.assist().suggest("b").suggestions().getFirst().warnings().getFirst();
    assertThat(warning.code()).isEqualTo("given-before");
    assertThat(warning.text()).isEqualTo("This customer was given this on Monday, 5 January");
    assertThat(warning.details()).containsEntry("on", "2026-01-05").containsEntry("case", "a");
  }

  private Suggestions.Warning toldOfGivenBefore(String caseId) {
    return fixture.desk.assist().suggest(caseId).suggestions().getFirst().warnings().stream()
        .filter(warning -> warning.code().equals("given-before"))
        .findFirst()
        .orElseThrow();
  }

  /** Eight in the morning in Seoul is eleven in the evening before in UTC. */
  @Test
  void theDayIsTheDesks() {
    fixture.beginAgain(DeskSettings.DEFAULT.with(b -> b.timeZone(ZoneId.of("Asia/Seoul"))));
    fixture.isGivenResetPassword("a", "ann", "PT14H");
    fixture.story("b", "ann", "P2D").asks("I forgot my password").open();
    assertThat(toldOfGivenBefore("b").text())
        .isEqualTo("This customer was given this on Tuesday, 6 January");
    assertThat(toldOfGivenBefore("b").details()).containsEntry("on", "2026-01-06");
  }

  @Test
  void theDayIsThatOfTheLinkAndNotOfTheCase() {
    AgentAssist assist = fixture.desk.assist();
    String id = fixture.story("a", "ann", "PT0S").asks("I forgot my password").open();
    assist.link(id, "reset-password", LinkAction.LINKED, DeskFixture.at("PT20H"));
    assist.close(id, Closing.at(DeskFixture.at("P2D"), null));
    fixture.story("b", "ann", "P3D").asks("I forgot my password").open();
    assertThat(toldOfGivenBefore("b").details()).containsEntry("on", "2026-01-06");
  }

  @Test
  void whereItsAddressWasSentTheDayIsThatOfTheClose() {
    AgentAssist assist = fixture.desk.assist();
    String id =
        fixture
            .story("a", "ann", "PT0S")
            .asks("I forgot my password")
            .answered("Look at https://help.example.com/reset-password")
            .open();
    assist.close(id, Closing.at(DeskFixture.at("PT20H"), null));
    fixture.story("b", "ann", "P3D").asks("I forgot my password").open();
    assertThat(toldOfGivenBefore("b").details()).containsEntry("on", "2026-01-06");
  }
}
