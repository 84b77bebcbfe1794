package io.gapcanary.gaps;

import io.gapcanary.CaseSlice;
import io.gapcanary.DeskFigures;
import io.gapcanary.DeskHealth;
import io.gapcanary.Gap;
import io.gapcanary.GapFilter;
import io.gapcanary.GapPage;
import io.gapcanary.GapRank;
import io.gapcanary.IsoWeek;
import io.gapcanary.WeeklyReport;
import io.gapcanary.WeeklyReport.OfGap;
import io.gapcanary.WeeklyReport.Section;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells what a week brought. */
public final class Reporting {
  private static final int GAPS = 50;
  private static final int CASES = 20;
  private static final int FIRST = 5;

  /** So many of the articles that customers came back after are looked at for a sudden rise. */
  private static final int ARTICLES = 200;

  /** Those about which somebody can do something now. */
  private static final Set<Gap.State> TO_DO =
      Set.of(Gap.State.OPEN, Gap.State.ASSIGNED, Gap.State.DRAFTED);

  private final GapViews views;

  /** Reports of the gaps that these views show. */
  public Reporting(GapViews views) {
    this.views = views;
  }

  /**
   * The report of a week.
   *
   * @param now the desk's time
   * @param whole whether the week is over
   */
  public WeeklyReport of(Session session, IsoWeek week, ZoneId zone, Instant now, boolean whole) {
    Instant from = week.monday().atStartOfDay(zone).toInstant();
    Instant to = week.after().monday().atStartOfDay(zone).toInstant();
    Instant before = week.before().monday().atStartOfDay(zone).toInstant();
    Gaps gaps = new Gaps(session, before, from, to);
    return new WeeklyReport(
        week.toString(),
        week.monday(),
        week.sunday(),
        zone.getId(),
        now,
        whole,
        gaps.appeared(),
        gaps.grown(),
        gaps.turned(Gap.Event.What.VERIFIED),
        gaps.turned(Gap.Event.What.REOPENED),
        todo(session, gaps, now),
        new WeeklyReport.Health(figures(session, week), figures(session, week.before())),
        worse(session, week, to));
  }

  private static DeskFigures figures(Session session, IsoWeek week) {
    return session.health().of(query(week)).total();
  }

  private static DeskHealth.Query query(IsoWeek week) {
    return new DeskHealth.Query(DeskHealth.By.WEEK, week.monday(), week.sunday(), CaseSlice.ALL);
  }

  private List<WeeklyReport.Todo> todo(Session session, Gaps gaps, Instant now) {
    GapPage page = views.list(session, new GapFilter(Set.of(), TO_DO, FIRST, null), now);
    Map<String, GapRank> ranks =
        page.ranks().stream().collect(Collectors.toMap(GapRank::gapId, Function.identity()));
    return page.gaps().stream()
        .map(
            gap ->
                new WeeklyReport.Todo(
                    gaps.of(gap.id(), null),
                    WeeklyReport.Step.of(gap),
                    gap.impact(),
                    Objects.requireNonNull(ranks.get(gap.id()))))
        .toList();
  }

