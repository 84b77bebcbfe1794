package io.gapcanary.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapcanary.Floor;
import io.gapcanary.FloorDecision;
import io.gapcanary.FloorOutlook;
import io.gapcanary.Floors;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Floors over HTTP. */
final class FloorRoutes {
  private final Floors floors;

  FloorRoutes(Floors floors) {
    this.floors = floors;
  }

  void list(Context context) {
    context.json(Map.of("floors", floors.list()));
  }

  void get(Context context) {
    Floor floor = floors.get(Parameters.require(context, "language"));
    FloorOutlook outlook = floors.outlook(floor.language());
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("floor", floor);
    answer.put("cases", outlook.cases().size());
    answer.put("given", outlook.given());
    answer.put("notGiven", outlook.notGiven());
    answer.put("inUse", outlook.at(floor.value()));
    answer.put("curve", outlook.curve());
    Double to = number(context, "to");
    answer.put("change", to == null ? null : Body.reading(() -> outlook.change(floor.value(), to)));
    EntityTag.send(context, floor.version());
    context.json(answer);
  }

  private static @Nullable Double number(Context context, String name) {
    String text = context.queryParam(name);
    try {
      return text == null ? null : Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw new ProblemException(Problem.Kind.MALFORMED, name + " must be a number, such as 0.55");
    }
  }

  void decide(Context context) {
    Floor floor = floors.get(Parameters.require(context, "language"));
    long version = EntityTag.expected(context, "floor");
    ObjectNode body = Body.objectOf(context, "floor", "by");
    FloorDecision decision = Body.reading(() -> read(context, body));
    Floor decided = floors.decide(floor.language(), version, decision);
    EntityTag.send(context, decided.version());
    context.json(decided);
  }

  private static FloorDecision read(Context context, JsonNode body) {
    JsonNode floor = body.get("floor");
    if (floor == null || !(floor.isNull() || floor.isNumber())) {
      throw new IllegalArgumentException(
          "floor must be a number between 0 and 1, or null for the product's own");
    }
    return new FloorDecision(floor.isNull() ? null : floor.doubleValue(), Body.by(context, body));
  }
}
