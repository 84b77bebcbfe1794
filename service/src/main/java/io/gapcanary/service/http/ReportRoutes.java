package io.gapcanary.service.http;

import io.gapcanary.Desk;
import io.gapcanary.IsoWeek;
import io.javalin.http.Context;

/** What a week brought, over HTTP. */
final class ReportRoutes {
  private final Desk desk;

  ReportRoutes(Desk desk) {
    this.desk = desk;
  }

  void get(Context context) {
    String asked = context.queryParam("week");
    IsoWeek week =
        asked == null ? desk.reportedWeek() : Body.reading(() -> IsoWeek.parse(asked.strip()));
    context.json(desk.report(week));
  }
}
