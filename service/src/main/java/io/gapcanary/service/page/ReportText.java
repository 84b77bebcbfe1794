package io.gapcanary.service.page;

import io.gapcanary.WeeklyReport;
import io.gapcanary.service.text.Voice;
import java.util.List;
import java.util.Objects;

/** The weekly report as plain text, a figure or a gap a line. */
final class ReportText {
  private final StringBuilder text = new StringBuilder();
  private final ReportLetters.View view;
  private final ReportView page;
  private final WeeklyReport report;
  private final Voice v;

  private ReportText(ReportLetters.View view) {
    this.view = view;
    this.page = view.page();
    this.report = page.report();
    this.v = page.frame().voice();
  }

  static String of(ReportLetters.View view) {
    return new ReportText(view).whole();
  }

  private String whole() {
    if (view.test()) {
      line(v.say("report.mail.test.says"));
      line("");
    }
    line(v.say("report.title"));
    line(
        v.say(
            "report.lead",
            v.day(report.from()),
            v.day(report.to()),
            report.week(),
            report.timeZone()));
    todo();
    health();
    view.parts().forEach(part -> gaps(part.key(), part.section()));
    worse();
    foot();
    return text.toString();
  }

  private void line(String one) {
    text.append(one.replaceAll("\\R", " ").stripTrailing()).append("\r\n");
  }

  private void head(String title) {
    line("");
    line(title);
    line("-".repeat(title.codePointCount(0, title.length())));
  }

  private void todo() {
    head(v.say("report.todo"));
    if (report.todo().isEmpty()) {
      line(v.say("report.todo.none"));
    }
    int number = 1;
    for (WeeklyReport.Todo todo : report.todo()) {
      WeeklyReport.OfGap gap = todo.gap();
      line(number++ + ". " + gap.title() + " (" + labels(gap) + ")");
      line("   " + owner(gap));
      line("   " + step(todo));
      line("   " + page.product(todo.impact()));
      link("/gaps/" + gap.gapId());
    }
  }

  private String labels(WeeklyReport.OfGap gap) {
    return String.join(
        ", ",
        List.of(
            gap.gapId(),
            v.say("kind." + gap.kind().wireName()),
            v.say("state." + gap.state().wireName())));
  }

  private String owner(WeeklyReport.OfGap gap) {
    return v.say("gap.owner")
        + ": "
        + Objects.requireNonNullElse(gap.owner(), v.say("gap.nobody"))
        + " · "
        + v.say("report.casesOfWeek", gap.casesOfWeek());
  }

  private String step(WeeklyReport.Todo todo) {
    String said = v.say("report.step." + todo.step().wireName());
    return todo.gap().articleId() == null ? said : said + " " + todo.gap().articleId();
  }

  private void link(String path) {
    String link = view.link(path);
    if (link != null) {
      line("   " + link);
    }
  }

  private void health() {
    head(v.say("report.health"));
    for (ReportView.Line figure : page.health()) {
      line(
          v.say(figure.key())
              + ": "
              + shown(figure.now())
              + " ("
              + v.say("report.weekBefore")
              + " "
              + shown(figure.before())
              + ", "
              + v.say("report.change")
              + " "
              + figure.change()
              + ")");
    }
  }

  private static String shown(ReportView.Value value) {
    return value.of().isEmpty() ? value.text() : value.text() + " [" + value.of() + "]";
  }

  private void gaps(String key, WeeklyReport.Section section) {
    head(v.say(key) + " (" + v.count(section.count()) + ")");
    if (section.gaps().isEmpty()) {
      line(v.say("report.none"));
    }
    for (WeeklyReport.OfGap gap : section.gaps()) {
      line("- " + gap.title() + " (" + labels(gap) + ")");
      line(
          "  "
              + v.say("report.casesOfWeek", gap.casesOfWeek())
              + (gap.turn() == null
                  ? ""
                  : " · " + v.date(gap.turn().at()) + ": " + page.said(gap)));
    }
    if (section.count() > section.gaps().size()) {
      line(v.say("gap.evidence.more", section.count() - section.gaps().size()));
    }
  }

  private void worse() {
    head(v.say("report.worse"));
    if (report.worse().isEmpty()) {
      line(v.say("report.worse.none"));
    }
    for (WeeklyReport.Worse worse : report.worse()) {
      line("- " + worse.title() + " (" + worse.articleId() + ")");
      line("  " + page.changed(worse));
    }
  }

  private void foot() {
    line("");
    link(ReportView.address(page.week()));
    line(v.say("report.mail.why"));
  }
}
