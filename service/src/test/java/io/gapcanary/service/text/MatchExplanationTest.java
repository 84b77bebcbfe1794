package io.gapcanary.service.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.kb.Explanation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MatchExplanationTest {
  @ParameterizedTest
  @MethodSource("io.gapcanary.service.text.Voice#all")
  void everyFeatureAndSignHasALabel(Voice voice) {
    assertThat(unlabelled("feature.", Explanation.featureNames(), voice)).isEmpty();
    assertThat(unlabelled("sign.", Explanation.signNames(), voice)).isEmpty();
  }

  private static List<String> unlabelled(String prefix, List<String> names, Voice voice) {
    return names.stream().filter(name -> voice.sayOr(prefix + name, "").isEmpty()).toList();
  }

  @Test
  void whatHasNoLabelIsCalledByItsName() {
    assertThat(MatchExplanation.feature("lucky-number", Voice.KOREAN)).isEqualTo("lucky-number");
    assertThat(MatchExplanation.sign("lucky-number", Voice.ENGLISH)).isEqualTo("lucky-number");
  }
}
