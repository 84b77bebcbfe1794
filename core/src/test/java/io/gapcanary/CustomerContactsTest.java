package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapcanary.CustomerContacts.Afterwards;
import io.gapcanary.CustomerContacts.Contact;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CustomerContactsTest {
  private static final String BLANK = "My printer prints blank pages, all pages come out blank";

  @RegisterExtension final DeskFixture fixture = DeskFixture.with(RESET_PASSWORD, PRINTER);

  private CustomerContacts of(String caseId) {
    return fixture.desk.assist().contacts(caseId);
  }

  @Test
  void anAgentSeesWhenAboutWhatWhatWasGivenAndThatItDidNotHelp() {
    fixture.story("p1", "ann", "PT0S").asks(BLANK).linked("printer").close();
    fixture.story("p2", "ann", "P1D").asks(BLANK + " again").linked("printer").close();
    fixture.story("q1", "bob", "P1D").asks(BLANK).close();
    fixture.story("now", "ann", "P2D").asks("hello").open();

    CustomerContacts contacts = of("now");
    assertThat(contacts.identified()).isTrue();
    assertThat(contacts.count()).isEqualTo(2);
    assertThat(contacts.latest()).extracting(Contact::caseId).containsExactly("p2", "p1");
    Contact first = contacts.latest().getLast();
    assertThat(first.openedAt()).isEqualTo(DeskFixture.MONDAY);
    assertThat(first.question()).contains("blank pages");
    assertThat(first.given())
        .containsExactly(
            new CustomerContacts.GivenArticle("printer", "The printer prints blank pages"));
    assertThat(first.afterwards()).isEqualTo(Afterwards.CAME_BACK);
    assertThat(first.returnedBy()).isEqualTo("p2");
    assertThat(contacts.latest().getFirst().afterwards()).isEqualTo(Afterwards.TOO_EARLY);
  }

  @Test
  void oneWhoDidNotComeBackWithinTheWindowStayedAway() {
    fixture.story("p1", "ann", "PT0S").asks(BLANK).linked("printer").close();
    fixture.story("now", "ann", "P30D").asks("How can I reset my password?").open();
    assertThat(of("now").latest().getFirst().afterwards()).isEqualTo(Afterwards.STAYED_AWAY);
  }

  @Test
  void aDroppedLineIsNoReturnAndWhatGoesOnIsStillOpen() {
    fixture.story("p1", "ann", "PT0S").asks(BLANK).close();
    fixture.story("p2", "ann", "PT15M").asks(BLANK).close();
    fixture.story("open", "ann", "PT1H").asks("hello").open();
    fixture.story("now", "ann", "PT2H").asks("hello").open();
    assertThat(of("now").latest())
        .extracting(Contact::afterwards)
        .containsExactly(Afterwards.STILL_OPEN, Afterwards.TOO_EARLY, Afterwards.RECONNECTED);
  }

  @Test
  void contactsUnderAnotherIdentityJoinAsSoonAsOneCaseNamesBoth() {
    identified("by-phone", "PT0S", new Identity("phone", "+82 10 1234 5678"));
    identified("by-mail", "PT1H", new Identity("email", "ann@example.com"));
    assertThat(of("by-mail").latest()).isEmpty();
    identified(
        "both",
        "PT2H",
        new Identity("phone", "+82 10 1234 5678"),
        new Identity("email", "ann@example.com"));
    assertThat(of("both").latest())
        .extracting(Contact::caseId)
        .containsExactly("by-mail", "by-phone");
    assertThat(of("by-mail").latest())
        .extracting(Contact::caseId)
        .containsExactly("both", "by-phone");
  }

  private void identified(String id, String at, Identity... identities) {
    fixture
        .desk
        .assist()
        .open(
            CaseOpening.builder()
                .id(id)
                .openedAt(DeskFixture.at(at))
                .identities(List.of(identities))
                .build());
  }

  @Test
  void anUnknownCustomerHasNoContactsAndAnUnknownCaseNoCustomer() {
    fixture.story("p1", null, "PT0S").asks(BLANK).close();
    fixture.story("p2", null, "P1D").asks(BLANK).open();
    assertThat(of("p2")).isEqualTo(new CustomerContacts(false, 0, List.of()));
    assertThatThrownBy(() -> of("none")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void ofALongHistoryTheLatestTenAreShownAndAllAreCounted() {
    for (int i = 0; i < 12; i++) {
      fixture.story("p" + i, "ann", "PT" + i + "H").asks("hello").close();
    }
    fixture.story("now", "ann", "PT13H").asks("hello").open();
    assertThat(of("now").count()).isEqualTo(12);
    assertThat(of("now").latest()).hasSize(10);
    assertThat(of("now").latest().getFirst().caseId()).isEqualTo("p11");
  }
}
