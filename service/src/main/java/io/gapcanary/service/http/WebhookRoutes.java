package io.gapcanary.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapcanary.NotFoundException;
import io.gapcanary.Webhook;
import io.gapcanary.Webhooks;
import io.gapcanary.WireName;
import io.gapcanary.service.access.Caller;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Webhooks over HTTP. */
public final class WebhookRoutes {
  private static final String[] WISH = {"url", "events", "growth", "enabled", "secret"};

  private final Webhooks webhooks;

  /** The webhooks of a desk. */
  public WebhookRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** Adds them all. */
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/api/v1/webhooks", this::list);
    routes.post("/api/v1/webhooks", this::add);
    routes.patch("/api/v1/webhooks/{id}", this::change);
    routes.delete("/api/v1/webhooks/{id}", this::remove);
    routes.post("/api/v1/webhooks/{id}/test", this::test);
    routes.post("/api/v1/webhooks/{id}/redeliver", this::redeliverDead);
    routes.get("/api/v1/webhook-deliveries", this::deliveries);
    routes.post("/api/v1/webhook-deliveries/{id}/redeliver", this::redeliver);
  }

  private void list(Context context) {
    context.json(Map.of("webhooks", webhooks.list()));
  }

  private void add(Context context) {
    ObjectNode body = Body.objectOf(context, WISH);
    Webhooks.Made made =
        Body.reading(
            () ->
                webhooks.add(
                    wish(body, null),
                    secret(body),
                    Gate.caller(context).orElse(Caller.HERE).name()));
    Gate.noteSubject(context, made.webhook().id());
    context.status(201).json(made);
  }

  private void change(Context context) {
    Webhook before = find(context.pathParam("id"));
    ObjectNode body = Body.objectOf(context, WISH);
    context.json(
        Body.reading(() -> webhooks.change(before.id(), wish(body, before), secret(body))));
  }

  private Webhook find(String id) {
    return webhooks
        .find(id)
        .orElseThrow(() -> new NotFoundException("There is no webhook " + Parameters.shown(id)));
  }

  /** What is left out stays as it was, or is what is usual. */
  private static Webhook.Wish wish(ObjectNode body, @Nullable Webhook before) {
    Set<Webhook.Event> events = before == null ? Set.of(Webhook.Event.values()) : before.events();
    Set<Integer> growth = before == null ? Webhook.Wish.USUAL_GROWTH : Set.copyOf(before.growth());
    return new Webhook.Wish(
        body.has("url") || before == null ? url(body) : before.url(),
        body.has("events") ? each(body, "events", WebhookRoutes::event) : events,
        body.has("growth") ? each(body, "growth", WebhookRoutes::cases) : growth,
        Objects.requireNonNullElse(Body.flag(body, "enabled"), before == null || before.enabled()));
  }

  private static URI url(JsonNode body) {
    return URI.create(Body.requireText(body, "url").strip());
  }

  private static <T> Set<T> each(JsonNode body, String name, Function<JsonNode, T> reader) {
    if (!body.path(name).isArray()) {
      throw new IllegalArgumentException(name + " must be a list");
    }
    Set<T> read = new LinkedHashSet<>();
    body.path(name).forEach(node -> read.add(reader.apply(node)));
    return read;
  }

  private static Webhook.Event event(JsonNode node) {
    return WireName.parse(
        Webhook.Event.class,
        "event",
        Parameters.shown(node.isTextual() ? node.asText() : node.toString()));
  }

  private static Integer cases(JsonNode node) {
    if (!node.canConvertToInt() || !node.isIntegralNumber()) {
      throw new IllegalArgumentException("growth must be whole numbers");
    }
    return node.intValue();
  }

  private static @Nullable String secret(JsonNode body) {
    return Body.text(body, "secret");
  }

  private void remove(Context context) {
    webhooks.remove(find(context.pathParam("id")).id());
    context.status(204);
  }

  private void test(Context context) {
    webhooks.test(find(context.pathParam("id")).id());
    context.status(202);
  }

  private void redeliverDead(Context context) {
    int count = webhooks.redeliverDead(find(context.pathParam("id")).id());
    context.status(202).json(Map.of("deliveries", count));
  }

  private void deliveries(Context context) {
    int limit = Parameters.limit(context, 100);
    String state = context.queryParam("state");
    if (state != null && !Set.of("dead", "waiting").contains(state)) {
      throw new ProblemException(Problem.Kind.MALFORMED, "state must be dead or waiting");
    }
    String before = context.queryParam("before");
    List<Webhook.Delivery> found =
        webhooks.deliveries(
            context.queryParam("webhook"),
            !"waiting".equals(state),
            before == null ? Long.MAX_VALUE : Parameters.delivery("before", before),
            limit);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("deliveries", found);
    answer.put("next", found.size() < limit ? null : found.getLast().id());
    context.json(answer);
  }

  private void redeliver(Context context) {
    String id = context.pathParam("id");
    if (!id.matches("\\d{1,18}")) {
      throw new NotFoundException("There is no delivery " + Parameters.shown(id));
    }
    webhooks.redeliver(Long.parseLong(id));
    context.status(202);
  }
}
