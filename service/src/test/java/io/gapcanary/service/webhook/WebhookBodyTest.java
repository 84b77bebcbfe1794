package io.gapcanary.service.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.CaseOpening;
import io.gapcanary.Closing;
import io.gapcanary.Desk;
import io.gapcanary.DeskSettings;
import io.gapcanary.LinkAction;
import io.gapcanary.Message;
import io.gapcanary.Webhook;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.kb.Article;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class WebhookBodyTest {
  private static final Instant MONDAY = Instant.parse("2026-01-05T09:00:00Z");

  @TempDir private Path folder;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = Desk.open(folder, DeskSettings.DEFAULT, () -> MONDAY, null);
    desk.articles()
        .put(
            Article.builder("reset", "Reset a forgotten password", "Click Forgot password.")
                .language("en")
                .build());
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private void story(String id, String customer, String after, @Nullable String linked) {
    Instant at = MONDAY.plus(Duration.parse(after));
    desk.assist().open(CaseOpening.builder().id(id).openedAt(at).customerId(customer).build());
    desk.assist().hear(id, Message.customer("I forgot my password").at(at.plusSeconds(60)));
    if (linked != null) {
      desk.assist().link(id, linked, LinkAction.LINKED, at.plusSeconds(120));
    }
    desk.assist().close(id, Closing.at(at.plusSeconds(600), null));
  }

  private JsonNode told(Webhook.Delivery delivery) throws IOException {
    return DeskJson.mapper().readTree(WebhookBody.of(delivery, desk));
  }

  private Webhook.Delivery of(List<Webhook.Delivery> due, Webhook.Event event) {
    return due.stream().filter(one -> one.event() == event).findFirst().orElseThrow();
  }

  @Test
  void whatWaitsForAGapThatIsWithdrawnMeanwhileSaysWhatItWasAndWhy() throws IOException {
    Webhook webhook =
        desk.webhooks()
            .add(
                new Webhook.Wish(
                    java.net.URI.create("https://example.com/hook"),
                    EnumSet.allOf(Webhook.Event.class),
                    java.util.Set.of(),
                    true),
                null,
                "Mina")
            .webhook();
    for (int i = 0; i < 15; i++) {
      story("a" + i, "cu" + i, "PT" + i + "H", "reset");
    }
    for (int i = 0; i < 9; i++) {
      story("b" + i, "cu" + i, "P1DT" + i + "H", null);
    }
    JsonNode live = told(of(desk.webhooks().due(webhook.id(), MONDAY, 10), Webhook.Event.RAISED));
    assertThat(live.at("/data/gap/state").asText()).isEqualTo("open");
    for (int i = 0; i < 60; i++) {
      story("h" + i, "ch" + i, "P20DT" + i + "H", "reset");
    }
    List<Webhook.Delivery> due = desk.webhooks().due(webhook.id(), MONDAY, 10);
    for (Webhook.Event event : List.of(Webhook.Event.RAISED, Webhook.Event.WITHDRAWN)) {
      JsonNode body = told(of(due, event));
      assertThat(body.at("/type").asText()).isEqualTo("gap." + event.wireName());
      JsonNode gap = body.at("/data/gap");
      assertThat(gap.at("/id").asText()).isEqualTo("gap-1");
      assertThat(gap.at("/kind").asText()).isEqualTo("incomplete");
      assertThat(gap.at("/articleId").asText()).isEqualTo("reset");
      assertThat(gap.at("/title").asText()).isEqualTo(live.at("/data/gap/title").asText());
      assertThat(gap.at("/withdrawn/details/returned").asInt()).isEqualTo(9);
      assertThat(gap.at("/withdrawn/at").asText()).startsWith("2026-01-");
    }
  }

  @Test
  void anArticleThatSuddenlyBecameWorseIsTold() throws IOException {
    Webhook webhook =
        desk.webhooks()
            .add(
                new Webhook.Wish(
                    java.net.URI.create("https://example.com/hook"),
                    EnumSet.of(Webhook.Event.WORSE),
                    java.util.Set.of(),
                    true),
                null,
                "Mina")
            .webhook();
    for (int i = 0; i < 25; i++) {
      story("a" + i, "cu" + i, "PT" + i + "H", "reset");
    }
    for (int i = 0; i < 8; i++) {
      story("b" + i, "cb" + i, "P30DT" + i + "H", "reset");
    }
    for (int i = 0; i < 8; i++) {
      story("c" + i, "cb" + i, "P32DT" + i + "H", null);
    }
    JsonNode body = told(desk.webhooks().due(webhook.id(), MONDAY, 10).getFirst());
    assertThat(body.at("/type").asText()).isEqualTo("article.worse");
    assertThat(body.at("/data/article/articleId").asText()).isEqualTo("reset");
    assertThat(body.at("/data/article/change/kind").asText()).isEqualTo("time");
    assertThat(body.at("/data/gap").isMissingNode()).isTrue();
  }
}
