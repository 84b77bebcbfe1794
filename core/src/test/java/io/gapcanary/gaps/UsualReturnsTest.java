package io.gapcanary.gaps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gapcanary.DeskSettings;
import io.gapcanary.kb.Article;
import io.gapcanary.storage.Database;
import io.gapcanary.storage.GivingStore;
import io.gapcanary.storage.Session;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsualReturnsTest {
  private static final Instant AT = Instant.parse("2026-01-05T09:00:00Z");

  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("desk.db"), true);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void given(Session session, String articleId, int given, int returned) {
    session.articles().put(Article.builder(articleId, articleId, "").language("en").build(), null);
    for (int i = 0; i < given; i++) {
      String caseId = articleId + "-" + i;
      session.givings().add(articleId, caseId, "cu-" + caseId, AT, true);
      if (i < returned) {
        session.givings().returned(articleId, caseId, "r-" + caseId);
      }
    }
  }

  private double usual(Session session, String articleId) {
    return UsualReturns.of(session.givings(), GivingStore.Over.CHAINS, DeskSettings.DEFAULT)
        .without(articleId, session.givings().returns(articleId));
  }

  @Test
  void nothingIsKnownOfANewDeskButThePrior() {
    double usual = database.write(session -> usual(session, "any"));
    assertThat(usual).isEqualTo(DeskSettings.DEFAULT.priorRepeatRate());
  }

  @Test
  void aFewBadArticlesNotFoundYetDoNotMakeTheNextOneLookUsual() {
    double usual =
        database.write(
            session -> {
              for (int i = 0; i < 10; i++) {
                given(session, "good-" + i, 50, 4);
              }
              given(session, "bad-1", 50, 20);
              given(session, "bad-2", 50, 20);
              given(session, "mine", 20, 9);
              return usual(session, "mine");
            });
    assertThat(usual).isCloseTo((40 + 2.0) / (500 + 20), within(1e-9));
  }

  @Test
  void anArticleIsNotHeldAgainstItself() {
    double usual =
        database.write(
            session -> {
              given(session, "other", 180, 18);
              given(session, "mine", 100, 2);
              return usual(session, "mine");
            });
    assertThat(usual).isCloseTo((18 + 2.0) / (180 + 20), within(1e-9));
  }

  @Test
  void theStoreAndTheRuleCallTheSameArticlesUsual() {
    database.write(
        session -> {
          for (int returned = 0; returned <= 20; returned++) {
            given(session, "a-" + returned, 20, returned);
          }
          GivingStore.Returns sums = session.givings().usual(0.2, GivingStore.Over.GIVINGS);
          int counted = 0;
          for (int returned = 0; returned <= 20; returned++) {
            boolean usual = GivingStore.isUsual(new GivingStore.Returns(20, returned), 0.2);
            counted += usual ? 20 : 0;
          }
          assertThat(sums.given()).isEqualTo(counted).isEqualTo(8 * 20);
          return sums;
        });
  }
}
