package io.gapcanary.service.page;

import io.javalin.http.Context;

/** The page that describes the API. */
final class ApiPage {
  private final Pages pages;
  private final ApiDescription api = ApiDescription.read();

  ApiPage(Pages pages) {
    this.pages = pages;
  }

  void get(Context context) {
    pages.show(context, "api.jte", new Views.Api(pages.frame(context), api));
  }
}
