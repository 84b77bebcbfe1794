package io.gapcanary.service.page;

import io.gapcanary.ConflictException;
import io.gapcanary.Desk;
import io.gapcanary.Floor;
import io.gapcanary.NotFoundException;
import io.gapcanary.RecalculatedSetting;
import io.gapcanary.RecalculationRequest;
import io.gapcanary.Recalculations;
import io.gapcanary.service.http.Gate;
import io.gapcanary.service.http.RecalculationRoutes;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Past cases judged again under other settings: asked for, compared, kept or thrown away. */
final class RecalculationPages {
  private static final String FLOOR = "floor.";

  private final Pages pages;
  private final Desk desk;
  private final Recalculations recalculations;

  RecalculationPages(Pages pages, Desk desk) {
    this.pages = pages;
    this.desk = desk;
    this.recalculations = desk.recalculations();
  }

  void get(Context context) {
    show(context, null);
  }

  private void show(Context context, @Nullable String refused) {
    Map<String, String> asked = new TreeMap<>();
    context
        .queryParamMap()
        .forEach(
            (name, values) -> values.stream().findFirst().ifPresent(one -> asked.put(name, one)));
    pages.show(
        context,
        "recalculate.jte",
        new RecalculationView(
            pages.frame(context),
            recalculations.latest().orElse(null),
            recalculations.settings(),
            desk.floors().list(),
            asked,
            recalculations.decisions(),
            refused));
  }

  void act(Context context) {
    String id = Objects.requireNonNullElse(context.formParam("id"), "");
    try {
      switch (Objects.requireNonNullElse(context.formParam("do"), "")) {
        case "keep" -> {
          Gate.noteSubject(context, id);
          recalculations.keep(id, Gate.by(context, context.formParam("by")));
        }
        case "discard" -> {
          Gate.noteSubject(context, id);
          recalculations.discard(id);
        }
        default ->
            Gate.noteSubject(
                context, RecalculationRoutes.begin(recalculations, request(context)).id());
      }
      context.redirect("/recalculate", HttpStatus.SEE_OTHER);
    } catch (IllegalArgumentException e) {
      context.status(HttpStatus.BAD_REQUEST);
      show(context, "again.refused");
    } catch (ConflictException | NotFoundException e) {
      context.status(HttpStatus.CONFLICT);
      show(context, "again.conflict");
    }
  }

  /** What is as it is now is left out. */
  private RecalculationRequest request(Context context) {
    Map<RecalculatedSetting, String> settings = new EnumMap<>(RecalculatedSetting.class);
    recalculations
        .settings()
        .forEach(
            (name, now) -> {
              String text = Objects.requireNonNullElse(context.formParam(name), "").strip();
              if (!text.isEmpty() && !text.equals(now)) {
                settings.put(RecalculatedSetting.parse(name), text);
              }
            });
    Map<String, Double> floors = new TreeMap<>();
    List<Floor> all = desk.floors().list();
    for (Floor floor : all) {
      String text =
          Objects.requireNonNullElse(context.formParam(FLOOR + floor.language()), "").strip();
      if (!text.isEmpty() && !text.equals(RecalculationView.field(floor.value()))) {
        floors.put(floor.language(), Double.valueOf(text));
      }
    }
    return new RecalculationRequest(settings, floors, Gate.by(context, context.formParam("by")));
  }
}
