package io.gapcanary.service.http;

import io.gapcanary.ArticleHealth;
import io.gapcanary.Articles;
import io.gapcanary.Desk;
import io.gapcanary.DeskHealth;
import io.gapcanary.NotFoundException;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The desk's health, that of its articles, and who came back, over HTTP. */
final class HealthRoutes {
  private static final int PAGE = 100;

  private final Desk desk;
  private final Articles articles;

  HealthRoutes(Desk desk) {
    this.desk = desk;
    this.articles = desk.articles();
  }

  void desk(Context context) {
    DeskHealth health = desk.health(query(context));
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("asOf", desk.now());
    answer.put("by", health.by());
    answer.put("from", health.from());
    answer.put("to", health.to());
    answer.put("total", health.total());
    answer.put("rows", health.rows());
    context.json(answer);
  }

  private static DeskHealth.Query query(Context context) {
    DeskHealth.By by =
        Parameters.constant(context, "by", DeskHealth.By.class).orElse(DeskHealth.By.WEEK);
    return Body.reading(
        () ->
            new DeskHealth.Query(
                by,
                Parameters.day(context, "from").orElse(null),
                Parameters.day(context, "to").orElse(null),
                Parameters.slice(context)));
  }

  void cases(Context context) {
    Parameters.require(context, "measure");
    DeskHealth.Measure measure =
        Parameters.constant(context, "measure", DeskHealth.Measure.class).orElseThrow();
    context.json(
        Map.of(
            "cases", desk.casesBehind(query(context), measure, Parameters.limit(context, PAGE))));
  }

  void articles(Context context) {
    ArticleHealth.Order order =
        Parameters.constant(context, "order", ArticleHealth.Order.class)
            .orElse(ArticleHealth.Order.WORSE);
    context.json(
        articles.health(order, context.queryParam("after"), Parameters.limit(context, PAGE)));
  }

  void article(Context context) {
    String id = context.pathParam("id");
    context.json(
        articles
            .health(id)
            .orElseThrow(
                () -> new NotFoundException("There is no article " + Parameters.shown(id))));
  }

  void repeatContacts(Context context) {
    context.json(
        articles.repeatContacts(
            context.queryParam("article"),
            context.queryParam("after"),
            Parameters.limit(context, PAGE)));
  }
}
