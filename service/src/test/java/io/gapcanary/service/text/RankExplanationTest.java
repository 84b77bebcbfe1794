package io.gapcanary.service.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.GapRank;
import io.gapcanary.Impact;
import io.gapcanary.ImpactWeights;
import org.junit.jupiter.api.Test;

class RankExplanationTest {
  private static final Impact DEAR = new Impact(60, 2, 30, 0, 4, 1, 1, 1);
  private static final Impact FREQUENT = new Impact(54, 3, 18, 0, 6, 1, 1, 1);

  private static GapRank.OverNext over(GapRank.Because because, Impact next) {
    return new GapRank.OverNext(
        "gap-2", "No dial tone", because, 1.1, GapRank.compare(DEAR, next, ImpactWeights.EVEN));
  }

  @Test
  void theLoudestFactorForItAndTheLoudestAgainstItAreSaid() {
    GapRank.OverNext next = over(GapRank.Because.IMPACT, FREQUENT);
    assertThat(RankExplanation.over(next, Voice.ENGLISH))
        .isEqualTo(
            "Above “No dial tone” because its cases take 12 minutes more, although it comes up less"
                + " often (2 against 3 cases a week).");
    assertThat(RankExplanation.overTheNext(next, Voice.KOREAN))
        .isEqualTo("다음 공백보다 앞선 이유: 상담마다 12분이 더 걸립니다. 다만 덜 자주 나옵니다(주당 2건, 다음 공백은 3건).");
  }

  @Test
  void whatIsDoneWithAndWhatIsLevelIsSaidSo() {
    assertThat(RankExplanation.overTheNext(over(GapRank.Because.STATE, DEAR), Voice.ENGLISH))
        .isEqualTo("Above the next one because that one is done with.");
    assertThat(RankExplanation.overTheNext(over(GapRank.Because.AGE, DEAR), Voice.ENGLISH))
        .contains("the older one stands first");
    assertThat(RankExplanation.over(null, Voice.ENGLISH)).isEmpty();
  }
}
