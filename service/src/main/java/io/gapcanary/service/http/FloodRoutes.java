package io.gapcanary.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapcanary.Flood;
import io.gapcanary.Floods;
import io.gapcanary.NotFoundException;
import io.javalin.http.Context;
import java.util.Map;

/** Cases that look like a machine's doing, over HTTP. */
final class FloodRoutes {
  private final Floods floods;

  FloodRoutes(Floods floods) {
    this.floods = floods;
  }

  void list(Context context) {
    context.json(floods.list(Parameters.limit(context, 100)));
  }

  void get(Context context) {
    context.json(require(context));
  }

  void cases(Context context) {
    int limit = Parameters.limit(context, 100);
    context.json(Map.of("cases", floods.cases(require(context).id(), limit)));
  }

  void decide(Context context) {
    String id = require(context).id();
    ObjectNode body = Body.objectOf(context, "people", "by");
    boolean people = Body.reading(() -> people(body));
    String by = Body.reading(() -> Body.by(context, body));
    context.json(floods.decide(id, people, by));
  }

  private Flood require(Context context) {
    String id = context.pathParam("id");
    return floods
        .find(id)
        .orElseThrow(() -> new NotFoundException("There is no flood " + Parameters.shown(id)));
  }

  private static boolean people(JsonNode body) {
    Boolean people = Body.flag(body, "people");
    if (people == null) {
      throw new IllegalArgumentException("people must be true or false");
    }
    return people;
  }
}
