package io.gapcanary.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapcanary.ImpactWeights;
import io.gapcanary.Weights;
import io.javalin.http.Context;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The weights of the impact over HTTP. */
final class WeightsRoutes {
  private final Weights weights;

  WeightsRoutes(Weights weights) {
    this.weights = weights;
  }

  void get(Context context) {
    answer(context, weights.get());
  }

  void decide(Context context) {
    long version = EntityTag.expected(context, "weights");
    ObjectNode body = Body.objectOf(context, "weights", "by");
    ImpactWeights decision = Body.reading(() -> read(body));
    String by = Body.reading(() -> Body.by(context, body));
    answer(context, weights.decide(version, decision, by));
  }

  private static @Nullable ImpactWeights read(JsonNode body) {
    JsonNode given = body.get("weights");
    if (given == null || !(given.isNull() || given.isObject())) {
      throw new IllegalArgumentException(
          "weights must be an object with factors and segments, or null for the settings' own");
    }
    return given.isNull()
        ? null
        : new ImpactWeights(numbers(given, "factors"), numbers(given, "segments"));
  }

  private static Map<String, Double> numbers(JsonNode given, String name) {
    Map<String, Double> numbers = new TreeMap<>();
    if (given.has(name) && !given.get(name).isObject()) {
      throw new IllegalArgumentException(name + " must be an object of numbers");
    }
    given
        .path(name)
        .properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isNumber()) {
                throw new IllegalArgumentException(
                    name + "." + Parameters.shown(entry.getKey()) + " must be a number");
              }
              numbers.put(entry.getKey(), entry.getValue().doubleValue());
            });
    return numbers;
  }

  private static void answer(Context context, Weights.InUse inUse) {
    EntityTag.send(context, inUse.version());
    context.json(inUse);
  }
}
