package io.gapcanary.service.page;

import io.gapcanary.exchange.DeskJson;
import io.gapcanary.service.text.Voice;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * The style sheet, the scripts and the sign of the pages: all from here, none from elsewhere. The
 * scripts of the widget, with its texts, are lent to pages of other sites.
 */
final class Assets {
  private static final String FOLDER = "/io/gapcanary/service/page/";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private final byte[] style = resource(FOLDER + "gapcanary.css");
  private final byte[] sign = resource(FOLDER + "gapcanary.svg");
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
        "/assets/gapcanary.css",
        new Asset("text/css; charset=utf-8", style, false),
        "/assets/gapcanary.svg",
        new Asset("image/svg+xml", sign, false),
        "/assets/htmx.min.js",
        new Asset(SCRIPT, htmx, false),
        "/assets/board.js",
        new Asset(SCRIPT, resource(FOLDER + "board.js"), false),
        "/assets/console.js",
        new Asset(SCRIPT, resource(FOLDER + "console.js"), false),
        "/assets/gapcanary-assist.js",
        lent("gapcanary-assist.js"),
        "/assets/gapcanary-panel.js",
        lent("gapcanary-panel.js"),
        "/assets/panel-texts-en.json",
        texts(Voice.ENGLISH),
        "/assets/panel-texts-ko.json",
        texts(Voice.KOREAN));
  }

  private static Asset lent(String name) {
    return new Asset(SCRIPT, resource(FOLDER + name), true);
  }

  private static Asset texts(Voice voice) {
    byte[] json = DeskJson.line(voice.panelTexts()).getBytes(StandardCharsets.UTF_8);
    return new Asset("application/json", json, true);
  }

  /**
   * A file.
   *
   * @param type its media type
   * @param content its bytes
   * @param lent whether pages of any site may use it
   */
  record Asset(String type, byte[] content, boolean lent) {
    void send(Context context) {
      if (lent) {
        context.header("Access-Control-Allow-Origin", "*");
        context.header("Cross-Origin-Resource-Policy", "cross-origin");
      }
      context.header("Cache-Control", "public, max-age=600").contentType(type).result(content);
    }
  }
}
