package io.gapcanary.service.page;

import io.gapcanary.ArticleHealth;
import io.gapcanary.Desk;
import io.gapcanary.Gap;
import io.gapcanary.GapFilter;
import io.gapcanary.NotFoundException;
import io.gapcanary.kb.Article;
import io.gapcanary.service.http.Gate;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The articles with their health, and the text of one. */
final class ArticlePages {
  private static final int PAGE = 100;
  private static final int RETURNS = 10;

  private final Pages pages;
  private final Desk desk;

  ArticlePages(Pages pages, Desk desk) {
    this.pages = pages;
    this.desk = desk;
  }

  void list(Context context) {
    ArticleHealth.Order order =
        Stream.of(ArticleHealth.Order.values())
            .filter(one -> one.wireName().equals(context.queryParam("order")))
            .findFirst()
            .orElse(ArticleHealth.Order.WORSE);
    ArticleHealth.Page page = desk.articles().health(order, context.queryParam("after"), PAGE);
    Map<String, List<Gap>> gaps = gapsByArticle();
    pages.show(
        context,
        "articles.jte",
        new Views.Articles(
            pages.frame(context),
            page.articles().stream().flatMap(health -> row(health, gaps)).toList(),
            order,
            page.next()));
  }

  private Stream<Views.ArticleRow> row(ArticleHealth.Row health, Map<String, List<Gap>> gaps) {
    return desk.articles().find(health.articleId()).stream()
        .map(
            article ->
                new Views.ArticleRow(article, health, gaps.getOrDefault(article.id(), List.of())));
  }

  void get(Context context) {
    Article article = require(context);
    pages.show(
        context,
        "article.jte",
        new Views.OneArticle(
            pages.frame(context),
            article,
            desk.articles()
                .health(article.id())
                .orElseThrow(() -> new NotFoundException("There is no article " + article.id())),
            gapsByArticle().getOrDefault(article.id(), List.of()),
            desk.articles().repeatContacts(article.id(), null, RETURNS).repeatContacts(),
            Markdown.html(article.body()),
            desk.articles().wordings(article.id()),
            desk.articles().dismissals(article.id()),
            desk.articles().removedWordings(article.id())));
  }

  private Article require(Context context) {
    String id = context.pathParam("id");
    return desk.articles()
        .find(id)
        .orElseThrow(() -> new NotFoundException("There is no article " + id));
  }

  /** Removes a wording, or takes one up again. */
  void decideWording(Context context) {
    String article = require(context).id();
    String wording = Objects.requireNonNullElse(context.formParam("wording"), "");
    String restored = Objects.requireNonNullElse(context.formParam("restore"), "");
    if (restored.isEmpty()) {
      desk.articles().removeWording(article, wording, Gate.by(context, ""));
    } else {
      desk.articles().restoreWording(article, restored, Gate.by(context, ""));
    }
    context.redirect(Addresses.article(article) + "#learned", HttpStatus.SEE_OTHER);
  }

  private Map<String, List<Gap>> gapsByArticle() {
    return desk.board().list(GapFilter.FIRST_PAGE.limit(1000)).gaps().stream()
        .filter(gap -> gap.articleId() != null && gap.state().live())
        .collect(Collectors.groupingBy(gap -> String.valueOf(gap.articleId())));
  }
}
