package io.gapcanary.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.exchange.DeskJson;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program writes to its log, as a process of its own. */
@Tag("slow")
class LogTest {
  private static final String TYPED = "quetzalcoatl invoice of someone@example.com";

  @TempDir private Path folder;

  /** Serves in a format, and returns what was logged of a conversation. */
  private List<String> logged(String format) throws Exception {
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlogback.configurationFile=../service/src/main/resources/logback.xml",
                "io.gapcanary.service.Gapcanary",
                "serve",
                "--port",
                "0",
                "--data",
                folder.resolve("data").toString(),
                "--embedder",
                "none",
                "--set",
                "logRequests=true")
            .redirectError(log.toFile());
    builder.environment().put("GAPCANARY_LOG_FORMAT", format);
    Process process = builder.start();
    try (BufferedReader out =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        HttpClient client = HttpClient.newHttpClient()) {
      String address = out.readLine().split(" ")[4];
      post(client, address + "api/v1/cases", "{\"id\":\"c-1\"}");
      post(
          client,
          address + "api/v1/cases/c-1/messages",
          "{\"from\":\"customer\",\"text\":\"" + TYPED + "\"}");
    } finally {
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    return Files.readAllLines(log).stream().filter(line -> line.contains("answered")).toList();
  }

  private static void post(HttpClient client, String address, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .header("X-Request-Id", "req-" + body.length())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isIn(200, 201);
    assertThat(answer.headers().firstValue("X-Request-Id")).contains("req-" + body.length());
  }

  @Test
  void asJsonEachLineIsAnObjectWithTheIdsOfRequestAndCase() throws Exception {
    List<String> lines = logged("json");
    assertThat(lines).hasSize(2);
    JsonNode last = DeskJson.mapper().readTree(lines.get(1));
    assertThat(last.get("mdc").get("request").asText()).startsWith("req-");
    assertThat(last.get("mdc").get("case").asText()).isEqualTo("c-1");
    assertThat(last.get("level").asText()).isEqualTo("INFO");
    assertThat(last.get("kvpList").toString())
        .contains("/api/v1/cases/{id}/messages", "200", "this-computer");
  }

  @Test
  void asTextEachLineTellsThemToo() throws Exception {
    List<String> lines = logged("text");
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1))
        .contains("answered", "request=req-", "case=c-1", "route=/api/v1/cases/{id}/messages");
    assertThat(lines.get(0)).doesNotContain("case=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void nothingThatCustomersTypedIsLogged(String format) throws Exception {
    assertThat(logged(format)).isNotEmpty();
    assertThat(Files.readString(folder.resolve("log")))
        .doesNotContain("quetzalcoatl", "someone@example.com", "127.0.0.1");
  }
}
