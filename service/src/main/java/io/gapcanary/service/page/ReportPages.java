package io.gapcanary.service.page;

import io.gapcanary.Desk;
import io.gapcanary.IsoWeek;
import io.gapcanary.service.http.Problem;
import io.gapcanary.service.http.ProblemException;
import io.javalin.http.Context;

/** The weekly report, to be read and to be printed. */
final class ReportPages {
  private final Pages pages;
  private final Desk desk;

  ReportPages(Pages pages, Desk desk) {
    this.pages = pages;
    this.desk = desk;
  }

  void get(Context context) {
    IsoWeek week = week(context);
    pages.show(
        context, "report.jte", new ReportView(pages.frame(context), week, desk.report(week)));
  }

  private IsoWeek week(Context context) {
    String asked = context.queryParam("week");
    try {
      return asked == null || asked.isBlank() ? desk.reportedWeek() : IsoWeek.parse(asked.strip());
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.Kind.MALFORMED, String.valueOf(e.getMessage()));
    }
  }
}
