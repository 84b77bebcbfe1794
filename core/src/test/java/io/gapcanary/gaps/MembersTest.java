package io.gapcanary.gaps;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.storage.GapMember;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MembersTest {
  private static GapMember member(String caseId, String question, @Nullable String returnsTo) {
    return new GapMember(
        1,
        caseId,
        "Kim",
        Instant.EPOCH,
        question,
        "en",
        5,
        returnsTo,
        false,
        null,
        null,
        null,
        null);
  }

  @Test
  void thatACustomerCameBackMakesItOneHoweverItIsWorded() {
    Members members =
        new Members(
            List.of(
                member("a", "feed a giraffe", null),
                member("b", "paint a submarine", null),
                member("c", "it will not eat", "a"),
                member("d", "still hungry", "c")));
    assertThat(members.units(members.all())).containsExactly(List.of(0, 2, 3), List.of(1));
    assertThat(members.beginningWith("a"))
        .extracting(GapMember::caseId)
        .containsExactly("a", "c", "d");
  }

  @Test
  void aReturnToACaseOfAnotherGapBeginsAnew() {
    Members members = new Members(List.of(member("b", "feed it", "elsewhere")));
    assertThat(members.beginning(members.all().getFirst())).isEqualTo("b");
  }

  @Test
  void whoAsksTheSameWordsAsksTheSame() {
    Members members =
        new Members(
            List.of(
                member("a", "feed a giraffe", null),
                member("b", "paint a submarine", null),
                member("c", "feed a giraffe", null)));
    assertThat(members.units(members.all())).containsExactly(List.of(0, 2), List.of(1));
    assertThat(members.sample(9)).extracting(GapMember::caseId).containsExactly("a", "b");
  }

  @Test
  void aSampleIsEvenOverTheTime() {
    Members members =
        new Members(
            IntStream.range(0, 100).mapToObj(i -> member("c" + i, "question " + i, null)).toList());
    assertThat(members.sample(4))
        .extracting(GapMember::caseId)
        .containsExactly("c0", "c25", "c50", "c75");
  }
}
