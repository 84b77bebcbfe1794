package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static io.gapcanary.DeskFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RepeatContactsTest {
  private static final String PASSWORD = "I forgot my password and cannot log in";

  @RegisterExtension final DeskFixture fixture = DeskFixture.with(RESET_PASSWORD, PRINTER);

  private Outcome first() {
    return fixture.story("a", "ann", "PT0S").asks(PASSWORD).linked("reset-password").close();
  }

  @Test
  void aReturnWithinTheWindowIsARepeatContact() {
    first();
    Outcome second = fixture.story("b", "ann", "P2D").asks("Still: " + PASSWORD).close();
    assertThat(second.repeatOf()).isEqualTo("a");
    assertThat(second.reconnectOf()).isNull();
    assertThat(fixture.desk.totals().repeatContacts()).isEqualTo(1);
  }

  @Test
  void aReconnectIsNotARepeatContactAndTakesOverWhatWasGiven() {
    first();
    Outcome second = fixture.story("b", "ann", "PT20M").asks(PASSWORD).close();
    assertThat(second.repeatOf()).isNull();
    assertThat(second.reconnectOf()).isEqualTo("a");
    assertThat(second.given()).containsExactly("reset-password");
  }

  @Test
  void exactlyFifteenMinutesLaterIsARepeatContact() {
    first();
    assertThat(fixture.story("b", "ann", "PT25M").asks(PASSWORD).close().repeatOf()).isEqualTo("a");
  }

  @Test
  void afterTheWindowItIsAFirstContact() {
    first();
    Outcome second = fixture.story("b", "ann", "P7DT11M").asks(PASSWORD).close();
    assertThat(second.repeatOf()).isNull();
  }

  @Test
  void anotherSubjectIsNoRepeat() {
    first();
    Outcome second =
        fixture.story("b", "ann", "P1D").asks("The printer prints blank pages").close();
    assertThat(second.repeatOf()).isNull();
  }

  @Test
  void anotherCustomerIsNoRepeat() {
    first();
    assertThat(fixture.story("b", "bob", "P1D").asks(PASSWORD).close().repeatOf()).isNull();
  }

  @Test
  void aCaseOpenedWhileAnEarlierOneIsOpenIsConcurrent() {
    fixture.story("a", "ann", "PT0S").asks(PASSWORD).open();
    Outcome second = fixture.story("b", "ann", "PT1H").asks(PASSWORD).close();
    assertThat(second.repeatOf()).isNull();
    assertThat(second.reconnectOf()).isNull();
    assertThat(fixture.desk.totals().concurrent()).isEqualTo(1);
  }

  @Test
  void inAChainEachCaseRepeatsTheOneBefore() {
    first();
    fixture.story("b", "ann", "P1D").asks(PASSWORD).close();
    Outcome third = fixture.story("c", "ann", "P2D").asks(PASSWORD).close();
    assertThat(third.repeatOf()).isEqualTo("b");
  }

  @Test
  void identitiesThatShareOneAreOneCustomer() {
    first();
    open("b", null, new Identity("phone", "010-1111-2222"));
    open("c", "ann", new Identity("phone", "+82 10 1111 2222"));
    open("d", null, new Identity("phone", "01011112222"));
    fixture.desk.assist().hear("d", Message.customer(PASSWORD).at(at("P1DT1M")));
    assertThat(fixture.desk.assist().close("d", Closing.at(at("P1DT9M"), null)).repeatOf())
        .isEqualTo("a");
  }

  private void open(String id, @Nullable String customer, Identity identity) {
    fixture
        .desk
        .assist()
        .open(
            CaseOpening.builder()
                .id(id)
                .openedAt(id.equals("d") ? at("P1D") : at("PT3H"))
                .customerId(customer)
                .identities(List.of(identity))
                .build());
    if (!id.equals("d")) {
      fixture.desk.assist().close(id, Closing.at(at("PT3H5M"), null));
    }
  }

  @Test
  void aCaseWithoutAQuestionRepeatsNothing() {
    first();
    assertThat(fixture.story("b", "ann", "P1D").asks("Hello").close().repeatOf()).isNull();
  }
}
