package io.gapcanary.service.page;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The style sheet, the scripts and the sign of the pages: all from here, none from elsewhere. */
final class Assets {
  private final byte[] style = resource("/io/gapcanary/service/page/gapcanary.css");
  private final byte[] sign = resource("/io/gapcanary/service/page/gapcanary.svg");
  private final byte[] board = resource("/io/gapcanary/service/page/board.js");
  private final byte[] htmx =
      resource("/META-INF/resources/webjars/htmx.org/" + htmxVersion() + "/dist/htmx.min.js");

  private static String htmxVersion() {
    Properties properties = new Properties();
    try (InputStream in =
        Objects.requireNonNull(
            Assets.class.getResourceAsStream(
                "/META-INF/maven/org.webjars.npm/htmx.org/pom.properties"),
            "htmx is not on the class path")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Objects.requireNonNull(properties.getProperty("version"));
  }

  private static byte[] resource(String path) {
    try (InputStream in = Objects.requireNonNull(Assets.class.getResourceAsStream(path), path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Route by route, so that nothing else of the class path can be asked for. */
  Map<String, Asset> byPath() {
    return Map.of(
        "/assets/gapcanary.css", new Asset("text/css; charset=utf-8", style),
        "/assets/gapcanary.svg", new Asset("image/svg+xml", sign),
        "/assets/board.js", new Asset("text/javascript; charset=utf-8", board),
        "/assets/htmx.min.js", new Asset("text/javascript; charset=utf-8", htmx));
  }

  /**
   * A file.
   *
   * @param type its media type
   * @param content its bytes
   */
  record Asset(String type, byte[] content) {
    void send(Context context) {
      context.header("Cache-Control", "public, max-age=600").contentType(type).result(content);
    }
  }
}
