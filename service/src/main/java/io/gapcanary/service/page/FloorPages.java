package io.gapcanary.service.page;

import io.gapcanary.Desk;
import io.gapcanary.Floor;
import io.gapcanary.FloorDecision;
import io.gapcanary.FloorOutlook;
import io.gapcanary.Floors;
import io.gapcanary.StaleException;
import io.gapcanary.service.http.Gate;
import io.gapcanary.service.http.Problem;
import io.gapcanary.service.http.ProblemException;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The floors: what they are, what others would do, and what a manager decides. */
final class FloorPages {
  private final Pages pages;
  private final Floors floors;

  FloorPages(Pages pages, Desk desk) {
    this.pages = pages;
    this.floors = desk.floors();
  }

  void get(Context context) {
    String proposed = context.queryParam("floor");
    if (proposed == null || proposed.isBlank()) {
      show(context, language(context, context.queryParam("language")), null, null);
    } else {
      propose(context, language(context, context.queryParam("language")), proposed);
    }
  }

  private void propose(Context context, @Nullable String language, String proposed) {
    try {
      show(context, language, new FloorDecision(Double.valueOf(proposed), "").floor(), null);
    } catch (IllegalArgumentException e) {
      context.status(HttpStatus.BAD_REQUEST);
      show(context, language, null, "floor.refused");
    }
  }

  /** The language that is asked for, else the reader's where it has a floor, else the first. */
  private @Nullable String language(Context context, @Nullable String asked) {
    if (asked != null) {
      return floors.get(asked).language();
    }
    List<String> known = floors.list().stream().map(Floor::language).toList();
    String readers = pages.frame(context).voice().code();
    return known.contains(readers) ? readers : known.isEmpty() ? null : known.get(0);
  }

  private void show(
      Context context,
      @Nullable String language,
      @Nullable Double proposed,
      @Nullable String refused) {
    List<Floor> all = floors.list();
    Floor floor =
        all.stream().filter(one -> one.language().equals(language)).findFirst().orElse(null);
    FloorOutlook outlook = floor == null ? null : floors.outlook(floor.language());
    pages.show(
        context,
        "floor.jte",
        new FloorView(pages.frame(context), all, floor, outlook, proposed, refused));
  }

  void decide(Context context) {
    String language = Objects.requireNonNullElse(context.formParam("language"), "");
    try {
      floors.decide(language, version(context), decision(context));
      context.redirect("/floor?" + Addresses.parameter("language", language), HttpStatus.SEE_OTHER);
    } catch (StaleException e) {
      context.status(HttpStatus.PRECONDITION_FAILED);
      show(context, language, null, "floor.stale");
    } catch (IllegalArgumentException e) {
      context.status(HttpStatus.BAD_REQUEST);
      show(context, language, null, "floor.refused");
    }
  }

  private static FloorDecision decision(Context context) {
    String floor = Objects.requireNonNullElse(context.formParam("floor"), "");
    return new FloorDecision(
        context.formParam("reset") == null ? Double.valueOf(floor) : null,
        Gate.by(context, context.formParam("by")));
  }

  private static long version(Context context) {
    String text = Objects.requireNonNullElse(context.formParam("version"), "");
    if (!text.matches("\\d{1,18}")) {
      throw new ProblemException(Problem.Kind.MALFORMED, "The form has no version");
    }
    return Long.parseLong(text);
  }
}
