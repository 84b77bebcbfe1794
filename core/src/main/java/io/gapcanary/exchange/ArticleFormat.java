package io.gapcanary.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapcanary.exchange.Flaw.Reason;
import io.gapcanary.kb.Article;
import io.gapcanary.kb.VersionRange;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An article in JSON: a line of {@code articles.jsonl}, and the body of the HTTP API. */
public final class ArticleFormat implements LineFormat<Article> {
  /** The one instance. */
  public static final ArticleFormat INSTANCE = new ArticleFormat();

  private ArticleFormat() {}

  @Override
  public Article read(JsonNode object, List<Flaw> warnings) {
    return read(Fields.id(object, Flaw.Kind.ARTICLE), object);
  }

  /**
   * Reads an article whose id is told elsewhere.
   *
   * @throws UnusableException when it cannot be used
   */
  public Article read(String id, JsonNode object) {
    Fields fields = new Fields(object, Flaw.Kind.ARTICLE, id);
    return Article.builder(id, fields.requireTold("title"), fields.requireTold("body"))
        .language(fields.text("language"))
        .product(fields.text("product"))
        .versions(versions(fields))
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

  private static @Nullable String versions(Fields fields) {
    String text = fields.text("versions");
    try {
      VersionRange unusedChecked = VersionRange.parse(text == null ? "" : text);
      return text;
    } catch (IllegalArgumentException e) {
      throw new UnusableException(
          fields.flaw(Reason.VERSIONS_UNREADABLE, Fields.shortened(Objects.requireNonNull(text))),
          e);
    }
  }

  private static <E extends Enum<E>> E constant(
      Class<E> type, Fields fields, String name, E absent) {
    String text = fields.text(name);
    return text == null ? absent : fields.constant(type, ArticleFormat::wireName, name, text);
  }

  /**
   * The confidence of a name in JSON.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Article.Confidence confidence(String text) {
    return Arrays.stream(Article.Confidence.values())
        .filter(confidence -> wireName(confidence).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "confidence \""
                        + Fields.shortened(text)
                        + "\" is none of "
                        + Arrays.stream(Article.Confidence.values())
                            .map(ArticleFormat::wireName)
                            .collect(Collectors.joining(", "))));
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
