package io.gapcanary.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.service.access.Scope;
import io.gapcanary.service.http.LiveDesk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the documents do with curl is done here, as they have it but for the address and the key.
 */
@Tag("slow")
class CurlExamplesTest {
  private static final Path ROOT = Path.of("..");

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

  private static final String END = "\u001e";

  /** Each answer, its status on a line, and an end. */
  private static final String CURL =
      "curl() { command curl -sS -w $'\\n%{http_code}\\x1e' \"$@\"; }\n";

  private static final Set<String> RUN =
      Set.of(
          "README.md",
          "README.ko.md",
          "docs/widget.md",
          "docs/widget.ko.md",
          "docs/operation.md",
          "docs/operation.ko.md");

  @TempDir private Path folder;

  private record Answer(JsonNode body, int status) {}

  static List<String> documents() throws IOException {
    try (Stream<Path> root = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(root, docs)
          .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
          .filter(file -> file.endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.ko.md"})
  void theMinuteWithCurlGoesAsTheReadmeSays(String readme) throws Exception {
    try (LiveDesk live = LiveDesk.on(folder)) {
      String minute = String.join("", curls(readme));
      List<Answer> answers = run(minute, live, "");

      assertThat(answers).extracting(Answer::status).containsExactly(200, 201, 200, 204, 200, 200);
      JsonNode suggestions = answers.get(2).body();
      assertThat(suggestions.at("/verdict").asText()).isEqualTo("answered");
      assertThat(suggestions.at("/suggestions/0/articleId").asText()).isEqualTo("kb-1");
      assertThat(answers.get(4).body().at("/given/0").asText()).isEqualTo("kb-1");
      assertThat(answers.get(5).body().at("/gaps").isArray()).isTrue();
      assertThat(live.desk().articles().size()).isEqualTo(3);

      JsonNode why = live.get("/api/v1/explain?case=c-1&article=kb-2").json().at("/comparison");
      assertThat(why.at("/ahead").asText()).isEqualTo("kb-1");
      assertThat(why.at("/behind").asText()).isEqualTo("kb-2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.ko.md"})
  void theSameMessageSentAgainIsHarmless(String readme) throws Exception {
    try (LiveDesk live = LiveDesk.on(folder)) {
      String minute = String.join("", curls(readme));
      String untilTheMessage =
          minute.substring(
              0, minute.indexOf("curl -X POST http://127.0.0.1:7070/api/v1/cases/c-1/articles"));
      List<Answer> once = run(untilTheMessage, live, "");
      List<Answer> again = run(untilTheMessage, live, "");
      assertThat(again.get(2)).isEqualTo(once.get(2));
      assertThat(live.desk().openCases()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/widget.md", "docs/widget.ko.md"})
  void anAgentsKeyGetsTheTokenOfACase(String document) throws Exception {
    try (LiveDesk live = LiveDesk.on(folder)) {
      live.post("/api/v1/cases", "{\"id\": \"c-1\"}");
      List<Answer> answers = run(String.join("", curls(document)), live, key(live, Scope.AGENT));
      assertThat(answers).singleElement().extracting(Answer::status).isEqualTo(201);
      String token = answers.get(0).body().at("/token").asText();
      assertThat(token).startsWith("gct_");
      assertThat(live.get("/api/v1/cases/c-1/suggestions?token=" + token).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/operation.md", "docs/operation.ko.md"})
  void anAdministratorsKeyMakesAWebhookAndErasesACustomer(String document) throws Exception {
    try (LiveDesk live = LiveDesk.on(folder)) {
      live.post("/api/v1/cases", "{\"id\": \"c-1\", \"customerId\": \"u-4711\"}");
      List<Answer> answers = run(String.join("", curls(document)), live, key(live, Scope.ADMIN));
      assertThat(answers).extracting(Answer::status).containsExactly(201, 200);
      assertThat(answers.get(0).body().at("/secret").asText()).startsWith("whsec_");
      assertThat(live.desk().webhooks().list())
          .singleElement()
          .satisfies(
              webhook ->
                  assertThat(webhook.url()).hasToString("https://chat.example.com/hooks/gaps"));
      assertThat(answers.get(1).body().at("/cases").asInt()).isEqualTo(1);
      assertThat(live.desk().openCases()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyCurlOfTheDocumentsIsRunHere(String document) throws IOException {
    assertThat(curls(document).isEmpty()).isEqualTo(!RUN.contains(document));
    String outside = BLOCK.matcher(Files.readString(ROOT.resolve(document))).replaceAll("");
    assertThat(outside).doesNotContainPattern("(?m)^ *curl ");
  }

  private static String key(LiveDesk live, Scope scope) {
    return live.access().keys().create("the documents", scope, "test").key();
  }

  private List<Answer> run(String script, LiveDesk live, String key) throws Exception {
    String here =
        script
            .replaceAll(
                "http://127\\.0\\.0\\.1:7070|https://gapcanary\\.example\\.com", live.address())
            .replace("gck_…", key);
    String said = output(CURL + here);
    return Stream.of(said.split(END)).map(CurlExamplesTest::answer).toList();
  }

  private String output(String script) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      return Assumptions.abort("There is no bash");
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    Assumptions.assumeFalse(code == 127, "There is no curl");
    assertThat(code).as(said).isZero();
    return said;
  }

  private static Answer answer(String said) {
    int status = said.lastIndexOf('\n');
    try {
      return new Answer(
          DeskJson.mapper().readTree(said.substring(0, status)),
          Integer.parseInt(said.substring(status + 1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The blocks of a document in which there is curl. */
  private static List<String> curls(String document) throws IOException {
    return BLOCK
        .matcher(Files.readString(ROOT.resolve(document)))
        .results()
        .map((MatchResult found) -> found.group(1))
        .filter(block -> block.contains("curl "))
        .toList();
  }
}
