package io.gapcanary.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapcanary.RecalculatedSetting;
import io.gapcanary.Recalculation;
import io.gapcanary.RecalculationRequest;
import io.gapcanary.Recalculations;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Past cases judged again, over HTTP. */
public final class RecalculationRoutes {
  private final Recalculations recalculations;

  RecalculationRoutes(Recalculations recalculations) {
    this.recalculations = recalculations;
  }

  /** Begins a recalculation, and works on it beside everything else. */
  public static Recalculation begin(Recalculations recalculations, RecalculationRequest request) {
    Recalculation begun = recalculations.begin(request);
    Thread unused =
        Thread.ofPlatform()
            .daemon()
            .name("recalculate")
            .start(() -> recalculations.run(begun.id()));
    return begun;
  }

  void begin(Context context) {
    ObjectNode body = Body.objectOfIfAny(context, "settings", "floors", "by");
    RecalculationRequest request = Body.reading(() -> read(context, body));
    Recalculation begun = Body.reading(() -> begin(recalculations, request));
    Gate.noteSubject(context, begun.id());
    context
        .status(HttpStatus.ACCEPTED)
        .header("Location", "/api/v1/recalculations/" + begun.id())
        .json(begun);
  }

  private static RecalculationRequest read(Context context, JsonNode body) {
    Map<RecalculatedSetting, String> settings = new EnumMap<>(RecalculatedSetting.class);
    object(body, "settings")
        .properties()
        .forEach(
            entry ->
                settings.put(
                    RecalculatedSetting.parse(Parameters.shown(entry.getKey())),
                    value(entry.getKey(), entry.getValue())));
    Map<String, Double> floors = new TreeMap<>();
    object(body, "floors")
        .properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isNumber()) {
                throw new IllegalArgumentException(
                    "floors." + Parameters.shown(entry.getKey()) + " must be a number");
              }
              floors.put(entry.getKey(), entry.getValue().doubleValue());
            });
    return new RecalculationRequest(settings, floors, Body.by(context, body));
  }

  private static JsonNode object(JsonNode body, String name) {
    JsonNode node = body.path(name);
    if (!(node.isObject() || node.isMissingNode())) {
      throw new IllegalArgumentException(name + " must be an object");
    }
    return node;
  }

  private static String value(String name, JsonNode value) {
    if (!(value.isTextual() || value.isNumber())) {
      throw new IllegalArgumentException(name + " must be a text or a number");
    }
    return value.asText();
  }

  void get(Context context) {
    context.json(recalculations.get(context.pathParam("id")));
  }

  void keep(Context context) {
    ObjectNode body = Body.objectOfIfAny(context, "by");
    String by = Body.reading(() -> Body.by(context, body));
    context.json(recalculations.keep(context.pathParam("id"), by));
  }

  void discard(Context context) {
    recalculations.discard(context.pathParam("id"));
    context.status(HttpStatus.NO_CONTENT);
  }
}
