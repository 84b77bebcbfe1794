package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words only: what holds without a model holds with one. */
class SupposedTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final List<String> QUESTIONS =
      List.of(
          "How do I reset my password?",
          "Where is my invoice?",
          "How can I feed a giraffe in winter?",
          "기린에게 겨울에 무엇을 먹이나요?",
          "환불은 어떻게 요청하나요?");

  @TempDir Path folder;
  private KnowledgeBase kb;

  @BeforeEach
  void open() {
    kb = KnowledgeBase.open(folder);
    kb.putAll(
        List.of(
            article("reset", "Reset your password", "Open the login page, choose Forgot password."),
            article("refund", "Get a refund", "Refunds are paid within five days to your card."),
            article("invoice", "Download an invoice", "Invoices are under Billing, newest first."),
            article("ko-refund", "환불 요청 방법", "주문 내역에서 환불 버튼을 누르면 5일 안에 환불됩니다."),
            article("ko-delivery", "배송 조회 방법", "송장 번호로 택배 위치를 확인할 수 있습니다.")));
  }

  @AfterEach
  void close() {
    kb.close();
  }

  private static Article article(String id, String title, String body) {
    return Article.builder(id, title, body).build();
  }

  private List<Matches> now() {
    return QUESTIONS.stream().map(text -> kb.match(Question.of(text, NOW), Scope.ALL)).toList();
  }

  private List<Matches> supposing(Supposition supposition) {
    Supposed supposed = kb.suppose(supposition);
    return QUESTIONS.stream()
        .map(text -> supposed.match(Question.of(text, NOW), Scope.ALL))
        .toList();
  }

  @Test
  void aSupposedArticleMatchesExactlyAsIfItWerePut() {
    Article english = article("giraffe", "Feed a giraffe in winter", "Give a giraffe hay.");
    Article korean = article("기린", "겨울에 기린 먹이 주기", "겨울에는 기린에게 건초를 먹입니다.");
    List<Matches> before = now();
    List<Matches> supposed =
        supposing(new Supposition(List.of(english, korean), List.of(), Map.of(), Set.of()));
    assertThat(now()).isEqualTo(before);
    kb.putAll(List.of(english, korean));
    assertThat(now()).isEqualTo(supposed).isNotEqualTo(before);
  }

  @Test
  void anArticleThatIsSupposedAwayIsFoundBySomeOtherWordsNoMore() {
    kb.learn(List.of(new AskedAs("w1", "invoice", "Where is my invoice?", "case-1", NOW)));
    Question asked = Question.of("Where is my invoice?", NOW);
    assertThat(kb.match(asked, Scope.ALL).list().getFirst().articleId()).isEqualTo("invoice");
    Supposed without =
        kb.suppose(new Supposition(List.of(), List.of(), Map.of(), Set.of("invoice")));
    assertThat(without.match(asked, Scope.ALL).list())
        .extracting(Match::articleId)
        .doesNotContain("invoice");
    assertThat(kb.match(asked, Scope.ALL).list().getFirst().articleId()).isEqualTo("invoice");
  }

  @Test
  void whatWasDismissedSaysNothingOfTheArticleAsItMightBecome() {
    List<Matches> before = now();
    for (String id : List.of("d1", "d2")) {
      kb.learnDismissals(List.of(new AskedAs(id, "reset", QUESTIONS.getFirst(), id, NOW)));
    }
    assertThat(now()).isNotEqualTo(before);
    Article same =
        article("reset", "Reset your password", "Open the login page, choose Forgot password.");
    assertThat(supposing(Supposition.article(same))).isEqualTo(before);
  }

  @Test
  void aChangedArticleStandsInThePlaceOfWhatItWas() {
    kb.learn(List.of(new AskedAs("w", "reset", "I cannot sign in", "case-1", NOW)));
    Article other = article("reset", "Feed a giraffe in winter", "Give a giraffe hay in winter.");
    Matches supposed = supposing(Supposition.article(other)).get(0);
    assertThat(supposed.list()).noneMatch(match -> match.title().equals("Reset your password"));
    assertThat(supposing(Supposition.article(other)).get(2).list().getFirst().articleId())
        .isEqualTo("reset");
    assertThat(now().get(0).list().getFirst().title()).isEqualTo("Reset your password");
  }

  @Test
  void aSupposedWordingMatchesExactlyAsIfItWereLearned() {
    AskedAs wording = new AskedAs("w", "invoice", "How can I feed a giraffe?", "case-1", NOW);
    List<Matches> before = now();
    List<Matches> supposed = supposing(Supposition.wordings(List.of(wording)));
    assertThat(now()).isEqualTo(before);
    kb.learn(List.of(wording));
    assertThat(now()).isEqualTo(supposed).isNotEqualTo(before);
  }

  @Test
  void aSupposedFloorJudgesOnlyItsLanguage() {
    List<Matches> supposed = supposing(Supposition.floor("en", 0.999));
    assertThat(supposed.get(0).verdict()).isInstanceOf(Verdict.NoMatch.class);
    assertThat(now().get(0).verdict()).isInstanceOf(Verdict.Answered.class);
    assertThat(supposed.get(4)).isEqualTo(now().get(4));
    assertThatThrownBy(() -> Supposition.floor("en", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFilterHoldsForWhatIsSupposedToo() {
    Article other =
        Article.builder("giraffe", "Feed a giraffe in winter", "Give a giraffe hay.")
            .product("Zoo")
            .build();
    Supposed supposed = kb.suppose(Supposition.article(other));
    Question farm = new Question("How can I feed a giraffe?", null, "Farm", null, NOW);
    assertThat(supposed.match(farm, Scope.ALL).list())
        .noneMatch(match -> match.articleId().equals("giraffe"));
    Question zoo = new Question("How can I feed a giraffe?", null, "Zoo", null, NOW);
    assertThat(supposed.match(zoo, Scope.ALL).list().getFirst().articleId()).isEqualTo("giraffe");
  }

  @Test
  void coverageTellsThePassageThatGoesFurthestOverAQuestion() {
    Question said = Question.of("Where do I choose forgot password on the login page?", NOW);
    Question unsaid = Question.of("The reset mail for my password never arrives in Outlook", NOW);
    Coverage covered = kb.coverage(said, "reset");
    assertThat(covered.passage()).contains("Forgot password");
    assertThat(covered.words()).isGreaterThan(0.7);
    assertThat(kb.coverage(unsaid, "reset").words()).isLessThan(0.5);
    assertThat(kb.coverage(said, "none").words()).isZero();
  }

  @Test
  void likenessOfManyIsThatOfEachTwo() {
    List<Question> questions = QUESTIONS.stream().map(text -> Question.of(text, NOW)).toList();
    double[][] alike = kb.sameSubjects(questions);
    for (int i = 0; i < alike.length; i++) {
      assertThat(alike[i][i]).isEqualTo(1);
      for (int j = 0; j < i; j++) {
        assertThat(alike[j][i])
            .isEqualTo(alike[i][j])
            .isEqualTo(kb.sameSubject(questions.get(j), questions.get(i)));
      }
    }
  }

  @Test
  void likenessToOthersIsThatOfEachTwo() {
    List<Question> questions = QUESTIONS.stream().map(text -> Question.of(text, NOW)).toList();
    List<Question> others = questions.subList(0, 2);
    double[][] alike = kb.sameSubjects(questions, others);
    for (int i = 0; i < alike.length; i++) {
      assertThat(alike[i])
          .containsExactly(
              kb.sameSubject(questions.get(i), others.get(0)),
              kb.sameSubject(questions.get(i), others.get(1)));
    }
  }

  @Test
  void comparedQuestionsAreAsAlikeAsEachTwo() {
    Question one = Question.of(QUESTIONS.get(0), NOW);
    Question other = Question.of(QUESTIONS.get(1), NOW);
    ComparedQuestions compared = new ComparedQuestions(kb);
    compared.put("1", one);
    compared.put("2", other);
    compared.put("3", one);
    assertThat(compared.sameSubject("1", "2"))
        .isEqualTo(compared.sameSubject("2", "1"))
        .isEqualTo(kb.sameSubject(other, one));
    assertThat(compared.sameSubject("1", "3")).isEqualTo(kb.sameSubject(one, one)).isPositive();
    compared.put("3", other);
    assertThat(compared.sameSubject("1", "3")).isEqualTo(compared.sameSubject("1", "2"));
    assertThat(compared.near("2", compared.sameSubject("2", "1"))).contains("1", "3");
    assertThat(compared.near("2", 1.01)).isEmpty();
    compared.remove("2");
    assertThat(compared.sameSubject("1", "2")).isZero();
    assertThat(compared.near("2", 0)).isEmpty();
    compared.clear();
    assertThat(compared.sameSubject("1", "3")).isZero();
  }
}
