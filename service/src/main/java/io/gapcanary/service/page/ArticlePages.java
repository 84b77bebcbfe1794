package io.gapcanary.service.page;

import io.gapcanary.Desk;
import io.gapcanary.Gap;
import io.gapcanary.GapFilter;
import io.gapcanary.NotFoundException;
import io.gapcanary.kb.Article;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The articles with their health, and the text of one. */
final class ArticlePages {
  private static final int PAGE = 100;

  private final Pages pages;
  private final Desk desk;

  ArticlePages(Pages pages, Desk desk) {
    this.pages = pages;
    this.desk = desk;
  }

  void list(Context context) {
    List<Article> some = desk.articles().list(context.queryParam("after"), PAGE);
    Map<String, Integer> given = given();
    Map<String, List<Gap>> gaps = gapsByArticle();
    pages.show(
        context,
        "articles.jte",
        new Views.Articles(
            pages.frame(context),
            some.stream().map(article -> row(article, given, gaps)).toList(),
            some.size() < PAGE ? null : some.get(some.size() - 1).id()));
  }

  void get(Context context) {
    Article article = require(context);
    pages.show(
        context,
        "article.jte",
        new Views.OneArticle(
            pages.frame(context),
            row(article, given(), gapsByArticle()),
            Markdown.html(article.body()),
            desk.articles().wordings(article.id()),
            desk.articles().dismissals(article.id())));
  }

  private Article require(Context context) {
    String id = context.pathParam("id");
    return desk.articles()
        .find(id)
        .orElseThrow(() -> new NotFoundException("There is no article " + id));
  }

  void removeWording(Context context) {
    String article = require(context).id();
    String wording = Objects.requireNonNullElse(context.formParam("wording"), "");
    desk.articles().removeWording(article, wording, "");
    context.redirect(Addresses.article(article) + "#learned", HttpStatus.SEE_OTHER);
  }

  private static Views.ArticleRow row(
      Article article, Map<String, Integer> given, Map<String, List<Gap>> gaps) {
    return new Views.ArticleRow(
        article, given.getOrDefault(article.id(), 0), gaps.getOrDefault(article.id(), List.of()));
  }

  private Map<String, Integer> given() {
    Map<String, Integer> given = new HashMap<>();
    desk.outcomes(outcome -> outcome.given().forEach(id -> given.merge(id, 1, Integer::sum)));
    return given;
  }

  private Map<String, List<Gap>> gapsByArticle() {
    return desk.board().list(GapFilter.FIRST_PAGE.limit(1000)).gaps().stream()
        .filter(gap -> gap.articleId() != null && gap.state().live())
        .collect(Collectors.groupingBy(gap -> String.valueOf(gap.articleId())));
  }
}
