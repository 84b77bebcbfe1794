package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperienceTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  private static List<PastQuestions.Past> past(int given, int ended) {
    List<PastQuestions.Past> past = new ArrayList<>();
    past.addAll(Collections.nCopies(given, new PastQuestions.Past(true, 0.9, null)));
    past.addAll(Collections.nCopies(ended, new PastQuestions.Past(false, 0.9, null)));
    return past;
  }

  @Test
  void casesThatEndedWithoutAnArticleRaiseDoubtWhereAgentsLink() {
    assertThat(Experience.of(past(0, 6), 600, 300).applyTo(0.9)).isLessThan(0.2);
  }

  @Test
  void theyRaiseNoneWhereAgentsSeldomLink() {
    assertThat(Experience.of(past(0, 6), 20, 980).applyTo(0.9)).isGreaterThan(0.88);
  }

  @Test
  void aForgottenLinkNowAndThenIsNoDoubt() {
    assertThat(Experience.of(past(8, 2), 600, 300).doubt()).isZero();
  }

  @Test
  void experienceNeverMakesAnAnswerLikelier() {
    assertThat(Experience.of(past(12, 0), 600, 300).applyTo(0.4)).isEqualTo(0.4);
  }

  @Test
  void questionsThatAreOnlyDistantlyAlikeDoNotCount() {
    List<PastQuestions.Past> distant =
        Collections.nCopies(12, new PastQuestions.Past(false, 0.2, null));
    assertThat(Experience.of(distant, 600, 300).doubt()).isZero();
  }

  @Test
  void anArticleThatAgentsDoNotGiveIsDoubted(@TempDir Path folder) {
    try (KnowledgeBase kb = KnowledgeBase.open(folder)) {
      kb.put(
          Article.builder("next", "Skip to the next song", "Say next to skip the song that plays.")
              .build());
      for (int i = 0; i < 60; i++) {
        kb.learn(List.of(new AskedAs("w" + i, "next", "skip song number " + i, "case-" + i, NOW)));
      }
      Question name = Question.of("what is the name of the song that plays", NOW);
      double before = kb.match(name, Scope.ALL).answerable();
      for (int i = 0; i < 6; i++) {
        kb.remember(
            "v" + i, Question.of("name of the song that plays " + "now please".repeat(i % 2), NOW));
      }
      assertThat(kb.match(name, Scope.ALL).answerable()).isLessThan(before / 2);
      assertThat(kb.match(name, Scope.ARTICLES_ONLY).answerable()).isGreaterThan(before / 2);
    }
  }

  @Test
  void whatAnotherVersionLackedSaysNothingAgainstAnArticleForThisOne(@TempDir Path folder) {
    assertThat(doubtFromAnotherVersion("<3.0", folder)).isZero();
  }

  @Test
  void anArticleForAllVersionsIsDoubtedByThoseWhoWereNotGivenIt(@TempDir Path folder) {
    assertThat(doubtFromAnotherVersion(null, folder)).isNegative();
  }

  private static double doubtFromAnotherVersion(@Nullable String versions, Path folder) {
    try (KnowledgeBase kb = KnowledgeBase.open(folder)) {
      kb.put(
          Article.builder("next", "Skip to the next song", "Say next to skip the song that plays.")
              .versions(versions)
              .build());
      for (int i = 0; i < 60; i++) {
        kb.learn(List.of(new AskedAs("w" + i, "next", "skip song number " + i, "case-" + i, NOW)));
      }
      String name = "what is the name of the song that plays";
      for (int i = 0; i < 6; i++) {
        kb.remember("v" + i, new Question(name, null, null, "3.1", NOW));
      }
      Question old = new Question(name, null, null, "2.4", NOW);
      return kb.explain(old, List.of(), Scope.ALL).answerability().doubt().logOdds();
    }
  }
}
