package io.gapcanary.service.page;

import io.gapcanary.Desk;
import io.gapcanary.Flood;
import io.gapcanary.NotFoundException;
import io.gapcanary.service.http.Gate;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The cases that look like a machine's doing, and what people say of them. */
final class FloodPages {
  private static final int FLOODS = 100;
  private static final int CASES = 40;

  private final Pages pages;
  private final Desk desk;

  FloodPages(Pages pages, Desk desk) {
    this.pages = pages;
    this.desk = desk;
  }

  void list(Context context) {
    Flood.Page page = desk.floods().list(FLOODS);
    Map<String, List<String>> cases = new LinkedHashMap<>();
    page.floods().forEach(flood -> cases.put(flood.id(), cases(flood)));
    pages.show(
        context, "floods.jte", new FloodView(pages.frame(context), page, cases, desk.settings()));
  }

  private List<String> cases(Flood flood) {
    try {
      return desk.floods().cases(flood.id(), CASES);
    } catch (NotFoundException e) {
      return List.of(); // erased since it was listed
    }
  }

  void decide(Context context) {
    String id = Objects.requireNonNullElse(context.formParam("id"), "");
    boolean people = "true".equals(context.formParam("people"));
    Gate.noteSubject(context, id);
    desk.floods().decide(id, people, Gate.by(context, context.formParam("by")));
    context.redirect("/gaps/floods", HttpStatus.SEE_OTHER);
  }
}
