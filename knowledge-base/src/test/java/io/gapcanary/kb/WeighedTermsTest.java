package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeighedTermsTest {
  private static final Map<String, Double> QUESTION =
      Map.of("refund", 0.8, "환불", 0.6, "Aa", 0.4, "printer", 0.2);

  @Test
  void comparesAsTheDefinitionSays() {
    WeighedTerms terms = WeighedTerms.of(QUESTION);
    for (Set<String> text :
        Set.of(
            Set.of("refund", "환불", "bank"),
            Set.of("Aa"),
            Set.of("refund", "환불", "Aa", "printer"),
            Set.of("bank"),
            Set.<String>of())) {
      WordLikeness defined = WordLikeness.of(QUESTION, text);
      WordLikeness measured = terms.likeness(text);
      assertThat(measured.coverage()).isCloseTo(defined.coverage(), within(1e-12));
      assertThat(measured.recall()).isCloseTo(defined.recall(), within(1e-12));
      assertThat(measured.overlap()).isCloseTo(defined.overlap(), within(1e-12));
    }
  }

  @Test
  void tellsTermsOfOneHashCodeApart() {
    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    assertThat(WeighedTerms.of(QUESTION).likeness(Set.of("BB"))).isEqualTo(WordLikeness.NONE);
    WeighedTerms both = WeighedTerms.of(Map.of("Aa", 0.4, "BB", 0.6));
    assertThat(both.likeness(Set.of("BB")).coverage()).isCloseTo(0.6, within(1e-12));
  }

  @Test
  void weighsTermsThatNothingIsKnownOf() {
    WeighedTerms terms = WeighedTerms.of(Set.of("refund", "bank"), QUESTION, 0.2);
    assertThat(terms.likeness(Set.of("bank")).coverage()).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void findsEveryOneOfMany() {
    Set<String> many =
        IntStream.range(0, 500).mapToObj(i -> "term" + i).collect(Collectors.toSet());
    WeighedTerms terms = WeighedTerms.of(many, Map.of(), 1);
    assertThat(terms.likeness(many).coverage()).isEqualTo(1);
    int[] counts = new int[terms.size()];
    terms.count(many, counts);
    terms.count(many, counts);
    assertThat(counts).containsOnly(2);
  }

  @Test
  void holdsNothingAgainstNoTerms() {
    WeighedTerms none = WeighedTerms.of(Map.of());
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.likeness(Set.of("refund"))).isEqualTo(WordLikeness.NONE);
  }
}
