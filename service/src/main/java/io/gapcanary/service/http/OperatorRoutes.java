package io.gapcanary.service.http;

import io.gapcanary.Desk;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Health, metrics and the API's description. */
final class OperatorRoutes {
  private final Desk desk;
  private final Readiness readiness;
  private final DeskMetrics metrics;
  private final String openApi = resource("openapi.yaml");

  OperatorRoutes(Desk desk, Readiness readiness, DeskMetrics metrics) {
    this.desk = desk;
    this.readiness = readiness;
    this.metrics = metrics;
  }

  void live(Context context) {
    context.json(Map.of("status", "up"));
  }

  /**
   * Words serve while the model does not, so that an impairment does not take it down; it is told
   * to those who are known.
   */
  void ready(Context context) {
    readiness.require();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", "ready");
    if (Gate.caller(context).isPresent()) {
      desk.impairment().ifPresent(why -> answer.put("impairment", why));
    }
    context.json(answer);
  }

  void metrics(Context context) {
    context.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
  }

  void openApi(Context context) {
    context.contentType("application/yaml").result(openApi);
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(OperatorRoutes.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
