package io.gapcanary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailOutboxTest {
  private static final List<String> TWO = List.of("mina@example.com", "sora@example.com");

  @TempDir Path folder;
  private DeskFixture fixture;

  @BeforeEach
  void open() {
    fixture = new DeskFixture(folder);
    fixture.clock = Instant.parse("2026-01-09T12:00:00Z");
    fixture.desk.webhooks().reportWhenDue(TWO);
    fixture.clock = Instant.parse("2026-01-12T12:00:00Z"); // a Monday
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private MailOutbox outbox() {
    return fixture.desk.mailOutbox();
  }

  private List<MailOutbox.Delivery> due() {
    return outbox().due(fixture.clock, 10);
  }

  @Test
  void theReportWaitsOnceForEachRecipientAndOverARestart() {
    assertThat(due()).as("nothing is told on the first day").isEmpty();
    assertThat(fixture.desk.webhooks().reportWhenDue(TWO)).isEqualTo(2);
    assertThat(fixture.desk.webhooks().reportWhenDue(TWO)).as("once").isZero();
    fixture.reopen();
    assertThat(due())
        .extracting(MailOutbox.Delivery::recipient)
        .containsExactly("mina@example.com", "sora@example.com");
    assertThat(due()).extracting(MailOutbox.Delivery::message).doesNotHaveDuplicates();
    assertThat(outbox().reported(due().getFirst())).hasToString("2026-W02");
    assertThat(outbox().queue()).isEqualTo(new Webhooks.Queue(2, 0));
  }

  @Test
  void whatWasSentGoes() {
    fixture.desk.webhooks().reportWhenDue(TWO);
    outbox().done(due().getFirst());
    assertThat(due()).extracting(MailOutbox.Delivery::recipient).containsExactly(TWO.get(1));
  }

  @Test
  void whatFailedIsDueLaterAndWhatWasGivenUpIsListedUntilItIsTriedAgain() {
    fixture.desk.webhooks().reportWhenDue(TWO.subList(0, 1));
    MailOutbox.Delivery first = due().getFirst();
    outbox().failed(first, "refused 0", fixture.clock, fixture.clock.plusSeconds(5));
    assertThat(due()).isEmpty();
    fixture.clock = fixture.clock.plusSeconds(5);
    assertThat(due())
        .singleElement()
        .satisfies(
            again -> {
              assertThat(again.message()).isEqualTo(first.message());
              assertThat(again.attempts()).isEqualTo(1);
              assertThat(again.error()).isEqualTo("refused 0");
            });
    outbox().failed(first, "refused 0", fixture.clock, null);
    assertThat(due()).isEmpty();
    assertThat(outbox().deliveries(false, Long.MAX_VALUE, 10)).isEmpty();
    assertThat(outbox().deliveries(true, Long.MAX_VALUE, 10))
        .extracting(MailOutbox.Delivery::deadAt)
        .containsExactly(fixture.clock);
    assertThat(outbox().queue()).isEqualTo(new Webhooks.Queue(0, 1));

    outbox().redeliver(first.id());
    assertThat(due()).extracting(MailOutbox.Delivery::attempts).containsExactly(0);
    assertThatThrownBy(() -> outbox().redeliver(first.id() + 1))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void aRestoredDeskSendsNothingThatWaitedBeforeSomebodySaysSo(@TempDir Path other) {
    fixture.desk.webhooks().reportWhenDue(TWO);
    Path backup = other.resolve("desk.zip");
    DeskBackup.write(folder, backup, () -> fixture.clock);
    DeskBackup.restore(backup, other.resolve("restored"));
    try (Desk restored =
        Desk.open(other.resolve("restored"), DeskSettings.DEFAULT, () -> fixture.clock, null)) {
      assertThat(restored.mailOutbox().due(fixture.clock, 10)).isEmpty();
      assertThat(restored.mailOutbox().queue()).isEqualTo(new Webhooks.Queue(0, 2));
      restored
          .mailOutbox()
          .redeliver(restored.mailOutbox().deliveries(true, Long.MAX_VALUE, 1).getFirst().id());
      assertThat(restored.mailOutbox().due(fixture.clock, 10)).hasSize(1);
    }
  }

  @Test
  void whatWasGivenUpIsForgottenAfterAMonth() {
    fixture.desk.webhooks().reportWhenDue(TWO);
    outbox().failed(due().getFirst(), "recipient 550", fixture.clock, null);
    MailOutbox.Delivery other = due().getFirst();
    fixture.clock = fixture.clock.plus(Duration.ofDays(31));
    outbox().failed(other, "recipient 550", fixture.clock, null);
    assertThat(outbox().deliveries(true, Long.MAX_VALUE, 10))
        .extracting(MailOutbox.Delivery::id)
        .containsExactly(other.id());
  }
}
