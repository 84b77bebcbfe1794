package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeaningTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final Article PASSWORD =
      Article.builder("reset", "Reset your password", "Choose Forgot password on the login page.")
          .build();
  private static final Article PARCEL =
      Article.builder("parcel", "Track a parcel", "The tracking number is in the dispatch mail.")
          .build();

  /** The bundled model, with what it was asked written down and a switch that breaks it. */
  private static final class Watched implements TextEmbedder {
    private final TextEmbedder model = OnnxTextEmbedder.bundled().orElseThrow();
    private final List<String> asked = new ArrayList<>();
    private boolean broken;
    private String refused = "nothing at all";

    @Override
    public String name() {
      return model.name();
    }

    @Override
    public int dimension() {
      return model.dimension();
    }

    @Override
    public boolean understands(String language) {
      return model.understands(language);
    }

    @Override
    public List<float[]> embed(List<String> texts, Role role) {
      if (broken) {
        throw new EmbeddingException("the model is broken");
      }
      if (texts.stream().anyMatch(text -> text.contains(refused))) {
        throw new EmbeddingException("it answers with status 413");
      }
      asked.addAll(texts);
      return model.embed(texts, role);
    }

    @Override
    public void close() {
      model.close();
    }
  }

  private static final class Kept implements VectorStore {
    private final Map<String, float[]> vectors = new ConcurrentHashMap<>();

    @Override
    public Optional<float[]> find(String model, String textHash) {
      return Optional.ofNullable(vectors.get(model + textHash));
    }

    @Override
    public void put(String model, String textHash, float[] vector) {
      vectors.put(model + textHash, vector);
    }
  }

  @Test
  void meaningFindsWhatSharesNoWord(@TempDir Path folder) {
    try (KnowledgeBase kb =
        KnowledgeBase.open(folder, new Watched(), VectorStore.NONE, Tuning.DEFAULT)) {
      kb.putAll(List.of(PASSWORD, PARCEL));
      Matches matches = kb.match(Question.of("cannot sign in, credentials lost", NOW), Scope.ALL);
      assertThat(matches.list().get(0).articleId()).isEqualTo("reset");
      assertThat(matches.list().get(0).evidence().features()).containsKey("focus-meaning");
    }
  }

  @Test
  void anEnglishModelIsNeverAskedAboutKorean(@TempDir Path folder) {
    Watched model = new Watched();
    try (KnowledgeBase kb = KnowledgeBase.open(folder, model, VectorStore.NONE, Tuning.DEFAULT)) {
      kb.put(Article.builder("ko", "환불 요청 방법", "주문 내역에서 환불을 누릅니다.").build());
      kb.learn(List.of(new AskedAs("w", "ko", "돈 돌려주세요", "c", NOW)));
      kb.remember("q", Question.of("환불이 안 돼요", NOW));
      Matches matches = kb.match(Question.of("환불 요청", NOW), Scope.ALL);
      assertThat(matches.list().get(0).articleId()).isEqualTo("ko");
      assertThat(matches.degraded()).isFalse();
      assertThat(model.asked).isEmpty();
    }
  }

  @Test
  void aBrokenModelIsNoGapAndWordsStillAnswer(@TempDir Path folder) {
    Watched model = new Watched();
    try (KnowledgeBase kb = KnowledgeBase.open(folder, model, VectorStore.NONE, Tuning.DEFAULT)) {
      kb.putAll(List.of(PASSWORD, PARCEL));
      model.broken = true;
      Matches matches = kb.match(Question.of("zebra stripes", NOW), Scope.ALL);
      assertThat(matches.degraded()).isTrue();
      assertThat(matches.verdict()).isInstanceOf(Verdict.Unavailable.class);
      assertThat(kb.impairment()).contains("the model is broken");
      assertThat(
              kb.match(Question.of("reset your password", NOW), Scope.ALL)
                  .list()
                  .get(0)
                  .articleId())
          .isEqualTo("reset");
    }
  }

  @Test
  void whatALongQuestionEndsWithIsPartOfItsMeaning(@TempDir Path folder) {
    Watched model = new Watched();
    try (KnowledgeBase kb = KnowledgeBase.open(folder, model, VectorStore.NONE, Tuning.DEFAULT)) {
      kb.putAll(List.of(PASSWORD, PARCEL));
      model.asked.clear();
      String said = "I moved house and nothing works since. \uD83D\uDE00".repeat(40);
      kb.match(Question.of(said + "\nThe login page wants a code.", NOW), Scope.ALL);
      assertThat(model.asked)
          .first()
          .asString()
          .startsWith("I moved house")
          .endsWith("The login page wants a code.")
          .hasSizeBetween(700, 800)
          .matches(text -> text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF));
    }
  }

  @Test
  void aTextThatAWellModelCannotTakeIsJudgedByItsWords(@TempDir Path folder) {
    Watched model = new Watched();
    model.refused = "stripes";
    try (KnowledgeBase kb = KnowledgeBase.open(folder, model, VectorStore.NONE, Tuning.DEFAULT)) {
      kb.putAll(List.of(PASSWORD, PARCEL));
      Matches unknown = kb.match(Question.of("zebra stripes", NOW), Scope.ALL);
      assertThat(unknown.degraded()).isFalse();
      assertThat(unknown.verdict()).isInstanceOf(Verdict.NoMatch.class);
      assertThat(kb.impairment()).isEmpty();
      kb.remember("asked", Question.of("zebra stripes", NOW));
      assertThat(kb.wordsOnly(5).questions()).isEmpty();
      Matches known = kb.match(Question.of("reset your password stripes", NOW), Scope.ALL);
      model.broken = true;
      Matches byWords = kb.match(Question.of("reset your password, stripes", NOW), Scope.ALL);
      assertThat(byWords.degraded()).isTrue();
      assertThat(known.answerable()).isEqualTo(byWords.answerable()).isGreaterThan(0.5);
    }
  }

  @Test
  void rebuildingAsksTheModelNothingAndAnswersTheSame(@TempDir Path one, @TempDir Path two) {
    Kept vectors = new Kept();
    Question question = Question.of("cannot sign in, credentials lost", NOW);
    Matches before;
    try (KnowledgeBase kb = KnowledgeBase.open(one, new Watched(), vectors, Tuning.DEFAULT)) {
      kb.putAll(List.of(PASSWORD, PARCEL));
      before = kb.match(question, Scope.ALL);
    }
    Watched model = new Watched();
    try (KnowledgeBase kb = KnowledgeBase.open(two, model, vectors, Tuning.DEFAULT)) {
      kb.putAll(List.of(PASSWORD, PARCEL));
      assertThat(kb.match(question, Scope.ALL)).isEqualTo(before);
      assertThat(model.asked).isEmpty();
    }
  }

  @Test
  void anIndexOfAnotherModelIsBegunAgain(@TempDir Path folder) {
    try (KnowledgeBase kb = KnowledgeBase.open(folder)) {
      kb.put(PASSWORD);
      kb.commit(3);
    }
    try (KnowledgeBase kb =
        KnowledgeBase.open(folder, new Watched(), VectorStore.NONE, Tuning.DEFAULT)) {
      assertThat(kb.revision()).isEqualTo(-1);
    }
  }

  @Test
  void textsWithoutAVectorLieBetweenThoseThatHaveOne(@TempDir Path folder) {
    try (KnowledgeBase kb =
        KnowledgeBase.open(folder, new Watched(), VectorStore.NONE, Tuning.DEFAULT)) {
      for (int i = 0; i < 5; i++) {
        kb.put(
            Article.builder("ko" + i, "환불 요청 방법 " + i, "reset password 환불을 누릅니다.")
                .language("ko")
                .build());
        kb.put(
            Article.builder("en" + i, "Reset your password " + i, "Choose Forgot password.")
                .build());
      }
      kb.calibrate();
      Matches matches = kb.match(Question.of("reset my password", NOW), Scope.ALL);
      assertThat(matches.list()).hasSize(5);
      assertThat(matches.list())
          .allMatch(match -> match.evidence().features().containsKey("focus-meaning"));
    }
  }

  @Test
  void whatTheCaseItselfTaughtIsLeftOutHoweverMuchItIs(@TempDir Path folder) {
    try (KnowledgeBase kb =
        KnowledgeBase.open(folder, new Watched(), VectorStore.NONE, Tuning.DEFAULT)) {
      kb.putAll(List.of(PASSWORD, PARCEL));
      Question question = Question.of("my password is gone", NOW);
      for (int taught : List.of(1, 300)) {
        List<AskedAs> wordings = new ArrayList<>();
        for (int i = 0; i < taught; i++) {
          wordings.add(new AskedAs("w" + i, "parcel", question.text() + " " + i, "case-1", NOW));
        }
        kb.learn(wordings);
        kb.commit(taught);
        assertThat(kb.match(question, Scope.ALL).list())
            .anyMatch(match -> !match.evidence().askedAs().isEmpty());
        assertThat(kb.match(question, Scope.except("case-1")).list())
            .allMatch(match -> match.evidence().askedAs().isEmpty())
            .first()
            .extracting(Match::articleId)
            .isEqualTo("reset");
      }
    }
  }
}
