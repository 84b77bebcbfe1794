package io.gapcanary;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.KeptAnswers.Answer;
import io.gapcanary.KeptAnswers.Attempt;
import io.gapcanary.privacy.IdentityHash;
import io.gapcanary.storage.Database;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KeptAnswersTest {
  @RegisterExtension final DeskFixture fixture = DeskFixture.with();

  private Attempt take(String caller, String key, String fingerprint) {
    return fixture.desk.keptAnswers().take(caller, key, fingerprint);
  }

  private KeptAnswers.Ticket begin(String caller, String key, String fingerprint) {
    assertThat(take(caller, key, fingerprint)).isInstanceOf(Attempt.Begun.class);
    fixture.reopen();
    return ((Attempt.Begun) take(caller, key, fingerprint)).ticket();
  }

  private static Answer answer(String body) {
    return new Answer(201, Map.of("Location", "/x"), body.getBytes(StandardCharsets.UTF_8));
  }

  private void answered(String caller, String key, String fingerprint, String body) {
    try (KeptAnswers.Ticket ticket = ((Attempt.Begun) take(caller, key, fingerprint)).ticket()) {
      ticket.keep(answer(body));
    }
  }

  @Test
  void aRequestSentAgainIsAnsweredAsBeforeEvenAfterARestart() {
    answered("key:a", "k", "f", "{\"id\":\"c-1\"}");
    fixture.reopen();
    Attempt again = take("key:a", "k", "f");
    assertThat(again).isInstanceOf(Attempt.Answered.class);
    Answer kept = ((Attempt.Answered) again).answer();
    assertThat(kept.status()).isEqualTo(201);
    assertThat(kept.headers()).containsExactly(Map.entry("Location", "/x"));
    assertThat(new String(kept.body(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":\"c-1\"}");
  }

  @Test
  void theSameKeyWithAnotherRequestDiffersAndAnotherCallersIsTheirOwn() {
    answered("key:a", "k", "f", "{}");
    assertThat(take("key:a", "k", "g")).isInstanceOf(Attempt.Differs.class);
    assertThat(take("key:b", "k", "g")).isInstanceOf(Attempt.Begun.class);
  }

  @Test
  void oneThatIsBeingCarriedOutRunsUntilItIsClosed() {
    try (KeptAnswers.Ticket ticket = ((Attempt.Begun) take("key:a", "k", "f")).ticket()) {
      assertThat(take("key:a", "k", "f")).isInstanceOf(Attempt.Running.class);
      ticket.withdraw();
    }
    Attempt again = take("key:a", "k", "other");
    assertThat(again).isInstanceOf(Attempt.Begun.class);
    assertThat(((Attempt.Begun) again).ticket().interrupted()).isFalse();
  }

  @Test
  void oneThatWasInterruptedHasTheSameIdAgain() {
    Attempt first = take("key:a", "k", "f");
    KeptAnswers.Ticket before = ((Attempt.Begun) first).ticket();
    assertThat(before.interrupted()).isFalse();
    fixture.reopen();
    fixture.clock = fixture.clock.plus(Duration.ofHours(1));
    KeptAnswers.Ticket after = ((Attempt.Begun) take("key:a", "k", "f")).ticket();
    assertThat(after.interrupted()).isTrue();
    assertThat(after.id()).isEqualTo(before.id()).hasSize(32);
  }

  @Test
  void afterADayTheKeyIsFreeAndTheIdAnother() {
    KeptAnswers.Ticket first = begin("key:a", "k", "f");
    first.keep(answer("{}"));
    first.close();
    fixture.clock = fixture.clock.plus(KeptAnswers.KEPT);
    KeptAnswers.Ticket next = ((Attempt.Begun) take("key:a", "k", "other")).ticket();
    assertThat(next.interrupted()).isFalse();
    assertThat(next.id()).isNotEqualTo(first.id());
  }

  @Test
  void theOldestOfACallerGoWhenThereAreTooManyAndNoOtherCallers() {
    fixture.close();
    try (Database database = Database.open(fixture.folder.resolve("desk.db"), false)) {
      KeptAnswers few =
          new KeptAnswers(database, new IdentityHash(new byte[32]), () -> fixture.clock, 3);
      keep(few, "key:b", "k");
      for (int i = 0; i < 9; i++) {
        fixture.clock = fixture.clock.plusMillis(1);
        keep(few, "key:a", "k" + i);
      }
      assertThat(few.take("key:a", "k8", "f")).isInstanceOf(Attempt.Answered.class);
      assertThat(few.take("key:b", "k", "f")).isInstanceOf(Attempt.Answered.class);
      assertThat(few.take("key:a", "k0", "f")).isInstanceOf(Attempt.Begun.class);
    } finally {
      fixture.reopen();
    }
  }

  private static void keep(KeptAnswers answers, String caller, String key) {
    try (KeptAnswers.Ticket ticket = ((Attempt.Begun) answers.take(caller, key, "f")).ticket()) {
      ticket.keep(answer("{}"));
    }
  }
}
