package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static io.gapcanary.DeskFixture.article;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ArticleHealthTest {
  private static final String PASSWORD = "I forgot my password and cannot log in";

  @RegisterExtension final DeskFixture fixture = DeskFixture.with(RESET_PASSWORD, PRINTER);

  private void given(String id, String customer, String opened) {
    fixture.story(id, customer, opened).asks(PASSWORD).linked("reset-password").close();
  }

  private ArticleHealth health() {
    return fixture.desk.articles().health("reset-password").orElseThrow();
  }

  @Test
  void givenAndReturnedAreTheCasesOfKnownCustomers() {
    given("a", "ann", "PT0S");
    given("b", "bob", "PT1H");
    given("c", null, "PT2H");
    fixture.story("d", "ann", "P1D").asks("Still: " + PASSWORD).close();
    ArticleHealth health = health();
    assertThat(health.repeat().given()).isEqualTo(2);
    assertThat(health.repeat().returned()).isEqualTo(1);
    assertThat(health.repeat().low()).isLessThan(0.5);
    assertThat(health.repeat().high()).isGreaterThan(0.5);
    assertThat(health.worse()).isBetween(0.5, 1.0);
    assertThat(health.editions()).hasSize(1);
    assertThat(health.editions().getFirst().cases()).isEqualTo(3);
    assertThat(fixture.desk.articles().health("none")).isEmpty();
  }

  @Test
  void aNewEditionIsTrackedApartAndLateReturnsStillCountForTheFormer() {
    given("a", "ann", "PT0S");
    fixture
        .desk
        .articles()
        .put(article("reset-password", "Reset a forgotten password", "Press Forgot password now."));
    fixture.story("b", "ann", "P1D").asks("Still: " + PASSWORD).close();
    given("c", "cat", "P2D");
    ArticleHealth health = health();
    assertThat(health.repeat().given()).isEqualTo(1);
    assertThat(health.repeat().returned()).isZero();
    assertThat(health.editions()).extracting(ArticleHealth.Edition::edition).containsExactly(2, 1);
    assertThat(health.editions())
        .extracting(ArticleHealth.Edition::present)
        .containsExactly(true, false);
    assertThat(health.editions()).extracting(ArticleHealth.Edition::returned).containsExactly(0, 1);
  }

  @Test
  void theSubjectsOwnRateIsThatOfCustomersWhoWereGivenNothing() {
    String printer = "The printer prints blank pages";
    fixture.story("a", "ann", "PT0S").asks(printer).close();
    fixture.story("b", "bob", "PT1H").asks(printer).close();
    fixture.story("c", "ann", "P1D").asks(printer + " again").linked("printer").close();
    fixture.story("d", "dan", "P1D").asks(PASSWORD).close();
    assertThat(fixture.desk.assist().outcome("a").orElseThrow().outcome())
        .isEqualTo(Outcome.Kind.ANSWERED);
    assertThat(fixture.desk.articles().health("printer").orElseThrow().without())
        .isEqualTo(Share.of(1, 2));
  }

  @Test
  void theListPutsFirstWhatIsMostProbablyWorseThanExpected() {
    given("a", "ann", "PT0S");
    fixture.story("b", "ann", "P1D").asks("Still: " + PASSWORD).close();
    for (int i = 0; i < 5; i++) {
      fixture.isGivenPrinter("p" + i, "pu" + i, "PT" + i + "H");
    }
    Articles articles = fixture.desk.articles();
    assertThat(articles.health(ArticleHealth.Order.WORSE, null, 10).articles())
        .extracting(ArticleHealth.Row::articleId)
        .containsExactly("reset-password", "printer");
    ArticleHealth.Page first = articles.health(ArticleHealth.Order.GIVEN, null, 1);
    assertThat(first.articles().getFirst().articleId()).isEqualTo("printer");
    ArticleHealth.Row row =
        articles.health(ArticleHealth.Order.GIVEN, first.next(), 1).articles().getFirst();
    assertThat(row.repeat()).isEqualTo(health().repeat());
    assertThat(row.worse()).isEqualTo(health().worse());
  }

  @Test
  void repeatContactsAreListedWithWhatWasGivenBefore() {
    given("a", "ann", "PT0S");
    fixture.story("b", "ann", "P1D").asks("Still: " + PASSWORD).close();
    fixture.story("c", "ann", "P2D").asks("Again: " + PASSWORD).close();
    RepeatContact.Page first = fixture.desk.articles().repeatContacts(null, null, 1);
    assertThat(first.repeatContacts()).extracting(RepeatContact::caseId).containsExactly("c");
    RepeatContact earlier =
        fixture.desk.articles().repeatContacts(null, first.next(), 5).repeatContacts().getFirst();
    assertThat(earlier.repeatOf()).isEqualTo("a");
    assertThat(earlier.articles()).containsExactly("reset-password");
    assertThat(earlier.openedAt()).isEqualTo(DeskFixture.at("P1D"));
    assertThat(earlier.earlierClosedAt()).isEqualTo(DeskFixture.at("PT10M"));
    assertThat(fixture.desk.articles().repeatContacts("reset-password", null, 5).repeatContacts())
        .extracting(RepeatContact::caseId)
        .containsExactly("b");
    assertThat(fixture.desk.articles().repeatContacts("printer", null, 5).repeatContacts())
        .isEmpty();
  }

  @Test
  void customersFoundToBeOneLaterAreOneInWhatIsCounted() {
    fixture.desk.assist().open(withIdentities("a", "PT0S", new Identity("phone", "010-1111-2222")));
    fixture.desk.assist().hear("a", Message.customer(PASSWORD).at(DeskFixture.at("PT1M")));
    fixture.desk.assist().link("a", "reset-password", LinkAction.LINKED, DeskFixture.at("PT2M"));
    fixture.desk.assist().close("a", Closing.at(DeskFixture.at("PT9M"), null));
    fixture.desk.assist().open(withIdentities("b", "PT3H", new Identity("email", "a@example.com")));
    fixture.desk.assist().close("b", Closing.at(DeskFixture.at("PT3H5M"), null));
    fixture
        .desk
        .assist()
        .open(
            withIdentities(
                "c",
                "P1D",
                new Identity("email", "a@example.com"),
                new Identity("phone", "+82 10 1111 2222")));
    fixture
        .desk
        .assist()
        .hear("c", Message.customer("Still: " + PASSWORD).at(DeskFixture.at("P1DT1M")));
    fixture.desk.assist().close("c", Closing.at(DeskFixture.at("P1DT9M"), null));
    assertThat(health().repeat().returned()).isEqualTo(1);
    assertThat(fixture.desk.articles().repeatContacts(null, null, 5).repeatContacts())
        .extracting(RepeatContact::repeatOf)
        .containsExactly("a");
  }

  private static CaseOpening withIdentities(String id, String opened, Identity... identities) {
    return CaseOpening.builder()
        .id(id)
        .openedAt(DeskFixture.at(opened))
        .identities(List.of(identities))
        .build();
  }

  private RateChange rise() {
    for (int i = 0; i < 40; i++) {
      given("a" + i, "au" + i, "PT" + i + "H");
    }
    for (int i = 0; i < 12; i++) {
      given("b" + i, "bu" + i, "P3DT" + i + "H");
      if (i % 4 != 0) {
        fixture.story("c" + i, "bu" + i, "P4DT" + i + "H").asks("Still: " + PASSWORD).close();
      }
    }
    RateChange change = health().change();
    assertThat(change).isNotNull();
    return change;
  }

  private Suggestions.Warning toldOfTheRise() {
    fixture.story("z", "zoe", "P6D").asks(PASSWORD).open();
    return fixture.desk.assist().suggest("z").suggestions().getFirst().warnings().stream()
        .filter(one -> one.code().equals("worse-lately"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSuddenRiseIsToldToTheAgent() {
    assertThat(rise().returned()).isEqualTo(9);
    Suggestions.Warning warning = toldOfTheRise();
    assertThat(warning.details()).containsEntry("returned", 9).containsEntry("kind", "time");
    assertThat(warning.text()).contains("9 of", "came back; before, 0 of");
  }

  @Test
  void theDayOfASuddenRiseIsTheDesks() {
    fixture.beginAgain(DeskSettings.DEFAULT.with(b -> b.timeZone(ZoneId.of("Pacific/Pago_Pago"))));
    assertThat(rise().since()).isEqualTo(DeskFixture.at("P3DT1H10M"));
    assertThat(toldOfTheRise().details()).containsEntry("since", "2026-01-07");
  }
}
