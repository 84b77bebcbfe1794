package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "환불해 주세요 | ko",
        "Thunderbird에서 OAuth 오류가 나요 | ko",
        "결제를 하면 이런 오류가 나요 PaymentException: request is not valid in checkout/module/Sales.php line 214 of CheckoutController | ko",
        "When I press 환불 하기 in the app it says that I have no orders | en",
        "receiving email - I cannot receive e-mails | en",
        "i can't send e mail i can't send e mail | en",
        "E se i messaggi non arrivano? | it",
        "I cannot receive my mails since the update | en",
        "Ich kann seit dem Update keine Mails mehr empfangen | de",
        "Je ne peux pas recevoir les messages depuis la mise à jour | fr",
        "メールが受信できません | ja",
        "无法接收邮件 | zh",
        "E-4032 | en",
        "'' | en",
      })
  void languagesAreTold(String text, String language) {
    assertThat(Language.of(text)).isEqualTo(language);
  }

  @Test
  void whatWasDeclaredCountsWhereScriptDoesNotDecide() {
    assertThat(Language.ofQuestion("refund", "de-AT")).isEqualTo("de");
    assertThat(Language.ofQuestion("refund please", "ko")).isEqualTo("en");
    assertThat(Language.ofQuestion("환불", "en")).isEqualTo("ko");
  }
}
