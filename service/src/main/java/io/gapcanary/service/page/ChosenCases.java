package io.gapcanary.service.page;

import io.gapcanary.CaseSlice;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** The cases that a form has chosen. */
final class ChosenCases {
  private ChosenCases() {}

  static CaseSlice of(Context context) {
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
