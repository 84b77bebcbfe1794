package io.gapcanary.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapcanary.Desk;
import io.gapcanary.Identity;
import io.gapcanary.service.imports.Imports;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;

/**
 * The erasure of customers over HTTP. Who is meant stands in the body and nowhere else: addresses
 * are logged on the way, and noted as what was done.
 */
final class ErasureRoutes {
  private static final int MOST = 100;

  private final Desk desk;
  private final Imports imports;

  ErasureRoutes(Desk desk, Imports imports) {
    this.desk = desk;
    this.imports = imports;
  }

  void erase(Context context) {
    ObjectNode body = Body.objectOf(context, "customerId", "identities");
    List<Identity> identities = Body.reading(() -> identities(body));
    context.json(imports.erasing(() -> desk.erase(identities)));
  }

  private static List<Identity> identities(ObjectNode body) {
    List<Identity> found = new ArrayList<>();
    if (body.has("customerId")) {
      found.add(new Identity("customer", Body.requireText(body, "customerId")));
    }
    if (body.has("identities")) {
      JsonNode list = body.get("identities");
      if (!list.isArray() || list.isEmpty() || list.size() > MOST) {
        throw new IllegalArgumentException("identities must be a list of 1 to " + MOST);
      }
      list.forEach(
          one ->
              found.add(
                  new Identity(Body.requireText(one, "type"), Body.requireText(one, "value"))));
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "Say who is to be erased: customerId, or identities with type and value, as they were told when cases were opened");
    }
    return found;
  }
}
