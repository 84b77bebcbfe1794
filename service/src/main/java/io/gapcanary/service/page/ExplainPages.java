package io.gapcanary.service.page;

import io.gapcanary.Desk;
import io.gapcanary.kb.Explanation;
import io.gapcanary.service.http.ExplainRequest;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;

/** Why an article is suggested, or is not, in numbers. */
final class ExplainPages {
  private final Pages pages;
  private final Desk desk;
  private final InstantSource clock;

  ExplainPages(Pages pages, Desk desk, InstantSource clock) {
    this.pages = pages;
    this.desk = desk;
    this.clock = clock;
  }

  void get(Context context) {
    ExplainRequest request = ExplainRequest.of(context);
    Explanation explanation =
        request.isEmpty() ? null : request.explain(desk.assist(), clock.instant());
    pages.show(
        context,
        "explain.jte",
        new ExplainView(
            pages.frame(context),
            request,
            explanation,
            explanation == null ? null : request.compare(explanation).orElse(null),
            Choices.of(desk.articles()),
            explanation == null ? List.of() : leftOut(request, explanation)));
  }

  private static List<String> leftOut(ExplainRequest request, Explanation explanation) {
    return request.articles().stream().filter(id -> explanation.find(id).isEmpty()).toList();
  }
}
