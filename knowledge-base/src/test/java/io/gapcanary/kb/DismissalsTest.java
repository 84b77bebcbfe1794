package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DismissalsTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final String ASKED = "the printer prints blank pages after cleaning";

  @TempDir Path folder;
  private KnowledgeBase kb;

  @BeforeEach
  void someArticles() {
    kb = KnowledgeBase.open(folder);
    kb.put(Article.builder("printer", "The printer prints blank pages", "Clean it.").build());
    kb.put(
        Article.builder("driver", "Printer prints blank pages after an update", "Install it.")
            .build());
    kb.put(Article.builder("refund", "Ask for a refund", "Open the order.").build());
  }

  @AfterEach
  void close() {
    kb.close();
  }

  private static AskedAs wording(String id, String text, String... voices) {
    return new AskedAs(id, "printer", text, "case-" + id, NOW, Set.of(voices));
  }

  private void dismissed(String id, String... voices) {
    kb.learnDismissals(List.of(wording(id, ASKED, voices)));
  }

  private Matches ask(String text, Instant at) {
    return kb.match(Question.of(text, at), Scope.ALL);
  }

  private double probability(Matches matches) {
    return matches.list().stream()
        .filter(match -> match.articleId().equals("printer"))
        .findFirst()
        .map(Match::probability)
        .orElse(0.0);
  }

  private double probability() {
    return probability(ask(ASKED, NOW));
  }

  @Test
  void twoDismissalsLowerAnArticleForMuchTheSameQuestionAtOnce() {
    double before = probability();
    assertThat(ask(ASKED, NOW).list().getFirst().articleId()).isEqualTo("printer");
    dismissed("d1");
    assertThat(probability()).isEqualTo(before);
    dismissed("d2");
    double after = probability();
    assertThat(after).isLessThan(before / 3);
    assertThat(ask(ASKED, NOW).list().getFirst().articleId()).isEqualTo("driver");
    kb.commit(1); // from memory into the index
    assertThat(probability()).isCloseTo(after, within(1e-9));
  }

  @Test
  void twoDismissalsOfOneCustomerOrOneAgentAreOneVoice() {
    double before = probability();
    dismissed("d1", "agent:kim", "customer:1");
    dismissed("d2", "agent:kim", "customer:2");
    dismissed("d3", "agent:lee", "customer:1");
    assertThat(probability()).isEqualTo(before);
    dismissed("d4", "agent:lee", "customer:2");
    assertThat(probability()).isLessThan(before);
  }

  @Test
  void dismissalsSayNothingOfAnotherQuestionThatTheArticleAnswers() {
    String another = "why does the printer print pages that are blank on the left";
    double before = probability(ask(another, NOW));
    dismissed("d1");
    dismissed("d2");
    assertThat(probability(ask(another, NOW))).isEqualTo(before);
  }

  @Test
  void whatIsGivenAsOftenAsItIsDismissedIsNotDoubted() {
    dismissed("d1");
    dismissed("d2");
    kb.learn(List.of(wording("l1", ASKED), wording("l2", ASKED)));
    double given = probability();
    kb.unlearn(List.of("d1", "d2"));
    assertThat(probability()).isEqualTo(given);
  }

  @Test
  void anOldDismissalIsForgotten() {
    double before = probability();
    dismissed("d1");
    dismissed("d2");
    Instant last = NOW.plus(Tuning.DEFAULT.learnedFor());
    assertThat(probability(ask(ASKED, last))).isLessThan(before / 3);
    assertThat(probability(ask(ASKED, last.plusSeconds(1)))).isEqualTo(before);
  }

  @Test
  void aDismissalThatIsTakenBackOrLeftOutDoesNotCount() {
    double before = probability();
    dismissed("d1");
    dismissed("d2");
    assertThat(kb.match(Question.of(ASKED, NOW), Scope.except("case-d2")))
        .satisfies(matches -> assertThat(probability(matches)).isEqualTo(before));
    kb.unlearn(List.of("d1"));
    assertThat(probability()).isEqualTo(before);
  }

  @Test
  void dismissalsGoWithTheirArticle() {
    double before = probability();
    dismissed("d1");
    dismissed("d2");
    kb.remove("printer");
    kb.put(Article.builder("printer", "The printer prints blank pages", "Clean it.").build());
    assertThat(probability()).isEqualTo(before);
  }

  @Test
  void nothingIsTakenWhereNothingWasDismissed() {
    Explanation explanation = kb.explain(Question.of(ASKED, NOW), List.of(), Scope.ALL);
    assertThat(explanation.answerability().dismissed()).isZero();
    assertThat(explanation.find("printer").orElseThrow().contributions())
        .extracting(Contribution::name)
        .doesNotContain("dismissed");
  }

  @Test
  void dismissalsAreExplained() {
    dismissed("d1");
    dismissed("d2");
    Explanation explanation = kb.explain(Question.of(ASKED, NOW), List.of("printer"), Scope.ALL);

    ExplainedMatch printer = explanation.find("printer").orElseThrow();
    assertThat(printer.rank()).isEqualTo(2);
    assertThat(printer.dismissed().voices()).isEqualTo(2);
    assertThat(printer.dismissed().logOdds()).isNegative();
    assertThat(printer.match().evidence().dismissedFor()).containsExactly(ASKED);
    Answerability answerability = explanation.answerability();
    double any = answerability.anyAnswers();
    double logOdds = Math.log(any / (1 - any)) + answerability.dismissed();
    assertThat(answerability.dismissed()).isNegative();
    assertThat(answerability.probability()).isCloseTo(1 / (1 + Math.exp(-logOdds)), within(1e-9));
    assertThat(explanation.find("driver").orElseThrow().dismissed().logOdds()).isZero();
    assertThat(explanation.articles().getFirst().match().articleId()).isEqualTo("driver");
    assertThat(printer.score())
        .isCloseTo(
            printer.contributions().stream().mapToDouble(Contribution::contribution).sum(),
            within(1e-9));
    assertThat(explanation.compare("printer", "driver").orElseThrow().decisive().orElseThrow())
        .extracting(Comparison.Difference::name)
        .isEqualTo("dismissed");
  }

  @Test
  void whatSpeaksAgainstOneArticleRaisesTheOthers() {
    double driver = driver();
    dismissed("d1");
    dismissed("d2");
    assertThat(driver()).isGreaterThan(driver);
    assertThat(ask(ASKED, NOW).list())
        .extracting(Match::probability)
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
  }

  private double driver() {
    return ask(ASKED, NOW).list().stream()
        .filter(match -> match.articleId().equals("driver"))
        .mapToDouble(Match::probability)
        .sum();
  }
}
