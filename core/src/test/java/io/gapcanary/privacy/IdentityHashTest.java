package io.gapcanary.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdentityHashTest {
  private final IdentityHash hash = new IdentityHash(new byte[32]);

  @Test
  void waysOfWritingAPhoneNumberAreOneIdentity() {
    assertThat(hash.of("phone", "+82 10-1234-5678")).isEqualTo(hash.of("Phone", "01012345678"));
  }

  @Test
  void theTypeIsPartOfTheIdentity() {
    assertThat(hash.of("account", "17")).isNotEqualTo(hash.of("customer", "17"));
  }

  @Test
  void anotherKeyGivesAnotherHash() {
    byte[] other = new byte[32];
    other[0] = 1;
    assertThat(new IdentityHash(other).of("account", "17")).isNotEqualTo(hash.of("account", "17"));
  }
}
