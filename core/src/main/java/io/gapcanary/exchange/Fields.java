package io.gapcanary.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, read strictly: a field of another type is an error that names it.
 *
 * @param object the object
 * @param what what it is, for messages: {@code article kb-17}
 */
record Fields(JsonNode object, String what) {

  /** The object's id, which numbers may be too. */
  static String id(JsonNode object, String kind) {
    JsonNode id = object.get("id");
    if (id == null || id.isNull()) {
      throw new IllegalArgumentException(kind + " has no id");
    }
    if (!id.isTextual() && !id.isIntegralNumber()) {
      throw new IllegalArgumentException(kind + " has an id that is no text");
    }
    if (id.asText().isBlank()) {
      throw new IllegalArgumentException(kind + " has a blank id");
    }
    return id.asText();
  }

  private Optional<JsonNode> find(String name) {
    return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
  }

  String require(String name) {
    return find(name)
        .map(node -> text(node, name))
        .orElseThrow(() -> new IllegalArgumentException(what + " has no " + name));
  }

  @Nullable String text(String name) {
    return find(name).map(node -> text(node, name)).orElse(null);
  }

  private String text(JsonNode node, String name) {
    if (node.isTextual() || node.isNumber()) {
      return node.asText();
    }
    throw new IllegalArgumentException(what + ": " + name + " must be a text");
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode node : list(name)) {
      texts.add(text(node, name));
    }
    return texts;
  }

  /** The elements of a list; empty when it is absent. */
  List<JsonNode> list(String name) {
    Optional<JsonNode> list = find(name);
    if (list.isPresent() && !list.get().isArray()) {
      throw new IllegalArgumentException(what + ": " + name + " must be a list");
    }
    List<JsonNode> elements = new ArrayList<>();
    list.ifPresent(nodes -> nodes.forEach(elements::add));
    return elements;
  }

  @Nullable Double number(String name) {
    JsonNode node = find(name).orElse(null);
    if (node == null) {
      return null;
    }
    if (!node.isNumber()) {
      throw new IllegalArgumentException(what + ": " + name + " must be a number");
    }
    return node.asDouble();
  }

  Instant requireTime(String name) {
    Instant time = time(name);
    if (time == null) {
      throw new IllegalArgumentException(what + " has no " + name);
    }
    return time;
  }

  @Nullable Instant time(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (time.isBefore(EARLIEST) || !time.isBefore(LATEST)) {
        throw new IllegalArgumentException(
            what + ": " + name + " \"" + shortened(text) + "\" does not lie between 1970 and 2200");
      }
      return time;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          what + ": " + name + " \"" + shortened(text) + "\" is not a time with a zone", e);
    }
  }

  /** No desk has cases from before or after these. */
  private static final Instant EARLIEST = Instant.EPOCH;

  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  /** A nested object that must be one. */
  Fields nested(JsonNode node, String name) {
    if (!node.isObject()) {
      throw new IllegalArgumentException(what + ": " + name + " must be an object");
    }
    return new Fields(node, what + ", " + name);
  }
}
