package io.gapcanary.service.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapcanary.exchange.ArticleFormat;
import io.gapcanary.exchange.UnusableException;
import io.gapcanary.kb.Article;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What people write beside an article, read into the fields of {@code articles.jsonl}: names in any
 * case and in Korean, tags with commas between, days without a time of day. Not thread-safe.
 */
final class ArticleFields {
  private static final List<String> NAMES =
      List.of(
          "id",
          "title",
          "body",
          "language",
          "product",
          "versions",
          "tags",
          "url",
          "audience",
          "confidence",
          "publishedAt",
          "validUntil",
          "updatedAt");

  private static final Map<String, String> ALSO =
      Map.ofEntries(
          Map.entry("lang", "language"),
          Map.entry("keywords", "tags"),
          Map.entry("content", "body"),
          Map.entry("version", "versions"),
          Map.entry("번호", "id"),
          Map.entry("아이디", "id"),
          Map.entry("제목", "title"),
          Map.entry("본문", "body"),
          Map.entry("내용", "body"),
          Map.entry("언어", "language"),
          Map.entry("제품", "product"),
          Map.entry("버전", "versions"),
          Map.entry("태그", "tags"),
          Map.entry("주소", "url"));

  private static final Map<String, String> BY_SMALL_LETTERS =
      Stream.concat(
              NAMES.stream().map(name -> Map.entry(name.toLowerCase(Locale.ROOT), name)),
              ALSO.entrySet().stream())
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final ObjectNode node = JsonNodeFactory.instance.objectNode();

  /** Takes a field; one that an article does not have is ignored, and so is a blank one. */
  void put(String name, JsonNode value) {
    String known =
        BY_SMALL_LETTERS.get(name.strip().toLowerCase(Locale.ROOT).replaceAll("[_ -]", ""));
    if (known == null || value.isNull() || (value.isValueNode() && value.asText().isBlank())) {
      return;
    }
    if (known.equals("tags")) {
      node.set(known, tags(value));
    } else if (known.endsWith("At") || known.equals("validUntil")) {
      node.put(known, time(value.asText().strip()));
    } else {
      node.put(known, known.equals("body") ? value.asText() : value.asText().strip());
    }
  }

  void put(String name, String value) {
    put(name, JsonNodeFactory.instance.textNode(value));
  }

  /** The same, where nothing was said yet. */
  void putIfAbsent(String name, String value) {
    if (!node.has(name)) {
      put(name, value);
    }
  }

  private static ArrayNode tags(JsonNode value) {
    List<String> tags = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(tag -> tags.add(tag.asText()));
    } else {
      tags.addAll(Arrays.asList(value.asText().split("[,;|]")));
    }
    ArrayNode node = JsonNodeFactory.instance.arrayNode();
    tags.stream().map(String::strip).filter(tag -> !tag.isEmpty()).forEach(node::add);
    return node;
  }

  /** A day begins at midnight, UTC. */
  private static String time(String text) {
    return text.matches("\\d{4}-\\d{2}-\\d{2}") ? text + "T00:00:00Z" : text;
  }

  /**
   * The article.
   *
   * @throws UnusableException when it is none
   */
  Article read() {
    return ArticleFormat.INSTANCE.read(node, new ArrayList<>());
  }
}
