package io.gapcanary.service.page;

import io.gapcanary.Desk;
import io.gapcanary.GapFilter;
import io.gapcanary.GapPage;
import io.gapcanary.ImpactFactor;
import io.gapcanary.ImpactWeights;
import io.gapcanary.StaleException;
import io.gapcanary.Weights;
import io.gapcanary.service.http.Gate;
import io.gapcanary.service.http.Problem;
import io.gapcanary.service.http.ProblemException;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What counts how much in the ranking: seen before it is saved. */
final class ImpactPages {
  private static final int SHOWN = 15;
  private static final String SEGMENT = "segment.";

  private final Pages pages;
  private final Desk desk;

  ImpactPages(Pages pages, Desk desk) {
    this.pages = pages;
    this.desk = desk;
  }

  void get(Context context) {
    if (context.queryParam("casesPerWeek") == null) {
      show(context, null, null);
      return;
    }
    try {
      show(context, weights(context.queryParamMap()), null);
    } catch (IllegalArgumentException e) {
      context.status(HttpStatus.BAD_REQUEST);
      show(context, null, "weights.refused");
    }
  }

  private void show(Context context, @Nullable ImpactWeights proposed, @Nullable String refused) {
    GapFilter filter = GapFilter.FIRST_PAGE.limit(SHOWN);
    Weights.InUse inUse = desk.weights().get();
    GapPage now = desk.board().list(filter);
    pages.show(
        context,
        "impact.jte",
        new ImpactView(
            pages.frame(context),
            inUse,
            segments(inUse.weights(), proposed),
            now,
            proposed,
            proposed == null ? null : desk.board().preview(filter, proposed),
            refused));
  }

  /** Those that cases have told and those that have a weight. */
  private List<String> segments(ImpactWeights inUse, @Nullable ImpactWeights proposed) {
    Set<String> told = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    told.addAll(desk.told().segments());
    told.addAll(inUse.segments().keySet());
    if (proposed != null) {
      told.addAll(proposed.segments().keySet());
    }
    return List.copyOf(told);
  }

  /** What differs from 1 is a decision. */
  private static ImpactWeights weights(Map<String, List<String>> form) {
    Map<String, Double> factors = new TreeMap<>();
    Map<String, Double> segments = new TreeMap<>();
    for (ImpactFactor factor : ImpactFactor.values()) {
      keep(factors, factor.wireName(), form.get(factor.wireName()));
    }
    form.forEach(
        (name, values) -> {
          if (name.startsWith(SEGMENT)) {
            keep(segments, name.substring(SEGMENT.length()), values);
          }
        });
    return new ImpactWeights(factors, segments);
  }

  private static void keep(
      Map<String, Double> weights, String name, @Nullable List<String> values) {
    if (values != null && !values.isEmpty() && !values.get(0).isBlank()) {
      double weight = Double.parseDouble(values.get(0));
      if (weight != 1) {
        weights.put(name, weight);
      }
    }
  }

  void decide(Context context) {
    try {
      ImpactWeights decision =
          context.formParam("reset") == null ? weights(context.formParamMap()) : null;
      String by = Gate.by(context, context.formParam("by"));
      desk.weights().decide(version(context), decision, by);
      context.redirect("/impact", HttpStatus.SEE_OTHER);
    } catch (StaleException e) {
      context.status(HttpStatus.PRECONDITION_FAILED);
      show(context, null, "weights.stale");
    } catch (IllegalArgumentException e) {
      context.status(HttpStatus.BAD_REQUEST);
      show(context, null, "weights.refused");
    }
  }

  private static long version(Context context) {
    String text = Objects.requireNonNullElse(context.formParam("version"), "");
    if (!text.matches("\\d{1,18}")) {
      throw new ProblemException(Problem.Kind.MALFORMED, "The form has no version");
    }
    return Long.parseLong(text);
  }
}
