package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.Ran;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.access.Scope;
import io.gapcanary.service.serve.ServeSettings;
import io.gapcanary.service.webhook.WebhookSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By hand, since Java's own client sends no Origin and no preflight. */
@Tag("slow")
class CrossOriginTest {
  private static final String SHOP = "https://shop.example.com";

  @TempDir private Path folder;
  private LiveDesk live;
  private String key;

  @BeforeEach
  void start() {
    live =
        LiveDesk.on(
            folder,
            new ServeSettings(
                "127.0.0.1",
                0,
                false,
                AccessSettings.DEFAULT,
                StreamSettings.DEFAULT,
                WebhookSettings.DEFAULT,
                null,
                Set.of(SHOP)),
            Ran.CLOCK);
    key = live.access().keys().create("widget", Scope.AGENT, "test").key();
  }

  @AfterEach
  void stop() {
    live.close();
  }

  private String ask(String method, String path, String origin, String... headers) {
    try (Socket socket = new Socket("127.0.0.1", URI.create(live.address()).getPort())) {
      String request =
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: "
              + origin
              + "\r\n"
              + String.join("", java.util.stream.Stream.of(headers).map(h -> h + "\r\n").toList())
              + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String preflight(String path, String origin) {
    return ask(
        "OPTIONS",
        path,
        origin,
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: authorization,idempotency-key");
  }

  @Test
  void aPageOfAListedOriginIsAskedInAndItsAnswersAreRead() {
    String asked = preflight("/api/v1/cases", SHOP);
    assertThat(asked)
        .startsWith("HTTP/1.1 204")
        .contains("Access-Control-Allow-Origin: " + SHOP)
        .contains("Access-Control-Allow-Methods: GET, POST, PUT, PATCH, DELETE")
        .contains("Idempotency-Key", "Vary: Origin", "Access-Control-Max-Age: 600")
        .doesNotContain("Access-Control-Allow-Credentials", "Allow-Origin: *");
    String answer = ask("GET", "/api/v1/articles", SHOP, "Authorization: Bearer " + key);
    assertThat(answer)
        .startsWith("HTTP/1.1 200")
        .contains("Access-Control-Allow-Origin: " + SHOP, "Access-Control-Expose-Headers: ")
        .doesNotContain("Access-Control-Allow-Credentials");
  }

  @Test
  void itMayChangeWithAKeyAndItsRefusalsAreReadToo() {
    String opened =
        ask(
            "POST",
            "/api/v1/cases",
            SHOP,
            "Authorization: Bearer " + key,
            "Content-Length: 2\r\n\r\n{}");
    assertThat(opened).startsWith("HTTP/1.1 201");
    String unknown = ask("GET", "/api/v1/articles", SHOP);
    assertThat(unknown)
        .startsWith("HTTP/1.1 401")
        .contains("Access-Control-Allow-Origin: " + SHOP, "application/problem+json");
  }

  @Test
  void noOtherOriginIsLetIn() {
    for (String other :
        Set.of(
            "https://shop.example.com.evil.example",
            "http://shop.example.com",
            "https://shop.example.com:8443",
            "https://evil.example",
            "null")) {
      assertThat(preflight("/api/v1/cases", other))
          .as(other)
          .doesNotStartWith("HTTP/1.1 2")
          .doesNotContain("Access-Control-Allow");
      assertThat(ask("GET", "/api/v1/articles", other, "Authorization: Bearer " + key))
          .as(other)
          .contains("Vary: Origin")
          .doesNotContain("Access-Control-Allow");
    }
  }

  @Test
  void theDesksOwnPagesAreNotItsConcern() {
    assertThat(preflight("/gaps", SHOP)).doesNotContain("Access-Control-Allow");
    assertThat(ask("GET", "/api/v1/articles", live.address(), "Authorization: Bearer " + key))
        .startsWith("HTTP/1.1 200")
        .doesNotContain("Access-Control-Allow");
  }

  @Test
  void whileNobodyHasToBeKnownNoPageIsLetIn(@TempDir Path other) {
    live.close();
    live =
        LiveDesk.on(
            other,
            new ServeSettings(
                "127.0.0.1",
                0,
                false,
                AccessSettings.DEFAULT,
                StreamSettings.DEFAULT,
                WebhookSettings.DEFAULT,
                null,
                Set.of(SHOP)),
            Ran.CLOCK);
    assertThat(ask("GET", "/api/v1/articles", SHOP))
        .startsWith("HTTP/1.1 200")
        .doesNotContain("Access-Control-Allow");
    assertThat(preflight("/api/v1/cases", SHOP)).doesNotContain("Access-Control-Allow");
  }

  @Test
  void withoutAListThereIsNothingOfIt(@TempDir Path other) {
    try (LiveDesk closed = LiveDesk.on(other)) {
      LiveDesk.Answer answer = closed.get("/api/v1/articles");
      assertThat(answer.header("Vary")).isEmpty();
      isProblem(closed.get("/api/v1/articles/none"), 404);
    }
  }
}
