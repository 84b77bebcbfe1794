package io.gapcanary.service.webhook;

import io.gapcanary.Gap;
import io.gapcanary.Webhook;
import io.gapcanary.exchange.DeskJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver is told: what happened and when, and of the gap what the list of gaps shows, as
 * it stands now. What customers said is not in it but for the title, which is masked.
 */
final class WebhookBody {
  private WebhookBody() {}

  static byte[] of(Webhook.Delivery delivery, Optional<Gap> gap) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("type", delivery.event() == null ? "test" : "gap." + delivery.event().wireName());
    body.put("timestamp", delivery.at());
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    if (delivery.gapId() != null) {
      data.put("cases", delivery.cases());
      data.put("gap", gap.map(WebhookBody::told).orElseGet(() -> erased(delivery)));
    }
    body.put("data", data);
    return DeskJson.line(body).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, @Nullable Object> erased(Webhook.Delivery delivery) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("id", delivery.gapId());
    return told;
  }

  private static Map<String, @Nullable Object> told(Gap gap) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("id", gap.id());
    told.put("kind", gap.kind());
    told.put("state", gap.state());
    told.put("title", gap.title());
    told.put("languages", gap.languages());
    told.put("articleId", gap.articleId());
    told.put("cases", gap.cases().size());
    told.put("customers", gap.customers());
    told.put("impact", gap.impact().score());
    told.put("firstSeen", gap.firstSeen());
    told.put("lastSeen", gap.lastSeen());
    told.put("owner", gap.owner());
    told.put("version", gap.version());
    return told;
  }
}