  private static List<WeeklyReport.Worse> worse(Session session, IsoWeek week, Instant to) {
    Map<String, List<String>> returns = session.returns().between(week.monday(), week.sunday());
    return returns.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, List<String>>>comparingInt(one -> -one.getValue().size())
                .thenComparing(Map.Entry::getKey))
        .limit(ARTICLES)
        .flatMap(
            one ->
                session.articles().findHeading(one.getKey()).stream()
                    .flatMap(
                        heading ->
                            ArticleHealths.change(session, one.getKey(), heading.edition()).stream()
                                .filter(change -> change.since().isBefore(to))
                                .map(
                                    change ->
                                        new WeeklyReport.Worse(
                                            one.getKey(),
                                            heading.title(),
                                            change,
                                            one.getValue().size(),
                                            one.getValue().stream().limit(CASES).toList()))))
        .sorted(
            Comparator.<WeeklyReport.Worse>comparingDouble(worse -> -worse.change().evidence())
                .thenComparing(WeeklyReport.Worse::articleId))
        .toList();
  }

  /** The gaps with their cases of the week and of the week before. */
  private static final class Gaps {
    private final Session session;
    private final Instant from;
    private final Instant to;
    private final Map<String, GapRow> rows = new LinkedHashMap<>();
    private final Map<Long, List<String>> cases;
    private final Map<Long, List<String>> casesBefore;

    /** What happened to each in the week that made it appear, fixed or reopened; the last wins. */
    private final Map<Long, Gap.Event> turns;

    Gaps(Session session, Instant before, Instant from, Instant to) {
      this.session = session;
      this.from = from;
      this.to = to;
      session.gaps().numbered().forEach(row -> rows.put(String.valueOf(row.id()), row));
      this.cases = session.gapSizes().joinedBetween(from, to);
      this.casesBefore = session.gapSizes().joinedBetween(before, from);
      this.turns = session.gapHistory().turnsBetween(from, to);
    }

    Section appeared() {
      List<OfGap> found = new ArrayList<>();
      rows.values().stream()
          .filter(this::isNew)
          .forEach(row -> found.add(of(row, session.gapHistory().raised(row.key()).orElse(null))));
      return section(found, Gaps::busiestFirst);
    }

    private boolean isNew(GapRow row) {
      Instant at = row.detectedAt();
      return at != null && !at.isBefore(from) && at.isBefore(to);
    }

    Section grown() {
      List<OfGap> found = new ArrayList<>();
      rows.values().stream()
          .filter(row -> row.state() != Gap.State.DISMISSED && cases.containsKey(row.key()))
          .filter(row -> row.detectedAt() == null || row.detectedAt().isBefore(from))
          .forEach(row -> found.add(of(row, null)));
      return section(found, Gaps::busiestFirst);
    }

    Section turned(Gap.Event.What what) {
      List<OfGap> found = new ArrayList<>();
      rows.values().stream()
          .filter(row -> turns.containsKey(row.key()))
          .map(row -> of(row, turns.get(row.key())))
          .filter(gap -> isFix(gap.turn()) == (what == Gap.Event.What.VERIFIED))
          .forEach(found::add);
      return section(
          found,
          (one, other) ->
              Comparator.comparing((OfGap gap) -> Objects.requireNonNull(gap.turn()).at())
                  .thenComparing(OfGap::gapId)
                  .compare(one, other));
    }

    private static boolean isFix(Gap.@Nullable Event turn) {
      return turn != null && turn.what() == Gap.Event.What.VERIFIED;
    }

    private static int busiestFirst(OfGap one, OfGap other) {
      return Comparator.comparingInt(OfGap::casesOfWeek)
          .reversed()
          .thenComparing(Comparator.comparingInt(OfGap::cases).reversed())
          .thenComparing(OfGap::gapId)
          .compare(one, other);
    }

    private static Section section(List<OfGap> found, Comparator<OfGap> order) {
      return new Section(found.size(), found.stream().sorted(order).limit(GAPS).toList());
    }

    OfGap of(String id, Gap.@Nullable Event turn) {
      return of(Objects.requireNonNull(rows.get(id)), turn);
    }

    private OfGap of(GapRow row, Gap.@Nullable Event turn) {
      List<String> mine = cases.getOrDefault(row.key(), List.of());
      return new OfGap(
          Objects.requireNonNull(row.id()),
          row.kind(),
          row.state(),
          row.title(),
          row.articleId(),
          row.owner(),
          session.gapSizes().cases(row.key()),
          mine.size(),
          casesBefore.getOrDefault(row.key(), List.of()).size(),
          mine.stream().limit(CASES).toList(),
          turn);
    }
  }
}
