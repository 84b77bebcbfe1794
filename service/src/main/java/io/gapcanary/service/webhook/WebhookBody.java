package io.gapcanary.service.webhook;

import io.gapcanary.BoardChange;
import io.gapcanary.Desk;
import io.gapcanary.Gap;
import io.gapcanary.Webhook;
import io.gapcanary.exchange.DeskJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver is told: what happened and when, and of the gap what the list of gaps shows, as
 * it stands now; or what open cases ask that has no gap yet; or the report of a week. What
 * customers said is not in it but for the title, which is masked.
 */
final class WebhookBody {
  private WebhookBody() {}

  static byte[] of(Webhook.Delivery delivery, Desk desk) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("type", type(delivery.event()));
    body.put("timestamp", delivery.at());
    body.put("data", data(delivery, desk));
    return DeskJson.line(body).getBytes(StandardCharsets.UTF_8);
  }

  private static String type(Webhook.@Nullable Event event) {
    return switch (event) {
      case null -> "test";
      case REPORT -> event.wireName();
      case WORSE -> "article." + event.wireName();
      case RAISED, GROWN, REOPENED, VERIFIED, WITHDRAWN, FORMING -> "gap." + event.wireName();
    };
  }

  private static Map<String, @Nullable Object> data(Webhook.Delivery delivery, Desk desk) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    String gapId = delivery.gapId();
    if (gapId != null) {
      Gap gap = desk.board().find(gapId).orElse(null);
      data.put("cases", delivery.cases());
      data.put("gap", gap == null ? gone(gapId, desk) : told(gap, desk));
    }
    if (delivery.rise() != null) {
      data.put("article", desk.webhooks().worse(delivery).orElse(null));
    }
    desk.webhooks()
        .forming(delivery)
        .ifPresent(
            forming -> {
              data.put("cases", delivery.cases());
              data.put("forming", told(forming));
            });
    if (delivery.event() == Webhook.Event.REPORT) {
      data.put("report", desk.report(desk.webhooks().reported(delivery)));
    }
    return data;
  }

  /** One that was withdrawn meanwhile: what it was, and when and why it is none; else its id. */
  private static Map<String, @Nullable Object> gone(String id, Desk desk) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("id", id);
    desk.board()
        .findWithdrawn(id)
        .ifPresent(
            gap -> {
              told.put("kind", gap.kind());
              told.put("title", gap.title());
              told.put("articleId", gap.articleId());
              told.put("cases", gap.cases());
              told.put("withdrawn", Map.of("at", gap.at(), "details", gap.why().details()));
            });
    return told;
  }

  private static Map<String, @Nullable Object> told(BoardChange.Forming forming) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("title", forming.title());
    told.put("customers", forming.customers());
    told.put("gapId", forming.gapId());
    return told;
  }

  private static Map<String, @Nullable Object> told(Gap gap, Desk desk) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("id", gap.id());
    told.put("kind", gap.kind());
    told.put("state", gap.state());
    told.put("title", gap.title());
    told.put("languages", gap.languages());
    told.put("articleId", gap.articleId());
    told.put("cases", gap.cases().size());
    told.put("customers", gap.customers());
    told.put("openNow", desk.board().openNow().of(gap.id()).cases().size());
    told.put("impact", gap.impact().score());
    told.put("firstSeen", gap.firstSeen());
    told.put("lastSeen", gap.lastSeen());
    told.put("owner", gap.owner());
    told.put("version", gap.version());
    return told;
  }
}
