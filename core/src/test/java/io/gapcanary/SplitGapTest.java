package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.Gap.Event.What;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a desk that groups everything, so that gaps hold more than one subject. */
class SplitGapTest {
  private static final List<String> GIRAFFES =
      List.of(
          "How do I feed my giraffe in winter?",
          "What does a giraffe eat in winter?",
          "My giraffe needs winter food",
          "feed a giraffe when it is winter");
  private static final List<String> SUBMARINES =
      List.of(
          "Can I paint my submarine yellow?",
          "May a submarine be painted yellow?",
          "yellow paint for a submarine",
          "paint the submarine yellow please");

  @RegisterExtension
  final DeskFixture fixture =
      DeskFixture.with(PRINTER).settings(DeskSettings.DEFAULT.with(b -> b.grouping(0).merging(1)));

  private int cases;

  private void ask(List<String> subject, int times) {
    IntStream.range(0, times)
        .forEach(
            i -> {
              cases++;
              fixture
                  .story("c" + cases, "customer " + cases, "PT" + cases + "H")
                  .asks(subject.get(i % subject.size()))
                  .close();
            });
  }

  @Test
  void aGapThatHoldsTwoSubjectsIsSplitAndTheLargerKeepsWhatWasDecided() {
    ask(GIRAFFES, 11);
    Gap gap = fixture.gap("gap-1");
    fixture
        .desk
        .board()
        .change("gap-1", gap.version(), new GapChange(null, "Kim", null, null, "Lee"));
    ask(SUBMARINES, 3);
    assertThat(fixture.gaps()).hasSize(1);
    ask(SUBMARINES, 1);
    assertThat(fixture.gaps()).hasSize(2);
    Gap stays = fixture.gap("gap-1");
    Gap goes = fixture.gap("gap-2");
    assertThat(stays.cases())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 11).mapToObj(i -> "c" + i).toList());
    assertThat(stays.owner()).isEqualTo("Kim");
    assertThat(stays.state()).isEqualTo(Gap.State.ASSIGNED);
    assertThat(stays.history().getLast().what()).isEqualTo(What.SPLIT);
    assertThat(goes.cases()).containsExactly("c12", "c13", "c14", "c15");
    assertThat(goes.title()).containsIgnoringCase("submarine");
    assertThat(goes.history()).extracting(Gap.Event::what).containsExactly(What.SPLIT, What.RAISED);
    assertThat(goes.history().getFirst().details())
        .containsEntry("from", "gap-1")
        .containsEntry("cases", 4);
  }

  @Test
  void aGapThatIsDoneWithIsNotSplit() {
    ask(GIRAFFES, 2);
    Gap one = fixture.gap("gap-1");
    fixture
        .desk
        .board()
        .change(
            "gap-1", one.version(), new GapChange(Gap.State.DISMISSED, null, null, "no", "Lee"));
    ask(GIRAFFES, 9);
    ask(SUBMARINES, 8);
    assertThat(fixture.desk.board().find("gap-2")).isEmpty();
    assertThat(fixture.gap("gap-1").cases()).hasSize(19);
  }

  @Test
  void oneSubjectInManyWordsStaysOne() {
    ask(GIRAFFES, 30);
    assertThat(fixture.gaps()).hasSize(1);
    assertThat(fixture.gap("gap-1").cases()).hasSize(30);
  }
}
