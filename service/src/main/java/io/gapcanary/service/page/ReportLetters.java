package io.gapcanary.service.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.gapcanary.Desk;
import io.gapcanary.IsoWeek;
import io.gapcanary.WeeklyReport;
import io.gapcanary.service.mail.Letter;
import io.gapcanary.service.text.GapExplanation;
import io.gapcanary.service.text.Voice;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The weekly report as an e-mail: text, and HTML with all its styles in it. Thread-safe. */
public final class ReportLetters {
  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
  private final Desk desk;
  private final Voice voice;
  private final @Nullable URI address;
  private final UnaryOperator<String> named;

  /**
   * @param address where browsers reach the desk; {@code null}: a letter then has no links
   */
  public ReportLetters(Desk desk, Voice voice, @Nullable URI address) {
    this.desk = desk;
    this.voice = voice.in(desk.settings().timeZone());
    this.address = address;
    this.named = GapExplanation.names(desk.articles());
  }

  /**
   * What a letter shows.
   *
   * @param page the report with its figures in words
   * @param address where browsers reach the desk, without a slash at the end, or {@code null}
   * @param test whether it is sent to see whether it comes
   */
  public record View(ReportView page, @Nullable URI address, boolean test) {
    /** The whole address of a page, or {@code null} for none. */
    public @Nullable String link(String path) {
      return address == null ? null : address + path;
    }

    /** The parts that list gaps, by the keys of their titles. */
    public List<Part> parts() {
      WeeklyReport report = page.report();
      return List.of(
          new Part("report.appeared", report.appeared()),
          new Part("report.grown", report.grown()),
          new Part("report.fixed", report.fixed()),
          new Part("report.reopened", report.reopened()));
    }
  }

  /** Some gaps of the week. */
  public record Part(String key, WeeklyReport.Section section) {}

  /** The report of a week. */
  public Letter of(IsoWeek week) {
    return letter(week, false);
  }

  /** The report of the week that is reported now, marked as a test. */
  public Letter test() {
    return letter(desk.reportedWeek(), true);
  }

  private Letter letter(IsoWeek week, boolean test) {
    WeeklyReport report = desk.report(week);
    Frame frame = new Frame(voice, "/report", Map.of(), false, named, null, List.of());
    View view = new View(new ReportView(frame, week, report), address, test);
    StringOutput html = new StringOutput(16_384);
    engine.render("reportLetter.jte", view, html);
    return new Letter(subject(report, test), ReportText.of(view), html.toString());
  }

  private String subject(WeeklyReport report, boolean test) {
    String subject =
        voice.say(
            "report.mail.subject",
            report.week(),
            report.appeared().count(),
            report.reopened().count());
    return test ? voice.say("report.mail.test", subject) : subject;
  }
}
