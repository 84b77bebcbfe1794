package io.gapcanary.storage;

import io.gapcanary.CaseSlice;
import io.gapcanary.DeskFigures;
import io.gapcanary.DeskHealth;
import io.gapcanary.MeanMinutes;
import io.gapcanary.Share;
import io.gapcanary.Totals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The desk's health, summed up a day at a time.
 *
 * <p>What a case adds is a view of the record. It is kept beside the sums, so that whenever a case
 * is judged again, or one that repeats it is, what it added is taken back first: the sums never
 * drift from the record, and asking for them costs the same however many cases there are.
 */
public final class HealthStore {
  /** 1970-01-01 was a Thursday: three days after the Monday of its week. */
  private static final int THURSDAY = 3;

  private static final List<String> MEASURES =
      List.of(
          "cases",
          "asked",
          "answered",
          "no_match",
          "too_little_text",
          "unavailable",
          "linked",
          "known",
          "not_captured",
          "new_ones",
          "repeats",
          "reconnects",
          "concurrent",
          "identified",
          "traced",
          "traced_with",
          "returned_with",
          "returned_without",
          "solved_with",
          "minutes_with",
          "minutes_without",
          "work_with",
          "work_without",
          "answered_work",
          "links",
          "doubtful_links");

  private static final String SUMS =
      MEASURES.stream()
          .map(measure -> "COALESCE(SUM(" + measure + "), 0) AS " + measure)
          .collect(Collectors.joining(", "));

  private final Handle handle;

  HealthStore(Handle handle) {
    this.handle = handle;
  }

  /** Counts cases as the record has them now; those that were counted before are counted anew. */
  public void count(Collection<String> caseIds) {
    for (String id : new TreeSet<>(caseIds)) {
      handle.execute("DELETE FROM health_case WHERE case_id = ?", id);
      handle.execute("INSERT INTO health_case SELECT * FROM case_measure WHERE case_id = ?", id);
    }
  }

  /**
   * Counts by the days of a time zone from now on; when they were those of another, all cases that
   * are kept are counted anew. The sums of cases that are not stay on the days that they had.
   */
  public void useZone(ZoneId zone) {
    MetaStore meta = new MetaStore(handle);
    if (meta.timeZone().equals(zone.getId())) {
      return;
    }
    List<Closed> all =
        handle
            .createQuery("SELECT case_id, closed_at FROM outcome")
            .map((row, context) -> new Closed(row.getString(1), row.getLong(2)))
            .list();
    PreparedBatch batch = handle.prepareBatch("UPDATE outcome SET day = ? WHERE case_id = ?");
    all.forEach(one -> batch.add(one.day(zone), one.caseId()));
    if (!all.isEmpty()) {
      batch.execute();
    }
    handle.execute("DELETE FROM health_case WHERE case_id IN (SELECT case_id FROM outcome)");
    handle.execute("INSERT INTO health_case SELECT * FROM case_measure");
    meta.setTimeZone(zone.getId());
  }

  private record Closed(String caseId, long closedAt) {
    long day(ZoneId zone) {
      return LocalDate.ofInstant(Instant.ofEpochMilli(closedAt), zone).toEpochDay();
    }
  }

  /** The figures of the cases that a query chooses. */
  public DeskHealth of(DeskHealth.Query query) {
    List<Keyed> lines = lines(query);
    return new DeskHealth(
        query.by(),
        query.from(),
        query.to(),
        figures(total(lines)),
        lines.stream().map(line -> new DeskHealth.Row(line.key(), figures(line.sums()))).toList());
  }

  private record Keyed(@Nullable String key, double[] sums) {}

  /** A line for each week, product and so on. */
  private List<Keyed> lines(DeskHealth.Query query) {
    String key =
        switch (query.by()) {
          case WEEK -> "(day + " + THURSDAY + ") / 7";
          case PRODUCT, CHANNEL, SEGMENT, LANGUAGE -> query.by().wireName();
        };
    String order = query.by() == DeskHealth.By.WEEK ? "1" : "cases DESC, 1";
    return bind(
            handle.createQuery(
                "SELECT "
                    + key
                    + " AS line, "
                    + SUMS
                    + " FROM health_day WHERE "
                    + conditions(query)
                    + " GROUP BY 1 HAVING SUM(cases) > 0 ORDER BY "
                    + order),
            query)
        .map((row, context) -> new Keyed(key(query.by(), row), sums(row)))
        .list();
  }

  private static double[] sums(ResultSet row) throws SQLException {
    double[] sums = new double[MEASURES.size()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = row.getDouble(MEASURES.get(i));
    }
    return sums;
  }

  private static double[] total(List<Keyed> lines) {
    double[] total = new double[MEASURES.size()];
    for (Keyed line : lines) {
      for (int i = 0; i < total.length; i++) {
        total[i] += line.sums()[i];
      }
    }
    return total;
  }

  private static @Nullable String key(DeskHealth.By by, ResultSet row) throws SQLException {
    if (by == DeskHealth.By.WEEK) {
      return LocalDate.ofEpochDay(row.getLong("line") * 7 - THURSDAY).toString();
    }
    String told = row.getString("line");
    return told.isEmpty() ? null : told;
  }

