package io.gapcanary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapcanary.storage.AccessStore;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DeskBackupTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-12-01T09:00:00Z"));

  @TempDir private Path folder;

  private Path data() {
    return folder.resolve("data");
  }

  private Path file() {
    return folder.resolve("desk.zip");
  }

  private Desk open(Path at) {
    return Desk.open(at, DeskSettings.DEFAULT, CLOCK, null);
  }

  private static void live(Desk desk) {
    desk.articles()
        .putAll(
            List.of(
                DeskFixture.article("kb-1", "Reset your password", "Open Settings, press Reset."),
                DeskFixture.article("kb-2", "Pair the thermostat", "Hold the round button.")));
    for (int i = 0; i < 4; i++) {
      ask(desk, "pw-" + i, "cu-" + i, "I forgot my password and want to reset it");
      desk.assist().link("pw-" + i, "kb-1", LinkAction.LINKED, null);
      desk.assist().close("pw-" + i, Closing.now());
      ask(desk, "inv-" + i, "cu-" + i, "Where is the invoice with the tax number of my company?");
      desk.assist().close("inv-" + i, Closing.now());
    }
  }

  private static void ask(Desk desk, String id, String customer, String text) {
    desk.assist().open(CaseOpening.builder().id(id).customerId(customer).build());
    desk.assist().hear(id, Message.customer(text));
  }

  @Test
  void aRestoredDeskAnswersTheSame() {
    Suggestions suggested;
    GapPage gaps;
    Totals totals;
    try (Desk desk = open(data())) {
      live(desk);
      ask(desk, "open", "cu-9", "Resetting my password does not work");
      DeskBackup.write(data(), file(), CLOCK);
      suggested = desk.assist().suggest("open");
      gaps = desk.board().list(GapFilter.FIRST_PAGE);
      totals = desk.totals();
    }
    assertThat(gaps.gaps()).isNotEmpty();
    Path restored = folder.resolve("restored");
    DeskBackup.Contents contents = DeskBackup.restore(file(), restored);
    assertThat(contents.articles()).isEqualTo(2);
    assertThat(contents.cases()).isEqualTo(9);
    assertThat(contents.gaps()).isEqualTo(gaps.gaps().size());
    try (Desk desk = open(restored)) {
      assertThat(desk.assist().suggest("open")).isEqualTo(suggested);
      assertThat(desk.board().list(GapFilter.FIRST_PAGE)).isEqualTo(gaps);
      assertThat(desk.totals()).isEqualTo(totals);
    }
  }

  @Test
  void aRestoredDeskTellsNobodyAnythingUntilItsWebhooksAreSwitchedOn() {
    Webhook.Wish wish =
        new Webhook.Wish(
            URI.create("https://example.com/hook"),
            EnumSet.of(Webhook.Event.RAISED),
            Set.of(),
            true);
    int waiting;
    String id;
    try (Desk desk = open(data())) {
      id = desk.webhooks().add(wish, null, "Mina").webhook().id();
      live(desk);
      waiting = desk.webhooks().due(id, CLOCK.instant(), 10).size();
      assertThat(waiting).isPositive();
      DeskBackup.write(data(), file(), CLOCK);
      assertThat(desk.webhooks().withDue(CLOCK.instant())).hasSize(1);
    }
    Path restored = folder.resolve("restored");
    DeskBackup.restore(file(), restored);
    try (Desk desk = open(restored)) {
      assertThat(desk.webhooks().withDue(CLOCK.instant())).isEmpty();
      assertThat(desk.webhooks().due(id, CLOCK.instant(), 10)).isEmpty();
      desk.webhooks().change(id, wish, null);
      assertThat(desk.webhooks().due(id, CLOCK.instant(), 10)).hasSize(waiting);
    }
  }

  @Test
  void aCustomerIsRecognisedAfterARestoreBecauseTheIdentityKeyIsPartOfIt() {
    try (Desk desk = open(data())) {
      live(desk);
      DeskBackup.write(data(), file(), CLOCK);
    }
    DeskBackup.restore(file(), folder.resolve("restored"));
    Instant later = CLOCK.instant().plusSeconds(3600);
    try (Desk desk =
        Desk.open(folder.resolve("restored"), DeskSettings.DEFAULT, () -> later, null)) {
      ask(desk, "again", "cu-1", "I forgot my password and want to reset it");
      assertThat(desk.assist().close("again", Closing.now()).repeatOf()).isEqualTo("pw-1");
    }
  }

  @Test
  void aDeskThatIsWrittenIntoMeanwhileIsBackedUpAsItStoodAtOneMoment() throws Exception {
    try (Desk desk = open(data())) {
      live(desk);
      AtomicBoolean done = new AtomicBoolean();
      Thread writing =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; !done.get(); i++) {
                      ask(desk, "live-" + i, "cv-" + i, "How do I pair the thermostat?");
                    }
                  });
      DeskBackup.Contents contents;
      try {
        contents = DeskBackup.write(data(), file(), CLOCK);
      } finally {
        done.set(true);
        writing.join();
      }
      assertThat(DeskBackup.restore(file(), folder.resolve("restored"))).isEqualTo(contents);
      assertThat(contents.cases()).isBetween(8L, desk.openCases() + 8L);
    }
  }

  @Test
  void whoMayUseADeskIsPartOfItsBackup() {
    try (Desk desk = open(data());
        AccessStore access = AccessStore.open(data())) {
      assertThat(desk.openCases()).isZero();
      access.add(new AccessStore.Person("Mina", "admin", "hash", CLOCK.instant(), null));
      DeskBackup.write(data(), file(), CLOCK);
    }
    DeskBackup.restore(file(), folder.resolve("restored"));
    try (AccessStore access = AccessStore.open(folder.resolve("restored"))) {
      assertThat(access.findPerson("mina")).map(AccessStore.Person::role).contains("admin");
    }
  }

  @Test
  void aBackupIsReadableByItsOwnerOnly() throws Exception {
    open(data()).close();
    DeskBackup.write(data(), file(), CLOCK);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void aFolderThatIsNotEmptyIsNotRestoredInto() throws Exception {
    open(data()).close();
    DeskBackup.write(data(), file(), CLOCK);
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> DeskBackup.restore(file(), other))
        .isInstanceOf(DeskException.class)
        .hasMessageContaining("not empty");
    assertThat(other).isDirectoryContaining("glob:**notes.txt");
    assertThat(Files.list(other)).hasSize(1);
  }

  @Test
  void aDamagedBackupIsRefusedAndLeavesNothing() throws Exception {
    try (Desk desk = open(data())) {
      live(desk);
    }
    DeskBackup.write(data(), file(), CLOCK);
    byte[] bytes = Files.readAllBytes(file());
    for (int at : List.of(0, bytes.length / 2, bytes.length - 30)) {
      byte[] damaged = bytes.clone();
      for (int i = at; i < Math.min(at + 64, bytes.length); i++) {
        damaged[i] ^= 0x55;
      }
      Path bad = Files.write(folder.resolve("bad.zip"), damaged);
      Path restored = folder.resolve("restored");
      assertThatThrownBy(() -> DeskBackup.restore(bad, restored))
          .isInstanceOf(DeskException.class)
          .hasMessageNotContaining("Exception");
      assertThat(restored).doesNotExist();
    }
  }

  @Test
  void aFolderWithoutADeskIsNotBackedUp() {
    assertThatThrownBy(() -> DeskBackup.write(folder, file(), CLOCK))
        .isInstanceOf(DeskException.class)
        .hasMessageContaining("There is no desk in the folder");
    assertThat(file()).doesNotExist();
  }

  @Test
  void somethingElseIsNoBackup() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "nothing of the sort");
    assertThatThrownBy(() -> DeskBackup.restore(text, data()))
        .isInstanceOf(DeskException.class)
        .hasMessageContaining("is no backup");
    assertThatThrownBy(() -> DeskBackup.restore(folder.resolve("absent"), data()))
        .isInstanceOf(DeskException.class)
        .hasMessageContaining("There is no backup");
  }
}
