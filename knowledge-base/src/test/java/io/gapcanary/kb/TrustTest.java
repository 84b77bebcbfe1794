package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final String ASKED = "the portal refuses my password this morning";

  @TempDir Path folder;
  private KnowledgeBase kb;

  @BeforeEach
  void twoArticles() {
    kb = KnowledgeBase.open(folder);
    kb.put(Article.builder("reset", "Reset a password", "Choose a new one.").build());
    kb.put(Article.builder("refund", "Ask for a refund", "Open the order.").build());
  }

  @AfterEach
  void close() {
    kb.close();
  }

  private void learn(String id, String article, String text, String source, String... voices) {
    kb.learn(List.of(new AskedAs(id, article, text, source, NOW, Set.of(voices))));
  }

  private void severalCasesLeadToReset() {
    learn("w1", "reset", "the portal refuses my password again this morning", "case-1");
    learn("w2", "reset", "portal refuses my password since this morning", "case-2");
    learn("w3", "reset", "now the portal refuses my password this morning", "case-3");
  }

  private List<Match> matches() {
    return kb.match(Question.of(ASKED, NOW), Scope.ALL).list();
  }

  private List<String> alike(String article) {
    return matches().stream()
        .filter(match -> match.articleId().equals(article))
        .flatMap(match -> match.evidence().askedAs().stream())
        .toList();
  }

  @Test
  void oneWrongLinkDoesNotOutrankWhatManyConfirm() {
    learn("w0", "refund", ASKED, "case-0");
    assertThat(matches().getFirst().articleId()).isEqualTo("refund");
    severalCasesLeadToReset();
    assertThat(matches().getFirst().articleId()).isEqualTo("reset");
    assertThat(alike("refund")).isEmpty();
    assertThat(alike("reset")).hasSize(3);
    kb.commit(1); // from memory into the index
    assertThat(alike("refund")).isEmpty();
  }

  @Test
  void aLoneWordingOnATopicThatNobodyElseAskedAboutIsBelievedAtOnce() {
    severalCasesLeadToReset();
    learn("odd", "refund", "my thingy is blinking purple", "case-9");
    Question question = Question.of("thingy blinking purple", NOW);
    assertThat(kb.match(question, Scope.ALL).list().getFirst().articleId()).isEqualTo("refund");
  }

  @Test
  void oneVoiceCannotUnsayAnother() {
    learn("w0", "refund", ASKED, "case-0");
    learn("w1", "reset", ASKED, "case-1");
    assertThat(alike("refund")).containsExactly(ASKED);
    assertThat(alike("reset")).containsExactly(ASKED);
  }

  @Test
  void twoCasesLinksConfirmEachOther() {
    severalCasesLeadToReset();
    learn("w0", "refund", ASKED, "case-0", "agent:kim");
    learn("w0-again", "refund", ASKED, "case-0", "agent:kim");
    assertThat(alike("refund")).isEmpty();
    learn("w4", "refund", ASKED, "case-4", "agent:kim");
    assertThat(alike("refund")).isEmpty();
    learn("w5", "refund", ASKED + " again", "case-5", "agent:lee");
    assertThat(alike("refund")).contains(ASKED);
  }

  @Test
  void oneCustomerOrOneAgentAloneContradictsNobody() {
    learn("w1", "reset", "the portal refuses my password again this morning", "1", "customer:a");
    learn("w2", "reset", "portal refuses my password since this morning", "2", "customer:a");
    learn("w3", "reset", "now the portal refuses my password this morning", "3", "customer:a");
    learn("w0", "refund", ASKED, "case-0");
    assertThat(alike("refund")).containsExactly(ASKED);
  }

  @Test
  void aWordingInDoubtNamesTheArticlesThatContradictIt() {
    severalCasesLeadToReset();
    learn("w0", "refund", ASKED, "case-0");
    learn("odd", "refund", "my thingy is blinking purple", "case-9");
    List<String> texts = List.of(ASKED, "my thingy is blinking purple", "never learned");
    assertThat(kb.doubted("refund", texts, NOW)).isEqualTo(Map.of(ASKED, List.of("reset")));
    assertThat(kb.doubted("reset", List.of("portal refuses my password since this morning"), NOW))
        .isEmpty();
    learn("w5", "refund", ASKED + " again", "case-5");
    assertThat(kb.doubted("refund", texts, NOW)).as("borne out").isEmpty();
  }

  @Test
  void whatContradictsIsTakenBack() {
    severalCasesLeadToReset();
    learn("w0", "refund", ASKED, "case-0");
    assertThat(alike("refund")).isEmpty();
    kb.unlearn(List.of("w1", "w2"));
    assertThat(alike("refund")).containsExactly(ASKED);
  }

  @Test
  void anArticleThatSaysTheSameBearsItsWordingOut() {
    learn("w1", "reset", "the portal refuses my password again this morning", "case-1");
    learn("w2", "reset", "now the portal refuses my password this morning", "case-2");
    learn("w0", "refund", ASKED, "case-0");
    assertThat(alike("refund")).isEmpty();
    String title = "The portal refuses a password this morning";
    kb.put(Article.builder("refund", title, "It is known.").build());
    assertThat(alike("refund")).containsExactly(ASKED);
  }
}