  /** The cases behind a figure, those that closed last first. */
  public List<DeskHealth.CountedCase> cases(
      DeskHealth.Query query, DeskHealth.Measure measure, int most) {
    String behind =
        switch (measure) {
          case CASES -> "cases > 0";
          case ANSWERED -> "answered > 0";
          case NO_MATCH -> "no_match > 0";
          case TOO_LITTLE_TEXT -> "too_little_text > 0";
          case UNAVAILABLE -> "unavailable > 0";
          case KNOWN -> "known > 0";
          case NOT_CAPTURED -> "not_captured > 0";
          case NEW -> "new_ones > 0";
          case REPEATS -> "repeats > 0";
          case RECONNECTS -> "reconnects > 0";
          case CONCURRENT -> "concurrent > 0";
          case LINKED -> "linked > 0";
          case SOLVED_WITH_ARTICLE -> "solved_with > 0";
          case DOUBTFUL_LINKS -> "doubtful_links > 0";
          case UNIDENTIFIED -> "identified = 0";
        };
    return bind(
            handle.createQuery(
                "SELECT case_id, day, (SELECT question FROM desk_case WHERE id = case_id)"
                    + " FROM health_case WHERE case_id IN (SELECT id FROM desk_case) AND "
                    + behind
                    + " AND EXISTS (SELECT 1 FROM desk_case WHERE id = case_id) AND "
                    + conditions(query)
                    + " ORDER BY day DESC, case_id LIMIT "
                    + most),
            query)
        .map(
            (row, context) ->
                new DeskHealth.CountedCase(
                    row.getString(1), LocalDate.ofEpochDay(row.getLong(2)), row.getString(3)))
        .list();
  }

  /** The circumstances that cases have told, each combination once. */
  public List<CaseSlice> told() {
    return handle
        .createQuery("SELECT DISTINCT product, channel, segment, language FROM health_day")
        .map(
            (row, context) ->
                new CaseSlice(
                    row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
        .list();
  }

  private static String conditions(DeskHealth.Query query) {
    CaseSlice slice = query.slice();
    return Arrays.asList(
            "cases > 0",
            query.from() == null ? null : "day >= :from",
            query.to() == null ? null : "day <= :to",
            slice.product() == null ? null : "product = :product",
            slice.channel() == null ? null : "channel = :channel",
            slice.segment() == null ? null : "segment = :segment",
            slice.language() == null ? null : "language = :language")
        .stream()
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" AND "));
  }

  private static Query bind(Query sql, DeskHealth.Query query) {
    if (query.from() != null) {
      sql.bind("from", query.from().toEpochDay());
    }
    if (query.to() != null) {
      sql.bind("to", query.to().toEpochDay());
    }
    CaseSlice slice = query.slice();
    if (slice.product() != null) {
      sql.bind("product", slice.product());
    }
    if (slice.channel() != null) {
      sql.bind("channel", slice.channel());
    }
    if (slice.segment() != null) {
      sql.bind("segment", slice.segment());
    }
    if (slice.language() != null) {
      sql.bind("language", slice.language());
    }
    return sql;
  }

  private static DeskFigures figures(double[] sums) {
    ToIntFunction<String> count = measure -> (int) sums[MEASURES.indexOf(measure)];
    ToDoubleFunction<String> minutes = measure -> sums[MEASURES.indexOf(measure)];
    int asked = count.applyAsInt("asked");
    int linked = count.applyAsInt("linked");
    int traced = count.applyAsInt("traced");
    int tracedWith = count.applyAsInt("traced_with");
    int links = count.applyAsInt("links");
    int solvedWith = count.applyAsInt("solved_with");
    int solvedWithout = count.applyAsInt("not_captured");
    return new DeskFigures(
        count.applyAsInt("cases"),
        asked,
        count.applyAsInt("answered"),
        count.applyAsInt("no_match"),
        count.applyAsInt("too_little_text"),
        count.applyAsInt("unavailable"),
        count.applyAsInt("known"),
        solvedWithout,
        count.applyAsInt("new_ones"),
        count.applyAsInt("repeats"),
        count.applyAsInt("reconnects"),
        count.applyAsInt("concurrent"),
        Share.of(linked, asked),
        Share.of(links - count.applyAsInt("doubtful_links"), links),
        Share.of(count.applyAsInt("no_match"), asked),
        Share.of(count.applyAsInt("repeats"), traced),
        Share.of(count.applyAsInt("returned_with"), tracedWith),
        Share.of(count.applyAsInt("returned_without"), traced - tracedWith),
        Share.of(count.applyAsInt("identified"), count.applyAsInt("cases")),
        MeanMinutes.of(minutes.applyAsDouble("minutes_with"), solvedWith),
        MeanMinutes.of(minutes.applyAsDouble("minutes_without"), solvedWithout),
        MeanMinutes.of(minutes.applyAsDouble("work_with"), solvedWith),
        MeanMinutes.of(minutes.applyAsDouble("work_without"), solvedWithout));
  }

  /** The desk in numbers. */
  public Totals totals(int heldBack, int setAside) {
    DeskFigures all = of(DeskHealth.Query.WEEKS).total();
    return new Totals(
        all.cases(),
        all.answered(),
        all.noMatch(),
        all.tooLittleText(),
        all.unavailable(),
        Objects.requireNonNullElse(all.linkRate().rate(), 0.0),
        all.repeatContacts(),
        all.reconnects(),
        all.concurrent(),
        all.identityCoverage().whole() - all.identityCoverage().part(),
        all.known(),
        all.knownNotCaptured(),
        all.newOnes(),
        heldBack,
        setAside);
  }

  /** The mean work of cases that an article answered; 0 when there is none. */
  public double meanAnsweredMinutes() {
    return handle
        .createQuery(
            "SELECT COALESCE(SUM(answered_work) / NULLIF(SUM(answered), 0), 0) FROM health_day")
        .mapTo(Double.class)
        .one();
  }
}
