package io.gapcanary.service.page;

import io.gapcanary.CaseSlice;
import io.gapcanary.Desk;
import io.gapcanary.DeskHealth;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What cases have told of themselves, to choose from.
 *
 * @param products products
 * @param channels channels
 * @param segments segments
 * @param languages languages of questions
 */
public record SliceChoices(
    List<String> products, List<String> channels, List<String> segments, List<String> languages) {
  /** Takes copies. */
  public SliceChoices {
    products = List.copyOf(products);
    channels = List.copyOf(channels);
    segments = List.copyOf(segments);
    languages = List.copyOf(languages);
  }

  static SliceChoices of(Desk desk) {
    return new SliceChoices(
        desk.told(DeskHealth.By.PRODUCT),
        desk.told(DeskHealth.By.CHANNEL),
        desk.told(DeskHealth.By.SEGMENT),
        desk.told(DeskHealth.By.LANGUAGE));
  }

  /** What a form has chosen. */
  static CaseSlice chosen(Context context) {
    return new CaseSlice(
        told(context, "product"),
        told(context, "channel"),
        told(context, "segment"),
        told(context, "language"));
  }

  private static @Nullable String told(Context context, String name) {
    String text = context.queryParam(name);
    return text == null || text.isBlank() ? null : text;
  }
}
