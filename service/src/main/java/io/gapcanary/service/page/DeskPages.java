package io.gapcanary.service.page;

import io.gapcanary.Desk;
import io.gapcanary.DeskHealth;
import io.gapcanary.WireName;
import io.gapcanary.service.http.Problem;
import io.gapcanary.service.http.ProblemException;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The desk in numbers, over time and by circumstances, and the cases behind a number. */
final class DeskPages {
  private static final int CASES = 200;
  private static final int MOST_CASES = 5000;

  private final Pages pages;
  private final Desk desk;

  DeskPages(Pages pages, Desk desk) {
    this.pages = pages;
    this.desk = desk;
  }

  void get(Context context) {
    DeskHealth.Query query = query(context);
    DeskHealth health = desk.health(query);
    pages.show(
        context,
        "desk.jte",
        new DeskView(
            pages.frame(context),
            desk.totals(),
            desk.articles().size(),
            desk.openCases(),
            desk.board().openNow().cases(),
            desk.now(),
            desk.floors().list(),
            desk.settings().toMap(),
            desk.impairment().orElse(null),
            query,
            health,
            query.by() == DeskHealth.By.WEEK
                ? health
                : desk.health(
                    new DeskHealth.Query(
                        DeskHealth.By.WEEK, query.from(), query.to(), query.slice())),
            desk.told()));
  }

  void cases(Context context) {
    DeskHealth.Measure measure = constant(context, "measure", DeskHealth.Measure.NOT_CAPTURED);
    DeskHealth.Query query = query(context);
    int most = most(context);
    List<DeskHealth.CountedCase> cases = desk.casesBehind(query, measure, most + 1);
    pages.show(
        context,
        "deskCases.jte",
        new Views.DeskCases(
            pages.frame(context),
            query,
            measure,
            cases.subList(0, Math.min(most, cases.size())),
            cases.size() > most && most < MOST_CASES ? more(context, most + CASES) : null));
  }

  private static int most(Context context) {
    String text = context.queryParam("most");
    return text != null && text.matches("[0-9]{1,4}")
        ? Math.clamp(Integer.parseInt(text), 1, MOST_CASES)
        : CASES;
  }

  private static String more(Context context, int most) {
    Map<String, String> parameters = new TreeMap<>();
    context.queryParamMap().forEach((name, values) -> parameters.put(name, values.getFirst()));
    parameters.put("most", String.valueOf(most));
    return Addresses.query("/desk/cases", parameters);
  }

  private static DeskHealth.Query query(Context context) {
    try {
      return new DeskHealth.Query(
          constant(context, "by", DeskHealth.By.WEEK),
          day(context, "from"),
          day(context, "to"),
          ChosenCases.of(context));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new ProblemException(Problem.Kind.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable LocalDate day(Context context, String name) {
    String text = context.queryParam(name);
    return text == null || text.isBlank() ? null : LocalDate.parse(text);
  }

  private static <E extends Enum<E> & WireName> E constant(
      Context context, String name, E otherwise) {
    String text = context.queryParam(name);
    return Stream.of(otherwise.getDeclaringClass().getEnumConstants())
        .filter(one -> one.wireName().equals(text))
        .findFirst()
        .orElse(otherwise);
  }
}
