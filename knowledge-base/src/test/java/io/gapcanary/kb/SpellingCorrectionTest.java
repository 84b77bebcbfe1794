package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingCorrectionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

  /** A model whose vocabulary is these words. */
  private record Vocabulary(Set<String> vocabulary) implements TextEmbedder {
    @Override
    public String name() {
      return "vocabulary";
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
    public boolean knowsWord(String word) {
      return vocabulary.contains(word);
    }

    @Override
    public List<float[]> embed(List<String> texts, Role role) {
      return texts.stream().map(text -> new float[] {1, 0}).toList();
    }
  }

  @TempDir Path folder;
  private KnowledgeBase kb;

  @BeforeEach
  void articles() {
    kb =
        KnowledgeBase.open(
            folder, new Vocabulary(Set.of("canola", "accent")), VectorStore.NONE, Tuning.DEFAULT);
    kb.put(
        Article.builder(
                "move",
                "Transfer money between accounts",
                "Choose the account to transfer from. Search the other account by its number.")
            .language("en")
            .build());
    kb.put(
        Article.builder("frame", "Show a frame", "The frame is drawn by the sitemap of the canal.")
            .language("en")
            .build());
  }

  @AfterEach
  void close() {
    kb.close();
  }

  private String said(String text) {
    return String.join(" ", kb.asked(Question.of(text, NOW)).surfaces().values());
  }

  @ParameterizedTest
  @CsvSource({
    "acocunt, account",
    "acount, account",
    "accounnt, account",
    "accpunt, account",
    "trensfer, transfer",
    "Trasnfer, transfer",
    "ttransfer, transfer",
  })
  void aSlipIsReadAsTheWordOfTheDesk(String typed, String meant) {
    assertThat(said("my " + typed)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({
    "starch", // not the key beside that of search
    "iframe",
    "sitemaps",
    "monev", // short, and two of the model's words might be meant
    "canola", // a word of the model
    "accent",
    "acuont", // two slips
    "acocunt-7",
    "user@acocunt.example",
  })
  void aWordThatMayBeMeantStays(String typed) {
    assertThat(said("my " + typed)).contains(typed.split("[@.-]")[0]);
  }

  @Test
  void aWordThatArticlesHaveIsNoSlipThoughAnotherIsUsedMore() {
    kb.put(
        Article.builder("count", "The acount protocol", "What acount is.").language("en").build());
    assertThat(said("my acount")).isEqualTo("acount");
  }

  @Test
  void theSameQuestionIsReadAnewAfterEachChange() {
    assertThat(said("my acount")).isEqualTo("account");
    kb.put(Article.builder("count", "The acount protocol", "It is.").language("en").build());
    assertThat(said("my acount")).isEqualTo("acount");
    kb.remove("count");
    assertThat(said("my acount")).isEqualTo("account");

    Question question = Question.of("which account", NOW);
    double before = kb.asked(question).terms().get("account");
    kb.learn(List.of(new AskedAs("a", "move", "which account", "c", NOW)));
    double learned = kb.asked(question).terms().get("account");
    assertThat(learned).isLessThan(before);
    kb.unlearn(List.of("a"));
    assertThat(kb.asked(question).terms().get("account")).isEqualTo(before);
  }

  @Test
  void aSlipThatWasLearnedOnceIsStillRead() throws IOException {
    for (int i = 0; i < 12; i++) {
      kb.learn(List.of(new AskedAs("a" + i, "move", "which account " + i, "c" + i, NOW)));
    }
    kb.learn(List.of(new AskedAs("slip", "move", "which acocunt", "c99", NOW)));
    kb.commit(1);
    assertThat(said("my acocunt")).isEqualTo("account");
  }

  @Test
  void anotherAnswerComesOfIt() {
    assertThat(kb.match(Question.of("tranfser to anothre acocunt", NOW), Scope.ALL).list().get(0))
        .extracting(Match::articleId)
        .isEqualTo("move");
  }

  @Test
  void withoutAVocabularyOnlyLongWordsAreMended(@TempDir Path other) {
    try (KnowledgeBase words = KnowledgeBase.open(other)) {
      words.put(
          Article.builder("move", "Transfer money between accounts", "Choose the account.")
              .language("en")
              .build());
      assertThat(words.asked(Question.of("acocunt moeny", NOW)).surfaces().values())
          .containsExactlyInAnyOrder("account", "moeny");
    }
  }
}
