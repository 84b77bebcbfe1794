package io.gapcanary;

import static io.gapcanary.DeskFixture.article;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.kb.Article;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class CalibrationDueTest {
  @RegisterExtension final DeskFixture fixture = DeskFixture.with();

  private static List<Article> manual() {
    List<String> parts = List.of("printer", "scanner", "router", "camera", "speaker", "display");
    List<String> troubles = List.of("battery", "cable", "driver", "noise", "firmware", "warranty");
    List<Article> articles = new ArrayList<>();
    for (String part : parts) {
      for (String trouble : troubles) {
        articles.add(
            article(
                part + "-" + trouble,
                "The " + trouble + " of your " + part,
                "When the " + part + " complains of its " + trouble + ", open the back cover."));
      }
    }
    return articles;
  }

  private Floor.Source source() {
    return fixture.desk.floors().get("en").source();
  }

  @Test
  void articlesAloneFitTheDeskToItself() {
    fixture.desk.articles().putAll(manual().subList(0, 4));
    assertThat(source()).isEqualTo(Floor.Source.SHIPPED);
    fixture.desk.articles().putAll(manual());
    assertThat(source()).isEqualTo(Floor.Source.FITTED);
  }

  @Test
  void articlesThatComeOneByOneFitItWhenTheyHaveDoubled() {
    manual().subList(0, 31).forEach(fixture.desk.articles()::put);
    assertThat(source()).isEqualTo(Floor.Source.SHIPPED);
    fixture.desk.articles().put(manual().get(31));
    assertThat(source()).isEqualTo(Floor.Source.FITTED);
  }

  @Test
  void aLiveDeskIsFittedBesideItsConversations() {
    assertThat(fixture.desk.calibrateWhenDue()).isTrue();
    assertThat(fixture.desk.calibrateWhenDue()).isFalse();
    fixture.desk.articles().putAll(manual());
    fixture.desk.assist().open(CaseOpening.anonymous());
    assertThat(source()).isEqualTo(Floor.Source.SHIPPED);
    assertThat(fixture.desk.calibrateWhenDue()).isTrue();
    assertThat(source()).isEqualTo(Floor.Source.FITTED);
    assertThat(fixture.desk.calibrateWhenDue()).isFalse();
  }

  @Test
  void aHistoryWaitsForTheFitSoThatItComesOutTheSame() {
    fixture.desk.calibrateWhenDue();
    fixture.desk.articles().putAll(manual());
    fixture.story("c1", "ann", "PT0S").asks("My printer is noisy").open();
    assertThat(source()).isEqualTo(Floor.Source.FITTED);
  }

  @Test
  void aHistoryBeginsWithAFitToAllArticlesInHoweverManyPartsTheyCame() {
    fixture.desk.articles().putAll(manual().subList(0, 32));
    fixture.desk.articles().putAll(manual().subList(32, 36));
    fixture.story("c1", "ann", "PT0S").asks("My printer is noisy").open();
    double floor = fixture.desk.floor("en");
    fixture.beginAgain(DeskSettings.DEFAULT);
    fixture.desk.articles().putAll(manual());
    assertThat(fixture.desk.floor("en")).isEqualTo(floor);
  }

  @Test
  void theFitSurvivesARestart() {
    fixture.desk.articles().putAll(manual());
    double floor = fixture.desk.floor("en");
    fixture.reopen();
    assertThat(source()).isEqualTo(Floor.Source.FITTED);
    assertThat(fixture.desk.floor("en")).isEqualTo(floor);
    assertThat(fixture.desk.calibrateWhenDue()).isFalse();
  }
}
