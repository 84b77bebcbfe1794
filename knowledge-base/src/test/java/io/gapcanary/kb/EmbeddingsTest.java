package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gapcanary.kb.TextEmbedder.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EmbeddingsTest {
  private static final class Scripted implements TextEmbedder {
    private final List<List<String>> asked = new ArrayList<>();
    private Function<List<String>, List<float[]>> behaviour = Scripted::fine;

    static List<float[]> fine(List<String> texts) {
      return texts.stream().map(text -> new float[] {1, 0}).toList();
    }

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public boolean understands(String language) {
      return true;
    }

    @Override
    public List<float[]> embed(List<String> texts, Role role) {
      asked.add(texts);
      return behaviour.apply(texts);
    }
  }

  private final Scripted model = new Scripted();
  private final AtomicLong nanos = new AtomicLong();
  private final Embeddings embeddings = new Embeddings(model, VectorStore.NONE, nanos::get);

  private void fails() {
    assertThatExceptionOfType(EmbeddingException.class)
        .isThrownBy(() -> embeddings.question("hello", "en"));
  }

  @Test
  void aModelThatFailedIsLeftAloneForAWhileAndComesBackByItself() {
    model.behaviour =
        texts -> {
          throw new EmbeddingException("gone");
        };
    fails();
    int attempts = model.asked.size();
    fails();
    assertThat(model.asked).hasSize(attempts);
    assertThat(embeddings.impairment()).contains("gone");

    model.behaviour = Scripted::fine;
    nanos.addAndGet(Embeddings.PAUSE.toNanos());
    assertThat(embeddings.question("hello", "en")).isNotNull();
    assertThat(embeddings.impairment()).isEmpty();
  }

  @Test
  void onlyOneCallerTriesAModelThatFailed() {
    model.behaviour =
        texts -> {
          throw new EmbeddingException("gone");
        };
    fails();
    nanos.addAndGet(Embeddings.PAUSE.toNanos());
    List<Integer> attemptsOfOthers = new ArrayList<>();
    model.behaviour =
        texts -> {
          int before = model.asked.size();
          fails();
          attemptsOfOthers.add(model.asked.size() - before);
          return Scripted.fine(texts);
        };
    embeddings.question("hello", "en");
    assertThat(attemptsOfOthers).containsExactly(0);
  }

  @Test
  void aTextThatAWellModelCannotTakeIsNoOutage() {
    model.behaviour =
        texts -> {
          if (texts.contains("poison")) {
            throw new EmbeddingException("too long");
          }
          return Scripted.fine(texts);
        };
    assertThat(embeddings.all(List.of("a", "poison", "b"), Role.PASSAGE))
        .containsExactly(new float[] {1, 0}, null, new float[] {1, 0});
    assertThat(embeddings.impairment()).isEmpty();
    model.asked.clear();
    assertThat(embeddings.all(List.of("poison"), Role.PASSAGE)).containsOnlyNulls();
    assertThat(model.asked).isEmpty();
  }

  @Test
  void aModelThatChangesItsDimensionIsNotAskedUntilItIsBack() {
    model.behaviour = texts -> texts.stream().map(text -> new float[] {1, 0, 0}).toList();
    fails();
    assertThat(embeddings.impairment().orElseThrow()).contains("vector of 3 numbers, not of 2");
  }

  @Test
  void aModelThatGivesFewerVectorsThanTextsIsAskedOneByOne() {
    model.behaviour = texts -> Scripted.fine(texts.subList(0, 1));
    assertThat(embeddings.all(List.of("a", "b"), Role.PASSAGE)).hasSize(2).doesNotContainNull();
  }
}
