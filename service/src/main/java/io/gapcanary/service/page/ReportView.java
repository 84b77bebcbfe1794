package io.gapcanary.service.page;

import io.gapcanary.DeskFigures;
import io.gapcanary.DeskHealth;
import io.gapcanary.Impact;
import io.gapcanary.IsoWeek;
import io.gapcanary.MeanMinutes;
import io.gapcanary.RateChange;
import io.gapcanary.Share;
import io.gapcanary.WeeklyReport;
import io.gapcanary.service.text.GapHistory;
import io.gapcanary.service.text.RankExplanation;
import io.gapcanary.service.text.Voice;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The report of a week.
 *
 * @param frame the page's
 * @param week the week
 * @param report what it brought
 */
public record ReportView(Frame frame, IsoWeek week, WeeklyReport report) {
  private static final double POINTS = 100;

  /**
   * A figure of the week against that of the week before.
   *
   * @param key names its texts
   * @param now the week's
   * @param before that of the week before
   * @param change what it went up or down by
   */
  public record Line(String key, Value now, Value before, String change) {}

  /**
   * A figure.
   *
   * @param of what it is made of, or empty
   * @param href the cases behind it, or {@code null}
   */
  public record Value(String text, String of, @Nullable String href) {}

  private Voice voice() {
    return frame.voice();
  }

  /** Why a gap stands here: what happened to it, or how it stands. */
  public String said(WeeklyReport.OfGap gap) {
    return gap.turn() == null
        ? ""
        : GapHistory.say(gap.turn(), voice(), frame.named())
            + " "
            + voice().say("report.by", GapHistory.who(gap.turn(), voice()));
  }

  /** The gap's page with the cases of this week. */
  public String cases(WeeklyReport.OfGap gap) {
    return cases(gap, week);
  }

  /** The same of the week before. */
  public String casesBefore(WeeklyReport.OfGap gap) {
    return cases(gap, week.before());
  }

  private static String cases(WeeklyReport.OfGap gap, IsoWeek week) {
    return "/gaps/" + gap.gapId() + "?week=" + week.monday() + "#cases";
  }

  /** The factors of an impact as a product. */
  public String product(Impact impact) {
    Voice v = voice();
    return v.say(
        "report.impact",
        v.impact(impact.score()),
        v.number(impact.casesPerWeek(), 2),
        v.number(impact.minutesPerCase(), 1),
        v.number(1 + impact.repeatRate(), 2),
        v.number(impact.reach(), 2),
        v.number(impact.segmentWeight(), 2),
        v.number(impact.trend(), 2));
  }

  /** What puts a gap above the one below it. */
  public String over(WeeklyReport.Todo todo) {
    return RankExplanation.overTheNext(todo.rank().next(), voice());
  }

  /** How an article became worse. */
  public String changed(WeeklyReport.Worse worse) {
    RateChange change = worse.change();
    return voice()
        .say(
            "article.change." + change.kind().wireName(),
            voice().date(change.since()),
            change.returned(),
            change.given(),
            change.formerReturned(),
            change.formerGiven());
  }

  /** The address of another week's report. */
  public static String address(IsoWeek week) {
    return "/report?week=" + week;
  }

  /** How the desk did, figure by figure. */
  public List<Line> health() {
    return List.of(
        count(),
        share("health.linkRate", DeskFigures::linkRate, DeskHealth.Measure.LINKED),
        share("health.noMatchRate", DeskFigures::noMatchRate, DeskHealth.Measure.NO_MATCH),
        share("health.repeatRate", DeskFigures::repeatRate, DeskHealth.Measure.REPEATS),
        share("health.coverage", DeskFigures::identityCoverage, DeskHealth.Measure.UNIDENTIFIED),
        minutes(
            "report.with",
            DeskFigures::resolutionWithArticle,
            DeskHealth.Measure.SOLVED_WITH_ARTICLE),
        minutes(
            "report.without",
            DeskFigures::resolutionWithoutArticle,
            DeskHealth.Measure.NOT_CAPTURED));
  }

  private Line count() {
    int now = report.health().week().cases();
    int before = report.health().before().cases();
    return new Line(
        "report.cases",
        new Value(voice().count(now), "", now == 0 ? null : cases(DeskHealth.Measure.CASES, week)),
        new Value(
            voice().count(before),
            "",
            before == 0 ? null : cases(DeskHealth.Measure.CASES, week.before())),
        signed(now - before, 0));
  }

  private Line share(String key, Function<DeskFigures, Share> figure, DeskHealth.Measure measure) {
    Share now = figure.apply(report.health().week());
    Share before = figure.apply(report.health().before());
    return new Line(
        key,
        value(now, measure, week),
        value(before, measure, week.before()),
        now.rate() == null || before.rate() == null
            ? "–"
            : voice().say("report.points", signed(POINTS * (now.rate() - before.rate()), 1)));
  }

  private Value value(Share share, DeskHealth.Measure measure, IsoWeek of) {
    if (share.rate() == null) {
      return new Value("–", "", null);
    }
    boolean others = measure == DeskHealth.Measure.UNIDENTIFIED;
    boolean any = others ? share.part() < share.whole() : share.part() > 0;
    return new Value(
        voice().percent(share.rate()),
        voice().say("health.of", share.part(), share.whole()),
        any ? cases(measure, of) : null);
  }

  private Line minutes(
      String key, Function<DeskFigures, MeanMinutes> figure, DeskHealth.Measure measure) {
    MeanMinutes now = figure.apply(report.health().week());
    MeanMinutes before = figure.apply(report.health().before());
    return new Line(
        key,
        value(now, measure, week),
        value(before, measure, week.before()),
        now.minutes() == null || before.minutes() == null
            ? "–"
            : voice().say("report.minutes", signed(now.minutes() - before.minutes(), 0)));
  }

  private Value value(MeanMinutes mean, DeskHealth.Measure measure, IsoWeek of) {
    return mean.minutes() == null
        ? new Value("–", "", null)
        : new Value(
            voice().say("report.minutes", voice().number(mean.minutes(), 0)),
            voice().say("gap.cases", mean.cases()),
            cases(measure, of));
  }

  private static String cases(DeskHealth.Measure measure, IsoWeek of) {
    return Addresses.query(
        "/desk/cases",
        new TreeMap<>(
            Map.of(
                "measure", measure.wireName(),
                "from", of.monday().toString(),
                "to", of.sunday().toString())));
  }

  /** With a sign, and a minus as people write it. */
  private String signed(double difference, int decimals) {
    String size = voice().number(Math.abs(difference), decimals);
    if (size.equals("0")) {
      return "±0";
    }
    return (difference > 0 ? "+" : "−") + size;
  }
}
