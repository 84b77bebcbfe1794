package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CentreTest {
  @Test
  void whatAllHaveInCommonIsNoLikeness() {
    List<float[]> vectors = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      vectors.add(
          OnnxTextEmbedder.unit(
              new float[] {10, (float) random.nextGaussian(), (float) random.nextGaussian()}));
    }
    float[] centre = Centre.of(new ArrayList<>(vectors));
    double plain = 0;
    double centred = 0;
    for (int i = 1; i < vectors.size(); i++) {
      plain += Retrieval.dot(vectors.get(0), vectors.get(i)) / 199;
      centred += Centre.cosine(vectors.get(0), vectors.get(i), centre) / 199;
    }
    assertThat(plain).isGreaterThan(0.9);
    assertThat(centred).isCloseTo(0, within(0.15));
  }

  @Test
  void fewVectorsMakeNoCentreAndThePlainCosineServes() {
    float[] one = {0.6f, 0.8f};
    float[] other = {0.8f, 0.6f};
    assertThat(Centre.of(List.of(one, other))).isEmpty();
    assertThat(Centre.cosine(one, other, new float[0])).isCloseTo(0.96, within(1e-6));
  }

  @Test
  void aCentreIsReadAsItWasWritten() {
    float[] centre = {0.25f, -1.5f, 3};
    assertThat(Centre.read(Centre.written(centre))).containsExactly(centre);
  }
}
