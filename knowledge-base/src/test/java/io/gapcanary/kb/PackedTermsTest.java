package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PackedTermsTest {
  @Test
  void hasTheTermsThatWereWrittenAndNoOthers() throws IOException {
    PackedTerms terms = packed(List.of("refund", "환불", "2fa", "refunds"));
    assertThat(terms).containsExactlyInAnyOrder("refund", "환불", "2fa", "refunds").hasSize(4);
    assertThat(terms.contains("refund")).isTrue();
    assertThat(terms.contains("환불")).isTrue();
    assertThat(terms.contains("환")).isFalse();
    assertThat(terms.contains("fund")).isFalse();
  }

  @Test
  void tellsTermsOfOneHashCodeApart() throws IOException {
    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    assertThat(packed(List.of("Aa")).contains("BB")).isFalse();
    assertThat(packed(List.of("Aa", "BB"))).isEqualTo(Set.of("Aa", "BB"));
    assertThat(packed(List.of("Aa", "BB")).contains("BB")).isTrue();
  }

  @Test
  void countsWhatTwoTextsHaveInCommon() throws IOException {
    PackedTerms read = packed(List.of("refund", "Aa", "환불", "bank"));
    assertThat(read.common(PackedTerms.of(Set.of("환불", "refund", "card")))).isEqualTo(2);
    assertThat(read.common(PackedTerms.of(Set.of("BB")))).isZero();
    assertThat(packed(List.of("Aa", "BB")).common(PackedTerms.of(Set.of("BB", "Aa")))).isEqualTo(2);
    assertThat(read.common(PackedTerms.of(Set.of()))).isZero();
  }

  @Test
  void packsWhatIsInMemory() {
    assertThat(PackedTerms.of(Set.of("refund", "환불"))).isEqualTo(Set.of("환불", "refund"));
  }

  @Test
  void oneFollowsTheOther() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(written(List.of("one", "two"), List.of(), List.of("three")));
    assertThat(PackedTerms.read(bytes)).isEqualTo(Set.of("one", "two"));
    assertThat(PackedTerms.read(bytes)).isEmpty();
    assertThat(PackedTerms.read(bytes)).isEqualTo(Set.of("three"));
    assertThat(bytes.hasRemaining()).isFalse();
  }

  private static PackedTerms packed(List<String> terms) throws IOException {
    return PackedTerms.read(ByteBuffer.wrap(written(terms)));
  }

  @SafeVarargs
  private static byte[] written(List<String>... sets) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (List<String> terms : sets) {
      PackedTerms.write(terms, new DataOutputStream(bytes));
    }
    return bytes.toByteArray();
  }
}
