package io.gapcanary.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.WireName;
import io.gapcanary.exchange.Flaw.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, read strictly: a field of another type is a flaw that names it.
 *
 * @param object the object
 * @param about what it is, for whoever is told: article kb-17
 */
record Fields(JsonNode object, List<Flaw.Part> about) {
  /** No desk has cases from before or after these. */
  private static final Instant EARLIEST = Instant.EPOCH;

  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  Fields(JsonNode object, Flaw.Kind kind, String name) {
    this(object, List.of(new Flaw.Part(kind, shortened(name))));
  }

  /** The object's id, which numbers may be too. */
  static String id(JsonNode object, Flaw.Kind kind) {
    JsonNode id = object.get("id");
    if (id == null || id.isNull()) {
      throw new UnusableException(Flaw.of(kind, "", Reason.MISSING, "id"));
    }
    if (!id.isTextual() && !id.isIntegralNumber()) {
      throw new UnusableException(Flaw.of(kind, "", Reason.NOT_A_TEXT, "id"));
    }
    if (id.asText().isBlank()) {
      throw new UnusableException(Flaw.of(kind, "", Reason.BLANK, "id"));
    }
    return id.asText();
  }

  Flaw flaw(Reason reason, String... arguments) {
    return Flaw.of(about, reason, arguments);
  }

  UnusableException refused(Reason reason, String... arguments) {
    return new UnusableException(flaw(reason, arguments));
  }

  private Optional<JsonNode> find(String name) {
    return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
  }

  String require(String name) {
    return find(name)
        .map(node -> text(node, name))
        .orElseThrow(() -> refused(Reason.MISSING, name));
  }

  /** A text that says something. */
  String requireTold(String name) {
    return told(name, require(name));
  }

  private String told(String name, String text) {
    if (text.isBlank()) {
      throw refused(Reason.BLANK, name);
    }
    return text;
  }

  @Nullable String text(String name) {
    return find(name).map(node -> text(node, name)).orElse(null);
  }

  /** A text that says something, when it is there. */
  @Nullable String told(String name) {
    String text = text(name);
    return text == null ? null : told(name, text);
  }

  private String text(JsonNode node, String name) {
    if (node.isTextual() || node.isNumber()) {
      return node.asText();
    }
    throw refused(Reason.NOT_A_TEXT, name);
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
      throw refused(Reason.NOT_A_LIST, name);
    }
    List<JsonNode> elements = new ArrayList<>();
    list.ifPresent(nodes -> nodes.forEach(elements::add));
    return elements;
  }

  /** A number of 0 or more, when it is there. */
  @Nullable Double amount(String name) {
    JsonNode node = find(name).orElse(null);
    if (node == null) {
      return null;
    }
    if (!node.isNumber()) {
      throw refused(Reason.NOT_A_NUMBER, name);
    }
    double number = node.asDouble();
    if (!(number >= 0 && Double.isFinite(number))) {
      throw refused(Reason.NEGATIVE, name, node.asText());
    }
    return number;
  }

  /** The constant of a text, where it has one. */
  <E extends Enum<E>> E constant(
      Class<E> type, Function<? super E, String> wireName, String name, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> wireName.apply(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    Reason.NONE_OF,
                    name,
                    shortened(text),
                    Arrays.stream(type.getEnumConstants())
                        .map(wireName)
                        .collect(Collectors.joining(", "))));
  }

  <E extends Enum<E> & WireName> E constant(Class<E> type, String name, String text) {
    return constant(type, WireName::wireName, name, text);
  }

  Instant requireTime(String name) {
    Instant time = time(name);
    if (time == null) {
      throw refused(Reason.MISSING, name);
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
        throw refused(Reason.TIME_OUT_OF_RANGE, name, shortened(text));
      }
      return time;
    } catch (DateTimeException e) {
      throw new UnusableException(flaw(Reason.NOT_A_TIME, name, shortened(text)), e);
    }
  }

  static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  /** A nested object that must be one. */
  Fields nested(JsonNode node, Flaw.Kind kind, int number) {
    List<Flaw.Part> inside = new ArrayList<>(about);
    inside.add(new Flaw.Part(kind, String.valueOf(number)));
    Fields nested = new Fields(node, inside);
    if (!node.isObject()) {
      throw nested.refused(Reason.NOT_AN_OBJECT);
    }
    return nested;
  }
}
