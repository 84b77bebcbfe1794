package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {
  @ParameterizedTest
  @CsvSource({
    ">=2.0 <3.0, 2.4, true",
    ">=2.0 <3.0, 3, false",
    ">= 2.0 < 3.0, 2.4, true",
    "<3.0, 2.99.99, true",
    "<3.0, 3.0.0, false",
    "3, 3.0.0, true",
    "<2 || >=4, 1.9, true",
    "<2 || >=4, 3, false",
    "<2 || >=4, v4.0.1, true",
    "<=3.1, 3.1-beta, true",
    "=3.1.2, 3.1.2, true",
  })
  void comparatorsAllHoldInOneAlternative(String range, String version, boolean inside) {
    assertThat(VersionRange.parse(range).contains(version)).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(strings = {"newest", ">", "2.x", ">=2.0,<3.0", "||x", "~> 2"})
  void whatIsNoRangeIsRefusedWithAnExample(String range) {
    assertThatThrownBy(() -> VersionRange.parse(range))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write for example");
  }

  @Test
  void anUnreadableOrAbsentVersionFitsEveryArticle() {
    Applicability old = Applicability.of("app", "<3.0");
    assertThat(old.fitsVersion("the newest")).isTrue();
    assertThat(old.fitsVersion(null)).isTrue();
    assertThat(old.fitsVersion("3.1")).isFalse();
  }

  @Test
  void anArticleWithoutAProductFitsAll() {
    assertThat(Applicability.EVERYTHING.fitsProduct("tv")).isTrue();
    assertThat(Applicability.of("TV", null).fitsProduct("tv ")).isTrue();
    assertThat(Applicability.of("tv", null).fitsProduct("phone")).isFalse();
    assertThat(Applicability.of("tv", null).fitsProduct(null)).isTrue();
  }
}
