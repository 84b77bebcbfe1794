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
    Centre centre = Centre.of(vectors);
    double plain = 0;
    double centred = 0;
    for (int i = 1; i < vectors.size(); i++) {
      plain += Retrieval.dot(vectors.get(0), vectors.get(i)) / 199;
      centred += centre.cosine(vectors.get(0), vectors.get(i)) / 199;
    }
    assertThat(plain).isGreaterThan(0.9);
    assertThat(centred).isCloseTo(0, within(0.15));
  }

  @Test
  void withoutAnyVectorThePlainCosineServes() {
    Centre centre = Centre.of(List.of());
    assertThat(centre.known()).isFalse();
    assertThat(centre.cosine(new float[] {0.6f, 0.8f}, new float[] {0.8f, 0.6f}))
        .isCloseTo(0.96, within(1e-6));
  }

  @Test
  void aDeskOfFewTextsStandsWhereAnyDeskStands() {
    Centre general = Centre.of(List.of(new float[] {1, 0}));
    Centre.Sum few = new Centre.Sum();
    few.add(new float[] {0, 1});
    Centre.Sum many = new Centre.Sum();
    for (int i = 0; i < 1000; i++) {
      many.add(new float[] {0, 1});
    }
    float[] east = {1, 0};
    assertThat(few.centre(general).view(east)[1]).isLessThan(-0.5f);
    assertThat(many.centre(general).view(east)[0]).isCloseTo(0.7f, within(0.02f));
  }

  @Test
  void aCentreIsReadAsItWasWritten() {
    Centre centre = Centre.of(List.of(new float[] {0.25f, -1.5f, 3}));
    assertThat(Centre.read(centre.written()).written()).isEqualTo(centre.written());
  }
}
