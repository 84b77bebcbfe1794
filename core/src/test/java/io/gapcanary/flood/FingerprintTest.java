package io.gapcanary.flood;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Where is order 18231?|where is order 18232",
        "Ticket AB-18231x is stuck|ticket zz_9/7 is STUCK!!",
        "주문 18231번이 오지 않아요|주문 7번이 오지 않아요.",
        "Disk ７７％ full|disk 12% full",
        "http://example.com/a?id=3 fails|http://example.com/b?id=4 fails",
      })
  void numbersCaseSignsAndWidthSayNothing(String one, String other) {
    assertThat(Fingerprint.of(one)).isPresent().isEqualTo(Fingerprint.of(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Where is my order?|Where is our order?",
        "환불해 주세요|환불 안 되나요",
        "The printer is on fire|The printer is on",
      })
  void wordsDo(String one, String other) {
    assertThat(Fingerprint.of(one)).isNotEqualTo(Fingerprint.of(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "18231", "?!", "  ", "010-1234-5678"})
  void withoutALetterThereIsNone(String text) {
    assertThat(Fingerprint.of(text)).isEmpty();
  }

  @Test
  void aLongRunOfLettersTakesNoTime() {
    assertThat(Fingerprint.of("a".repeat(100_000))).isPresent();
  }
}
