package io.gapcanary.cases;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArticleAddressesTest {
  private final ArticleAddresses addresses = new ArticleAddresses();

  @BeforeEach
  void twoArticles() {
    addresses.put("reset", "https://help.example.com/en-US/kb/reset-password");
    addresses.put("reset-pin", "https://help.example.com/en-US/kb/reset-password-pin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://help.example.com/en-US/kb/reset-password",
        "see http://www.help.example.com/ko/kb/reset-password/?utm=1#top please",
        "(https://HELP.example.com/kb/reset-password).",
        "https://help.example.com/kb/reset-password을 봐 주세요",
        "<a href=\"https://help.example.com/kb/reset-password\">",
      })
  void anAddressIsRecognisedHoweverItIsWritten(String text) {
    assertThat(addresses.in(text)).containsExactly("reset");
  }

  @Test
  void anAddressThatOnlyBeginsAlikeIsAnother() {
    assertThat(addresses.in("https://help.example.com/kb/reset-password-pin"))
        .containsExactly("reset-pin");
    assertThat(addresses.in("https://help.example.com/kb/reset")).isEmpty();
    assertThat(addresses.in("https://help.example.com/kb/reset-password/more")).isEmpty();
  }

  @Test
  void aRemovedArticleIsNoLongerFound() {
    addresses.remove("reset");
    assertThat(addresses.in("https://help.example.com/kb/reset-password")).isEmpty();
  }
}
