package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static io.gapcanary.DeskFixture.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gapcanary.Webhook.Event;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class WebhooksTest {
  private static final URI HOOK = URI.create("https://example.com/hook");

  @RegisterExtension final DeskFixture fixture = DeskFixture.with(RESET_PASSWORD, PRINTER);

  private Webhooks webhooks() {
    return fixture.desk.webhooks();
  }

  private Webhook add(Set<Event> events, Set<Integer> growth) {
    return webhooks().add(new Webhook.Wish(HOOK, events, growth, true), null, "Mina").webhook();
  }

  private void giraffes(int cases) {
    for (int i = 0; i < cases; i++) {
      fixture.asksOfGiraffes("g" + i, "customer " + i, "PT" + i + "H");
    }
  }

  private List<Webhook.Delivery> due(Webhook webhook) {
    return webhooks().due(webhook.id(), fixture.clock, 100);
  }

  @Test
  void whatHappensIsThereToBeDeliveredAfterARestartToo() {
    Webhook all = add(EnumSet.allOf(Event.class), Set.of(4));
    giraffes(5);
    fixture.reopen();
    assertThat(due(all))
        .extracting(Webhook.Delivery::event, Webhook.Delivery::cases, Webhook.Delivery::gapId)
        .containsExactly(tuple(Event.RAISED, 2, "gap-1"), tuple(Event.GROWN, 4, "gap-1"));
    assertThat(webhooks().withDue(fixture.clock)).extracting(Webhook::id).containsExactly(all.id());
  }

  @Test
  void eachIsToldOfItsOwnEventsOnly() {
    Webhook grown = add(Set.of(Event.GROWN), Set.of(3));
    Webhook verified = add(Set.of(Event.VERIFIED), Set.of());
    giraffes(4);
    assertThat(due(grown)).extracting(Webhook.Delivery::cases).containsExactly(3);
    assertThat(due(verified)).isEmpty();
    fixture
        .desk
        .articles()
        .put(article("giraffes", "How to feed a giraffe in winter", "Feed a giraffe hay."));
    assertThat(due(verified)).as("nobody knows yet whether it helps").isEmpty();
    fixture.story("quiet", "ann", "P8D").asks("I forgot my password").close();
    fixture.clock = fixture.clock.plus(Duration.ofDays(9));
    assertThat(due(verified)).extracting(Webhook.Delivery::event).containsExactly(Event.VERIFIED);
  }

  @Test
  void whatWasDeliveredIsDueNoMoreAndWhatFailedIsDueAgainUnderTheSameMessage() {
    Webhook raised = add(Set.of(Event.RAISED), Set.of());
    giraffes(2);
    Webhook.Delivery first = due(raised).getFirst();
    Instant again = fixture.clock.plus(Duration.ofSeconds(5));
    webhooks().failed(first, "It answered 500", fixture.clock, again);
    assertThat(due(raised)).isEmpty();
    fixture.clock = again;
    Webhook.Delivery second = due(raised).getFirst();
    assertThat(second.message()).isEqualTo(first.message()).matches("msg_[0-9a-f]{32}");
    assertThat(second.attempts()).isEqualTo(1);
    webhooks().delivered(second);
    assertThat(due(raised)).isEmpty();
    assertThat(webhooks().queue()).isEqualTo(new Webhooks.Queue(0, 0));
  }

  @Test
  void whatWasGivenUpIsSeenAndTriedAgainWhenSomebodySaysSo() {
    Webhook raised = add(Set.of(Event.RAISED), Set.of());
    giraffes(2);
    webhooks().failed(due(raised).getFirst(), "It answered 500", fixture.clock, null);
    assertThat(due(raised)).isEmpty();
    Webhook.Delivery dead = webhooks().deliveries(null, true, Long.MAX_VALUE, 10).getFirst();
    assertThat(dead.error()).isEqualTo("It answered 500");
    assertThat(webhooks().find(raised.id()).orElseThrow().dead()).isEqualTo(1);
    webhooks().redeliver(dead.id());
    assertThat(due(raised)).extracting(Webhook.Delivery::attempts).containsExactly(0);
    assertThat(webhooks().redeliverDead(raised.id())).isZero();
  }

  @Test
  void oneThatIsNotEnabledMissesWhatHappensMeanwhile() {
    Webhook raised = add(Set.of(Event.RAISED), Set.of());
    webhooks()
        .change(raised.id(), new Webhook.Wish(HOOK, Set.of(Event.RAISED), Set.of(), false), null);
    giraffes(2);
    webhooks()
        .change(raised.id(), new Webhook.Wish(HOOK, Set.of(Event.RAISED), Set.of(), true), null);
    assertThat(due(raised)).isEmpty();
  }

  @Test
  void whatWaitsForOneThatIsRemovedGoesWithIt() {
    Webhook raised = add(Set.of(Event.RAISED), Set.of());
    giraffes(2);
    webhooks().remove(raised.id());
    assertThat(webhooks().queue()).isEqualTo(new Webhooks.Queue(0, 0));
    assertThatThrownBy(() -> webhooks().remove(raised.id())).isInstanceOf(NotFoundException.class);
  }

  @Test
  void aSecretOfOnesOwnIsTaken() {
    String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    Webhooks.Made made =
        webhooks()
            .add(new Webhook.Wish(HOOK, Set.of(Event.RAISED), Set.of(), true), secret, "Mina");
    assertThat(made.secret()).isEqualTo(secret);
    assertThat(webhooks().key(made.webhook()).orElseThrow()).hasSize(24);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "whsec_", "whsec_c2hvcnQ=", "whsec_!!!!"})
  void aSecretThatIsNoneIsRefused(String secret) {
    assertThatThrownBy(
            () ->
                webhooks()
                    .add(
                        new Webhook.Wish(HOOK, Set.of(Event.RAISED), Set.of(), true),
                        secret,
                        "Mina"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("whsec_");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://example.com", "https://", "/hook", "https://me:secret@example.com/"})
  void anAddressThatIsNoneIsRefused(String url) {
    assertThatThrownBy(
            () -> new Webhook.Wish(URI.create(url), Set.of(Event.RAISED), Set.of(), true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
