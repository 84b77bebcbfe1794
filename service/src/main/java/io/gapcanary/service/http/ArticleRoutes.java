package io.gapcanary.service.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapcanary.ArticleFilter;
import io.gapcanary.Articles;
import io.gapcanary.NotFoundException;
import io.gapcanary.exchange.ArticleFormat;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.exchange.JsonLines;
import io.gapcanary.exchange.Line;
import io.gapcanary.kb.Article;
import io.gapcanary.service.text.FlawText;
import io.gapcanary.service.text.Voice;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Articles over HTTP. */
final class ArticleRoutes {
  private final Articles articles;

  ArticleRoutes(Articles articles) {
    this.articles = articles;
  }

  void put(Context context) {
    String id = context.pathParam("id");
    ObjectNode body = Body.object(context);
    if (body.hasNonNull("id") && !body.get("id").asText().equals(id)) {
      throw new ProblemException(
          Problem.Kind.MALFORMED,
          "The body's id differs from the one in the address: leave it out of the body");
    }
    Article article = Body.reading(() -> ArticleFormat.INSTANCE.read(id, body));
    boolean isNew =
        switch (EntityTag.condition(context, "article")) {
          case EntityTag.Condition.None none -> articles.put(article);
          case EntityTag.Condition.Absent absent -> articles.put(article, null);
          case EntityTag.Condition.Version version -> articles.put(article, version.hash());
        };
    answer(context.status(isNew ? 201 : 200), article);
  }

  private static void answer(Context context, Article article) {
    EntityTag.send(context, Articles.version(article));
    context.json(ArticleFormat.INSTANCE.write(article));
  }

  void setConfidence(Context context) {
    String id = require(context).id();
    String expected = expected(context);
    ObjectNode body = Body.objectOf(context, "confidence");
    Article.Confidence confidence =
        Body.reading(
            () -> {
              if (!body.path("confidence").isTextual()) {
                throw new IllegalArgumentException("confidence must be a text: archived");
              }
              return ArticleFormat.confidence(body.get("confidence").asText());
            });
    answer(context, articles.setConfidence(id, confidence, expected));
  }

  void remove(Context context) {
    String id = require(context).id();
    String expected = expected(context);
    boolean removed = expected == null ? articles.remove(id) : articles.remove(id, expected);
    if (!removed) {
      throw new NotFoundException("There is no article " + Parameters.shown(id));
    }
    context.status(204);
  }

  private static @Nullable String expected(Context context) {
    return switch (EntityTag.condition(context, "article")) {
      case EntityTag.Condition.Version version -> version.hash();
      case EntityTag.Condition.None none -> null;
      case EntityTag.Condition.Absent absent ->
          throw new ProblemException(
              Problem.Kind.STALE, "The article is there, and If-None-Match says that it is not");
    };
  }

  private record Rejected(int line, String code, String reason) {}

  /** All lines are read before any is put: a body that breaks off changes nothing. */
  void putLines(Context context) throws IOException {
    List<Article> accepted = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    Voice voice = Parameters.voice(context);
    try (InputStream lines = Body.lines(context)) {
      JsonLines.read(
          lines,
          ArticleFormat.INSTANCE,
          line -> {
            switch (line) {
              case Line.Accepted<Article> good -> accepted.add(good.value());
              case Line.Rejected<Article> bad ->
                  rejected.add(
                      new Rejected(
                          bad.number(), bad.flaw().code(), FlawText.say(voice, bad.flaw())));
            }
          });
    }
    articles.putAll(accepted);
    context.json(Map.of("accepted", accepted.size(), "rejected", rejected));
  }

  void get(Context context) {
    answer(context, require(context));
  }

  private Article require(Context context) {
    String id = context.pathParam("id");
    return articles
        .find(id)
        .orElseThrow(() -> new NotFoundException("There is no article " + Parameters.shown(id)));
  }

  void wordings(Context context) {
    String id = require(context).id();
    context.json(
        Map.of(
            "wordings", articles.wordings(id),
            "dismissals", articles.dismissals(id),
            "removed", articles.removedWordings(id)));
  }

  void removeWording(Context context) {
    articles.removeWording(
        require(context).id(), context.pathParam("wordingId"), Gate.by(context, ""));
    context.status(204);
  }

  void restoreWording(Context context) {
    articles.restoreWording(
        require(context).id(), context.pathParam("wordingId"), Gate.by(context, ""));
    context.status(204);
  }

  void list(Context context) {
    int limit = Parameters.limit(context, 100);
    List<Article> page = articles.list(filter(context), context.queryParam("after"), limit);
    ObjectNode answer = DeskJson.mapper().createObjectNode();
    ArrayNode list = answer.putArray("articles");
    page.forEach(article -> list.add(ArticleFormat.INSTANCE.write(article)));
    answer.put("next", page.size() < limit ? null : page.get(page.size() - 1).id());
    context.json(answer);
  }

  private static ArticleFilter filter(Context context) {
    Set<Article.Confidence> confidences = EnumSet.noneOf(Article.Confidence.class);
    for (String given : Parameters.words(context, "confidence")) {
      confidences.add(Body.reading(() -> ArticleFormat.confidence(Parameters.shown(given))));
    }
    return new ArticleFilter(
        Parameters.told(context, "product"), Parameters.told(context, "language"), confidences);
  }
}
