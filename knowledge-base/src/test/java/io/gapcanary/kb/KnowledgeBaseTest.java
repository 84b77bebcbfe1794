package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words only: what holds without a model holds with one. */
class KnowledgeBaseTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir Path folder;
  private KnowledgeBase kb;

  @BeforeEach
  void open() {
    kb = KnowledgeBase.open(folder);
    kb.putAll(
        List.of(
            article(
                    "reset",
                    "Reset your password",
                    "Open the login page and choose Forgot password.")
                .build(),
            article("refund", "Get a refund", "Refunds are paid within five days to your card.")
                .build(),
            article("invoice", "Download an invoice", "Invoices are under Billing, newest first.")
                .build(),
            article("shipping", "Track a parcel", "The tracking number is in the dispatch mail.")
                .build(),
            article("ko-refund", "환불 요청 방법", "주문 내역에서 환불 버튼을 누르면 5일 안에 환불됩니다.").build(),
            article("ko-delivery", "배송 조회 방법", "송장 번호로 택배 위치를 확인할 수 있습니다.").build()));
  }

  @AfterEach
  void close() {
    kb.close();
  }

  private static Article.Builder article(String id, String title, String body) {
    return Article.builder(id, title, body);
  }

  private Matches ask(String text) {
    return kb.match(Question.of(text, NOW), Scope.ALL);
  }

  private Matches ask(String text, String product, String version) {
    return kb.match(new Question(text, null, product, version, NOW), Scope.ALL);
  }

  private static String best(Matches matches) {
    return matches.list().get(0).articleId();
  }

  @Test
  void theArticleWithTheQuestionsWordsComesFirst() {
    assertThat(best(ask("how can I reset my password?"))).isEqualTo("reset");
    assertThat(best(ask("where is my refund"))).isEqualTo("refund");
  }

  @Test
  void probabilitiesOfMatchesAddUpToThatOfSomeAnswer() {
    Matches matches = ask("reset password");
    double sum = matches.list().stream().mapToDouble(Match::probability).sum();
    assertThat(sum).isCloseTo(matches.answerable(), within(1e-6));
    assertThat(matches.answerable()).isBetween(0.0, 1.0);
  }

  @Test
  void aCloseQuestionIsLikelierAnsweredThanAFarOne() {
    assertThat(ask("reset password").answerable())
        .isGreaterThan(ask("my parrot sings at night").answerable() + 0.3);
  }

  @Test
  void aMatchSaysWhichPassageAndWhichOfTheCustomersWords() {
    Evidence evidence = ask("I want invoices for my billing").list().get(0).evidence();
    assertThat(evidence.passage()).isEqualTo("Invoices are under Billing, newest first.");
    assertThat(evidence.words()).contains("invoices", "billing");
    assertThat(evidence.features()).containsKey("title-recall");
  }

  @Test
  void koreanIsFoundWhateverItsEndingsAndSpacing() {
    for (String wording : List.of("환불 요청", "환불요청", "환불해주세요", "환불 받고 싶어요")) {
      assertThat(best(ask(wording))).as(wording).isEqualTo("ko-refund");
    }
  }

  @Test
  void decomposedHangulIsTheSameText() {
    String decomposed = java.text.Normalizer.normalize("환불 요청", java.text.Normalizer.Form.NFD);
    assertThat(ask(decomposed).answerable()).isEqualTo(ask("환불 요청").answerable());
  }

  @Test
  void mixedTextIsSearchedInBothLanguages() {
    kb.put(article("e4032", "오류 코드 E-4032 Router 재부팅", "공유기를 껐다 켜면 E-4032가 사라집니다.").build());
    assertThat(best(ask("router에 E-4032 떠요"))).isEqualTo("e4032");
  }

  @Test
  void anArticleThatWasReplacedIsFoundByItsNewWordsOnly() {
    kb.put(article("reset", "Change the ringtone", "Settings, sounds, ringtone.").build());
    assertThat(best(ask("ringtone"))).isEqualTo("reset");
    assertThat(ask("forgot password").list()).noneMatch(m -> m.articleId().equals("reset"));
    assertThat(kb.size()).isEqualTo(6);
  }

  @Test
  void anArticleThatWasRemovedIsFoundNoMore() {
    assertThat(kb.remove("reset")).isTrue();
    assertThat(kb.remove("reset")).isFalse();
    assertThat(ask("reset password").list()).noneMatch(m -> m.articleId().equals("reset"));
  }

  @Test
  void anotherProductsArticleIsNoCandidate() {
    kb.put(article("tv", "Reset the television", "Hold reset.").product("tv").build());
    assertThat(ask("reset television", "phone", null).list())
        .noneMatch(m -> m.articleId().equals("tv"));
    assertThat(best(ask("reset television", "TV", null))).isEqualTo("tv");
    assertThat(best(ask("reset television", null, null))).isEqualTo("tv");
  }

  @Test
  void theRightSubjectForAnotherVersionIsSaidToBeThat() {
    kb.put(
        article("sync", "Synchronise the calendar", "Calendar, settings, synchronise.")
            .versions("<3.0")
            .build());
    assertThat(ask("synchronise the calendar", "app", "2.4").verdict())
        .isInstanceOf(Verdict.Answered.class);
    assertThat(ask("synchronise the calendar", "app", "3.1").verdict())
        .isEqualTo(new Verdict.NoMatch(Verdict.Reason.OTHER_VERSION, "sync"));
    assertThat(ask("synchronise the calendar", "app", "newest").verdict())
        .isInstanceOf(Verdict.Answered.class);
  }

  @Test
  void anArchivedAndAnExpiredArticleAreNamedAsTheReason() {
    kb.put(
        article("old", "Synchronise the calendar", "Calendar.")
            .confidence(Article.Confidence.ARCHIVED)
            .build());
    assertThat(ask("synchronise the calendar").verdict())
        .isEqualTo(new Verdict.NoMatch(Verdict.Reason.ARCHIVED, "old"));
    kb.put(article("old", "Synchronise the calendar", "Calendar.").validUntil(NOW).build());
    assertThat(ask("synchronise the calendar").verdict())
        .isEqualTo(new Verdict.NoMatch(Verdict.Reason.EXPIRED, "old"));
  }

  @Test
  void anArticleThatIsNotYetPublishedIsNotMentioned() {
    kb.put(
        article("soon", "Synchronise the calendar", "Calendar.")
            .publishedAt(NOW.plusSeconds(1))
            .build());
    assertThat(ask("synchronise the calendar").list()).noneMatch(m -> m.articleId().equals("soon"));
    assertThat(ask("synchronise the calendar").verdict())
        .isEqualTo(new Verdict.NoMatch(Verdict.Reason.NO_ARTICLE, null));
  }

  @Test
  void anArticleInAnotherLanguageIsTheReasonAndNotTheAnswer() {
    kb.put(
        article("hub", "SmartHub LED E-77 Zigbee pairing", "SmartHub E-77 Zigbee pairing LED.")
            .language("en")
            .build());
    Matches matches = ask("SmartHub E-77 Zigbee pairing LED 안돼요");
    assertThat(matches.verdict())
        .isEqualTo(new Verdict.NoMatch(Verdict.Reason.OTHER_LANGUAGE, "hub"));
    assertThat(matches.list()).noneMatch(m -> m.articleId().equals("hub"));
  }

  @Test
  void theProductsNameAloneMakesNoArticleOfAnotherLanguageTheReason() {
    kb.put(
        article("mail", "Thunderbird and Gmail", "Add a Gmail account to Thunderbird.")
            .language("en")
            .build());
    String german =
        "Seit zwei Tagen kann ich in Thunderbird keine Nachrichten mehr versenden, obwohl mein"
            + " Passwort für Gmail richtig eingegeben wurde und der Empfang wie gewohnt funktioniert";
    assertThat(ask(german).verdict())
        .isEqualTo(new Verdict.NoMatch(Verdict.Reason.NO_ARTICLE, null));
  }

  @Test
  void aLearnedWordingFindsItsArticleAtOnce() {
    Question odd = Question.of("the thingy blinks purple", NOW);
    assertThat(kb.match(odd, Scope.ALL).list()).noneMatch(m -> m.articleId().equals("shipping"));
    kb.learn(List.of(new AskedAs("w1", "shipping", "my thingy is blinking purple", "case-1", NOW)));
    assertThat(best(kb.match(odd, Scope.ALL))).isEqualTo("shipping");
  }

  @Test
  void aWordingCanBeLeftOutBySourceOrAltogetherOrTakenBack() {
    Question odd = Question.of("the thingy blinks purple", NOW);
    kb.learn(List.of(new AskedAs("w1", "shipping", "my thingy is blinking purple", "case-1", NOW)));
    assertThat(kb.match(odd, Scope.except("case-1")).list())
        .noneMatch(m -> m.articleId().equals("shipping"));
    assertThat(kb.match(odd, Scope.ARTICLES_ONLY).list())
        .noneMatch(m -> m.articleId().equals("shipping"));
    kb.unlearn(Set.of("w1"));
    assertThat(kb.match(odd, Scope.ALL).list()).noneMatch(m -> m.articleId().equals("shipping"));
  }

  private boolean finds(String text, Instant at) {
    return kb.match(Question.of(text, at), Scope.ALL).list().stream()
        .anyMatch(m -> m.articleId().equals("shipping"));
  }

  @Test
  void aWordingIsForgottenWithAgeUnlessItIsLearnedAgain() {
    Instant last = NOW.plus(Tuning.DEFAULT.learnedFor());
    kb.learn(List.of(new AskedAs("w1", "shipping", "my thingy is blinking purple", "case-1", NOW)));
    for (int written = 0; written < 2; written++) {
      assertThat(finds("thingy blinking purple", last)).isTrue();
      assertThat(finds("thingy blinking purple", last.plusSeconds(1))).isFalse();
      kb.commit(1); // from memory into the index
    }
    kb.learn(
        List.of(new AskedAs("w2", "shipping", "my thingy is blinking purple", "case-2", last)));
    assertThat(finds("thingy blinking purple", last.plusSeconds(1))).isTrue();
  }

  @Test
  void aWordingOfNoKnownTimeNeverAges() {
    kb.learn(
        List.of(new AskedAs("w1", "shipping", "my thingy is blinking purple", "h", Instant.EPOCH)));
    assertThat(finds("thingy blinking purple", Instant.MAX)).isTrue();
    kb.commit(1);
    assertThat(finds("thingy blinking purple", Instant.MAX)).isTrue();
    assertThat(finds("thingy blinking purple", Instant.MIN)).isTrue();
  }

  @Test
  void aWordingSurvivesItsArticlesReplacementAndNotItsRemoval() {
    kb.learn(List.of(new AskedAs("w1", "shipping", "my thingy is blinking purple", "case-1", NOW)));
    kb.put(article("shipping", "Track a parcel", "See the mail.").build());
    assertThat(best(ask("thingy blinking purple"))).isEqualTo("shipping");
    kb.remove("shipping");
    assertThat(ask("thingy blinking purple").list())
        .noneMatch(m -> m.articleId().equals("shipping"));
  }

  private Explanation explain(String text, String... articles) {
    return kb.explain(Question.of(text, NOW), List.of(articles), Scope.ALL);
  }

  @Test
  void explainMeasuresAnArticleThatNoSearchLedTo() {
    Explanation explanation = explain("reset password", "shipping", "nowhere");
    ExplainedMatch shipping = explanation.find("shipping").orElseThrow();
    assertThat(shipping.match().probability()).isLessThan(0.2);
    assertThat(shipping.match().evidence().features()).doesNotContainKey("neighbour-share");
    assertThat(explanation.find("nowhere")).isEmpty();
  }

  @Test
  void anExplanationAddsUpToWhatIsMatched() {
    kb.learn(List.of(new AskedAs("w1", "refund", "my money back please", "case-1", NOW)));
    Matches matches = ask("can I get my money back on the card");
    Explanation explanation = explain("can I get my money back on the card");
    assertThat(explanation.matches()).isEqualTo(matches);
    assertThat(explanation.articles())
        .extracting(ExplainedMatch::match)
        .containsExactlyElementsOf(matches.list());
    for (ExplainedMatch one : explanation.articles()) {
      double sum = one.contributions().stream().mapToDouble(Contribution::contribution).sum();
      assertThat(sum).isEqualTo(one.score(), within(1e-9));
      assertThat(one.match().probability())
          .isEqualTo(matches.answerable() * one.share(), within(1e-9));
    }
    Answerability parts = explanation.answerability();
    double logOdds =
        parts.intercept() + parts.signs().stream().mapToDouble(Contribution::contribution).sum();
    assertThat(parts.anyAnswers()).isEqualTo(1 / (1 + Math.exp(-logOdds)), within(1e-9));
    assertThat(parts.probability()).isEqualTo(matches.answerable());
    assertThat(parts.doubt().logOdds()).isZero();
    assertThat(parts.anyAnswers() * parts.applies()).isEqualTo(matches.answerable(), within(1e-9));
  }

  @Test
  void doubtFromExperienceIsTold() {
    for (int i = 0; i < 12; i++) {
      kb.learn(List.of(new AskedAs("w" + i, "reset", "password reset " + i, "case-" + i, NOW)));
      kb.remember("u" + i, Question.of("get a refund in cash today", NOW));
    }
    Answerability.Doubt doubt = explain("get a refund in cash today").answerability().doubt();
    assertThat(doubt.unanswered()).isPositive();
    assertThat(doubt.logOdds()).isNegative();
  }

  @Test
  void twoArticlesAreComparedFeatureByFeature() {
    Explanation explanation = explain("reset password", "refund");
    Comparison comparison = explanation.compare("refund", "reset").orElseThrow();
    assertThat(comparison.ahead().match().articleId()).isEqualTo("reset");
    assertThat(
            comparison.differences().stream().mapToDouble(Comparison.Difference::difference).sum())
        .isEqualTo(comparison.lead(), within(1e-9));
    Comparison.Difference decisive = comparison.decisive().orElseThrow();
    assertThat(decisive.ahead()).isGreaterThan(decisive.behind());
    assertThat(explanation.compare("reset", "reset")).isEmpty();
    assertThat(explanation.compare("reset", "nowhere")).isEmpty();
  }

  @Test
  void anArticleThatDoesNotApplySaysWhy() {
    kb.put(article("old", "Reset your password", "In the old app.").versions("<2").build());
    Question question = new Question("reset password", null, null, "3.0", NOW);
    Explanation explanation = kb.explain(question, List.of("old"), Scope.ALL);
    ExplainedMatch old = explanation.find("old").orElseThrow();
    assertThat(old.obstacle()).isEqualTo(Verdict.Reason.OTHER_VERSION);
    assertThat(old.rank()).isZero();
    assertThat(explanation.articles().getLast()).isEqualTo(old);
    Comparison comparison = explanation.compare("old", "reset").orElseThrow();
    assertThat(comparison.behind()).isEqualTo(old);
    assertThat(comparison.decisive()).isEmpty();
  }

  @Test
  void aFloorThatPeopleDecidedStandsOverTheFoundOneUntilItIsTakenBack() {
    double found = kb.floor("en");
    kb.useFloors(Map.of("en", 0.93));
    assertThat(ask("reset password").floor()).isEqualTo(0.93);
    assertThat(kb.foundFloor("en")).isEqualTo(found);
    assertThat(kb.floor("ko")).isEqualTo(kb.foundFloor("ko"));
    assertThat(kb.isFitted("en")).isFalse();
    assertThatThrownBy(() -> kb.useFloors(Map.of("en", 1.0)))
        .isInstanceOf(IllegalArgumentException.class);
    kb.useFloors(Map.of());
    assertThat(kb.floor("en")).isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "?!", "the of and", "👍", "\uD800", "hello"})
  void textWithoutAQuestionIsTooLittle(String text) {
    assertThat(ask(text).verdict()).isInstanceOf(Verdict.TooLittleText.class);
  }

  @Test
  void hostileTextIsAnsweredLikeAnyOther() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      many.append("word").append(i).append(' ');
    }
    for (String text :
        List.of(many.toString(), "x".repeat(100_000), "ㅋㅋㅋㅋ 환불 ㅠㅠ", "שלום refund", "12345 67890")) {
      assertThat(ask(text).answerable()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void theIndexRemembersTheRevisionItWasCommittedAt() {
    assertThat(kb.revision()).isEqualTo(-1);
    kb.commit(42);
    kb.close();
    kb = KnowledgeBase.open(folder);
    assertThat(kb.revision()).isEqualTo(42);
    assertThat(best(ask("reset password"))).isEqualTo("reset");
  }

  @Test
  void whatWasNotCommittedIsGoneAndTheRevisionSaysSo() {
    kb.commit(1);
    kb.put(article("late", "Synchronise the calendar", "Calendar.").build());
    kb.close();
    kb = KnowledgeBase.open(folder);
    assertThat(kb.revision()).isEqualTo(1);
    assertThat(kb.articleIds()).doesNotContain("late");
  }

  @Test
  void aDamagedIndexIsBegunAgain() throws IOException {
    kb.commit(7);
    kb.close();
    try (Stream<Path> files = Files.list(folder.resolve("articles"))) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("segments")).toList()) {
        Files.write(file, new byte[] {1, 2, 3});
      }
    }
    kb = KnowledgeBase.open(folder);
    assertThat(kb.revision()).isEqualTo(-1);
    assertThat(kb.size()).isZero();
  }

  @Test
  void aFolderHeldElsewhereIsRefusedInASentence() {
    assertThatThrownBy(() -> KnowledgeBase.open(folder))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("held by another process");
  }

  @Test
  void rememberedQuestionsAreFoundByTheirLikes() {
    kb.remember("q1", Question.of("the app crashes when I print a photo", NOW));
    kb.remember("q2", Question.of("delivery to an island", NOW));
    List<Neighbour> near = kb.neighbours(Question.of("app crashes on printing photos", NOW), 5);
    assertThat(near.get(0).id()).isEqualTo("q1");
    assertThat(near.get(0).sameSubject()).isGreaterThan(0.5);
    kb.forget(Set.of("q1"));
    assertThat(kb.neighbours(Question.of("app crashes on printing photos", NOW), 5))
        .noneMatch(n -> n.id().equals("q1"));
  }

  @Test
  void questionsOfAnotherProductAreNoNeighbours() {
    kb.remember("q1", new Question("printing crashes", null, "phone", null, NOW));
    assertThat(kb.neighbours(new Question("printing crashes", null, "tv", null, NOW), 5)).isEmpty();
    assertThat(kb.neighbours(new Question("printing crashes", null, "Phone", null, NOW), 5))
        .hasSize(1);
  }

  @Test
  void theSameChangesInTheSameOrderGiveTheSameAnswers(@TempDir Path other) {
    List<Article> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(article("a" + i, "Topic " + i + " password", "Body of topic " + i).build());
    }
    kb.putAll(all);
    try (KnowledgeBase twin = KnowledgeBase.open(other)) {
      twin.putAll(
          List.of(
              article(
                      "reset",
                      "Reset your password",
                      "Open the login page and choose Forgot password.")
                  .build(),
              article("refund", "Get a refund", "Refunds are paid within five days to your card.")
                  .build(),
              article("invoice", "Download an invoice", "Invoices are under Billing, newest first.")
                  .build(),
              article("shipping", "Track a parcel", "The tracking number is in the dispatch mail.")
                  .build(),
              article("ko-refund", "환불 요청 방법", "주문 내역에서 환불 버튼을 누르면 5일 안에 환불됩니다.").build(),
              article("ko-delivery", "배송 조회 방법", "송장 번호로 택배 위치를 확인할 수 있습니다.").build()));
      twin.putAll(all);
      Question question = Question.of("reset the password of topic 7", NOW);
      assertThat(twin.match(question, Scope.ALL)).isEqualTo(kb.match(question, Scope.ALL));
    }
  }
}
