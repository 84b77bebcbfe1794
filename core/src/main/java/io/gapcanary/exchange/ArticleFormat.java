package io.gapcanary.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapcanary.kb.Article;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An article in JSON: a line of {@code articles.jsonl}, and the body of the HTTP API. */
public final class ArticleFormat implements LineFormat<Article> {
  /** The one instance. */
  public static final ArticleFormat INSTANCE = new ArticleFormat();

  private ArticleFormat() {}

  @Override
  public Article read(JsonNode object, List<String> warnings) {
    return read(Fields.id(object, "article"), object);
  }

  /**
   * Reads an article whose id is told elsewhere.
   *
   * @throws IllegalArgumentException saying in one sentence why it cannot be used
   */
  public Article read(String id, JsonNode object) {
    Fields fields = new Fields(object, "article " + Fields.shortened(id));
    String title = fields.require("title");
    String body = fields.require("body");
    if (body.isBlank()) {
      throw new IllegalArgumentException(fields.what() + " has no text: body is blank");
    }
    return Article.builder(id, title, body)
        .language(fields.text("language"))
        .product(fields.text("product"))
        .versions(fields.text("versions"))
        .tags(fields.texts("tags"))
        .url(fields.text("url"))
        .audience(constant(Article.Audience.class, fields, "audience", Article.Audience.PUBLIC))
        .confidence(
            constant(Article.Confidence.class, fields, "confidence", Article.Confidence.VALIDATED))
        .publishedAt(fields.time("publishedAt"))
        .validUntil(fields.time("validUntil"))
        .updatedAt(fields.time("updatedAt"))
        .build();
  }

  private static <E extends Enum<E>> E constant(
      Class<E> type, Fields fields, String name, E absent) {
    String text = fields.text(name);
    return text == null ? absent : constant(type, fields.what(), name, text);
  }

  /**
   * The confidence of a name in JSON.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Article.Confidence confidence(String text) {
    return constant(Article.Confidence.class, "Articles", "confidence", text);
  }

  private static <E extends Enum<E>> E constant(
      Class<E> type, String what, String name, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(e -> wireName(e).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    what
                        + ": "
                        + name
                        + " \""
                        + Fields.shortened(text)
                        + "\" is none of "
                        + String.join(
                            ", ",
                            Arrays.stream(type.getEnumConstants())
                                .map(ArticleFormat::wireName)
                                .toList())));
  }

  /** The name of an audience or a confidence in JSON: {@code not-validated}. */
  public static String wireName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The article's JSON; absent parts are left out. Reading it gives an equal article. */
  public ObjectNode write(Article article) {
    ObjectNode node = DeskJson.mapper().createObjectNode();
    node.put("id", article.id());
    node.put("title", article.title());
    node.put("body", article.body());
    node.put("language", article.language());
    put(node, "product", article.applicability().product());
    String versions = article.applicability().versions().toString();
    put(node, "versions", versions.isEmpty() ? null : versions);
    if (!article.tags().isEmpty()) {
      article.tags().forEach(node.putArray("tags")::add);
    }
    put(node, "url", article.url());
    node.put("audience", wireName(article.audience()));
    node.put("confidence", wireName(article.confidence()));
    put(node, "publishedAt", article.publishedAt());
    put(node, "validUntil", article.validUntil());
    put(node, "updatedAt", article.updatedAt());
    return node;
  }

  private static void put(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }

  private static void put(ObjectNode node, String name, @Nullable Instant value) {
    if (value != null) {
      node.put(name, value.toString());
    }
  }
}
