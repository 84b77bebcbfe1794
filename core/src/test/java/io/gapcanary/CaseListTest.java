package io.gapcanary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapcanary.CaseFilter.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CaseListTest {
  @RegisterExtension final DeskFixture fixture = DeskFixture.with();

  private void opened(String id, @Nullable String agent, int minute) {
    Instant at = DeskFixture.MONDAY.plusSeconds(60L * minute);
    fixture
        .desk
        .assist()
        .open(CaseOpening.builder().id(id).agentId(agent).channel("chat").openedAt(at).build());
  }

  private List<String> ids(CaseFilter filter) {
    return fixture.desk.assist().list(filter).cases().stream().map(CaseSummary::id).toList();
  }

  @Test
  void theCaseThatOpenedLastComesFirstAndPagesJoinWithoutAHoleOrARepetition() {
    for (int i = 0; i < 7; i++) {
      opened("c." + i, null, i / 2);
    }
    List<String> all = new ArrayList<>();
    CaseFilter filter = CaseFilter.OPEN.limit(3);
    int pages = 0;
    for (String next = ""; next != null; pages++) {
      CasePage page = fixture.desk.assist().list(filter);
      page.cases().forEach(one -> all.add(one.id()));
      next = page.next();
      filter = filter.after(next);
    }
    assertThat(pages).isEqualTo(3);
    assertThat(all).containsExactly("c.6", "c.5", "c.4", "c.3", "c.2", "c.1", "c.0");
  }

  @Test
  void aCaseThatArrivesBetweenTwoPagesMovesNothingOnTheSecond() {
    opened("a", null, 0);
    opened("b", null, 1);
    opened("c", null, 2);
    CasePage first = fixture.desk.assist().list(CaseFilter.OPEN.limit(2));
    opened("d", null, 3);
    assertThat(ids(CaseFilter.OPEN.limit(2).after(first.next()))).containsExactly("a");
  }

  @Test
  void openClosedAndAnAgentsOwnAreToldApart() {
    opened("mine", "kim", 0);
    opened("hers", "lee", 1);
    opened("nobodys", null, 2);
    opened("done", "kim", 3);
    fixture.desk.assist().close("done", Closing.at(DeskFixture.at("PT10M"), null));
    assertThat(ids(CaseFilter.OPEN)).containsExactly("nobodys", "hers", "mine");
    assertThat(ids(CaseFilter.OPEN.of("kim"))).containsExactly("mine");
    assertThat(ids(new CaseFilter(State.CLOSED, null, 10, null))).containsExactly("done");
    assertThat(ids(new CaseFilter(null, "kim", 10, null))).containsExactly("done", "mine");
  }

  @Test
  void aSummarySaysWhoSpokeLastAndWhatWithoutPersonalData() {
    opened("c", "kim", 0);
    CaseSummary silent = fixture.desk.assist().list(CaseFilter.OPEN).cases().getFirst();
    assertThat(silent.messages()).isZero();
    assertThat(silent.lastFrom()).isNull();
    assertThat(silent.waiting()).isFalse();

    Instant at = DeskFixture.at("PT1M");
    AgentAssist assist = fixture.desk.assist();
    assist.hear("c", Message.customer("My printer prints blank pages").at(at));
    assist.hear("c", Message.customer("Call me at 010-1234-5678").at(at.plusSeconds(5)));
    CaseSummary waiting = assist.list(CaseFilter.OPEN).cases().getFirst();
    assertThat(waiting.messages()).isEqualTo(2);
    assertThat(waiting.waiting()).isTrue();
    assertThat(waiting.question()).contains("blank pages");
    assertThat(waiting.lastText()).startsWith("Call me at").doesNotContain("1234");
    assertThat(waiting.lastAt()).isEqualTo(at.plusSeconds(5));

    assist.hear("c", Message.agent("One moment").at(at.plusSeconds(9)));
    assertThat(assist.list(CaseFilter.OPEN).cases().getFirst().waiting()).isFalse();
  }

  @Test
  void whatIsNoCursorIsRefused() {
    for (String cursor : new String[] {"", "c-1", "12", "x.c", "9999999999999999.c"}) {
      assertThatThrownBy(() -> ids(CaseFilter.OPEN.after(cursor)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cursor");
    }
    assertThatThrownBy(() -> CaseFilter.OPEN.limit(0)).hasMessageContaining("at least 1");
  }
}
