package io.gapcanary.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
  private final Masking masking = new Masking(List.of("KR", "US"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "My email is user12345@example.com|My email is [email]",
        "이메일은 hong.gil-dong@sub.example.co.kr로 보내주세요|이메일은 [email]로 보내주세요",
        "mail me:a+b@x.io.|mail me:[email].",
        "제 번호는 010-1234-5678로 연락 주세요|제 번호는 [phone]로 연락 주세요",
        "번호는01012345678입니다|번호는[phone]입니다",
        "010 1234 5678|[phone]",
        "010.1234.5678|[phone]",
        "010-12345678|[phone]",
        "０１０－１２３４－５６７８|[phone]",
        "02-123-4567 또는 031-1234-5678|[phone] 또는 [phone]",
        "82-10-1234-5678|[phone]",
        "Call me at +1 415-555-1234|Call me at [phone]",
        "+82 10 1234 5678!|[phone]!",
        "0082-10-1234-5678|[phone]",
        "(415) 555-2671|[phone]",
        "415-555-2671|[phone]",
        "my cell 4155552671|my cell [phone]",
        "+44 20 7946 0958|[phone]",
        "My card is 4111 1111 1111 1111|My card is [card]",
        "4111-1111-1111-1111 12/27|[card] 12/27",
        "카드번호 5555555555554444이에요|카드번호 [card]이에요",
        "3782 822463 10005|[card]",
        "주민번호는 900101-1234567입니다|주민번호는 [resident-number]입니다",
        "9001011234567|[resident-number]",
        "900101 - 2234567|[resident-number]",
      })
  void personalDataIsMasked(String text, String masked) {
    assertThat(masking.mask(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version 115.18.0 of build 20240131094355",
        "It costs 1,234,567 won or $1299.99",
        "2026-01-05 12:30:45 and 05.01.2026 10:00",
        "01.02.2026 10:00",
        "order 4155552671 has not arrived",
        "주문번호 20240105123456 환불해 주세요",
        "error 0x80070057, code 0000-1234",
        "bp-550e8400-e29b-41d4-a716-446655440000",
        "192.168.100.200:8080",
        "1588-1234 고객센터",
        "npm install foo@1.2.3, then ask @support",
        "kb12345678",
        "10+20 = 30, 100000000 rows",
        "I have 20 30 40 50 60 items",
      })
  void whatIsNotPersonalStays(String text) {
    assertThat(masking.mask(text)).isSameAs(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 ", "0", "+1 ", "a@", "010-", "9", "@.", "415-555-", "((+0", "01 "})
  void hostileTextTakesNoLonger(String piece) {
    String text = piece.repeat((1 << 20) / piece.length());
    assertTimeout(Duration.ofSeconds(60), () -> masking.mask(text));
  }

  @Test
  void maskingTwiceIsMaskingOnce() {
    String once = masking.mask("a@b.com 010-1234-5678 4111111111111111");
    assertThat(once).isEqualTo("[email] [phone] [card]");
    assertThat(masking.mask(once)).isEqualTo(once);
  }
}
