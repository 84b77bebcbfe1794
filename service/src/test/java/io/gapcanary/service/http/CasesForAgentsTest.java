package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.service.access.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What agents work from: the cases that go on, the customer's past, the console and its panel. */
@Tag("slow")
class CasesForAgentsTest {
  @TempDir private Path folder;
  private GuardedDesk desk;

  @BeforeEach
  void start() {
    desk = GuardedDesk.on(folder);
    ok(
        "POST",
        "/api/v1/articles",
        "{\"id\":\"kb-1\",\"title\":\"Reset your password\",\"body\":\"Open Settings and press Reset password.\",\"language\":\"en\",\"url\":\"https://help.example.com/kb-1\"}\n"
            + "{\"id\":\"in-1\",\"title\":\"Goodwill credits and their limits\",\"body\":\"A goodwill credit may be 20 euros at most.\",\"language\":\"en\",\"url\":\"https://wiki.example.com/in-1\",\"audience\":\"internal\"}",
        Scope.MANAGER);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private LiveDesk.Answer ok(String method, String path, String body, Scope scope) {
    LiveDesk.Answer answer = desk.send(method, path, body, desk.key(scope));
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    return answer;
  }

  private JsonNode get(String path) {
    return ok("GET", path, "", Scope.AGENT).json();
  }

  private void opened(String id, String rest) {
    ok("POST", "/api/v1/cases", "{\"id\":\"" + id + "\"" + rest + "}", Scope.AGENT);
  }

  private JsonNode says(String id, String text) {
    String body = "{\"from\":\"customer\",\"text\":\"" + text + "\"}";
    return ok("POST", "/api/v1/cases/" + id + "/messages", body, Scope.AGENT).json();
  }

  @Test
  void aDeskReadsItsOpenCasesPageByPage() {
    for (int i = 0; i < 5; i++) {
      opened("c-" + i, i % 2 == 0 ? ",\"agentId\":\"kim\"" : "");
      desk.clock().pass(java.time.Duration.ofSeconds(1));
    }
    ok("POST", "/api/v1/cases/c-4/close", "{}", Scope.AGENT);
    List<String> ids = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = get("/api/v1/cases?state=open&limit=3" + after);
      page.get("cases").forEach(one -> ids.add(one.get("id").asText()));
      after = page.get("next").isNull() ? "" : "&after=" + page.get("next").asText();
    } while (!after.isEmpty());
    assertThat(ids).containsExactly("c-3", "c-2", "c-1", "c-0");
    assertThat(get("/api/v1/cases?state=open&agent=kim").get("cases")).hasSize(2);
    assertThat(get("/api/v1/cases?state=closed").at("/cases/0/id").asText()).isEqualTo("c-4");
    isProblem(desk.get("/api/v1/cases?state=gone", desk.key(Scope.AGENT)), 400);
    isProblem(desk.get("/api/v1/cases?after=gone", desk.key(Scope.AGENT)), 400);
    isProblem(desk.get("/api/v1/cases?limit=0", desk.key(Scope.AGENT)), 400);
  }

  @Test
  void theCustomersPastIsForAgentsAndForTheHolderOfATokenOfTheCaseAlone() {
    opened("p-1", ",\"customerId\":\"ann\",\"channel\":\"phone\"");
    says("p-1", "I need to reset the password of my account, call 010-1234-5678");
    ok(
        "POST",
        "/api/v1/cases/p-1/articles",
        "{\"id\":\"kb-1\",\"action\":\"linked\"}",
        Scope.AGENT);
    ok("POST", "/api/v1/cases/p-1/close", "{\"resolution\":\"solved\"}", Scope.AGENT);
    opened("p-2", ",\"customerId\":\"ann\"");

    String token =
        ok("POST", "/api/v1/tokens", "{\"case\":\"p-2\"}", Scope.AGENT)
            .json()
            .get("token")
            .asText();
    JsonNode past = desk.get("/api/v1/cases/p-2/customer", token).json();
    assertThat(past.get("identified").asBoolean()).isTrue();
    assertThat(past.get("count").asInt()).isEqualTo(1);
    JsonNode contact = past.at("/latest/0");
    assertThat(contact.get("channel").asText()).isEqualTo("phone");
    assertThat(contact.get("question").asText())
        .contains("reset the password")
        .doesNotContain("1234");
    assertThat(contact.at("/given/0/title").asText()).isEqualTo("Reset your password");
    assertThat(contact.get("resolution").asText()).isEqualTo("solved");
    assertThat(contact.get("afterwards").asText()).isEqualTo("too-early");
    isProblem(desk.get("/api/v1/cases/p-1/customer", token), 403);
    isProblem(desk.get("/api/v1/cases", token), 403);
    isProblem(desk.get("/api/v1/cases/none/customer", desk.key(Scope.AGENT)), 404);
  }

  @Test
  void aSuggestionSaysWhatMayGoIntoAReplyAndAnInternalArticleNothing() {
    opened("r-1", "");
    JsonNode open = says("r-1", "I forgot my password and need to reset my password");
    assertThat(open.at("/suggestions/0/reply").asText())
        .contains("press Reset password")
        .endsWith("https://help.example.com/kb-1");
    opened("r-2", "");
    JsonNode internal = says("r-2", "What are the limits of goodwill credits?").get("suggestions");
    assertThat(internal.at("/0/articleId").asText()).isEqualTo("in-1");
    assertThat(internal.get(0).has("reply")).isTrue();
    assertThat(internal.at("/0/reply").isNull()).isTrue();
  }

  @Test
  void theConsoleWorksWithoutAScript() {
    opened("s-1", ",\"customerId\":\"ann\",\"channel\":\"chat\"");
    says("s-1", "I need to reset the password of my account");
    ok("POST", "/api/v1/cases/s-1/close", "{}", Scope.AGENT);
    opened("s-2", ",\"customerId\":\"ann\",\"channel\":\"phone\"");
    says("s-2", "I forgot my password and need to reset my password");
    opened("s-3", ",\"agentId\":\"Mina\"");
    String cookie = desk.signIn("Mina", GuardedDesk.PASSWORD);

    Document page = Jsoup.parse(desk.page("/agent?case=s-2&lang=ko", cookie).body());
    assertThat(page.select("#case-list a[data-case]").eachAttr("data-case"))
        .containsExactly("s-2", "s-3");
    assertThat(page.select("#case-list a[aria-current][data-case]").attr("data-case"))
        .isEqualTo("s-2");
    assertThat(page.select("#case-list").text()).contains("답변 대기 중", "전화");
    assertThat(page.select("gapcanary-assist .match-title").text()).contains("Reset your password");
    assertThat(page.select(".contacts").text()).contains("지난 상담 1건", "아직 알 수 없음");

    LiveDesk.Answer sent =
        desk.form(
            "/agent/messages",
            "at=%2Fagent&case=s-2&from=agent&message=m-1&given=kb-1&text=Open+Settings",
            cookie);
    assertThat(sent.status()).isEqualTo(303);
    desk.form(
        "/agent/messages",
        "at=%2Fagent&case=s-2&from=agent&message=m-1&given=kb-1&text=Open+Settings",
        cookie);
    assertThat(get("/api/v1/cases/s-2").get("messages")).as("sent twice, heard once").hasSize(2);
    assertThat(get("/api/v1/cases/s-2").at("/given/0").asText()).isEqualTo("kb-1");

    Document mine = Jsoup.parse(desk.page("/agent/cases?whose=mine", cookie).body());
    assertThat(mine.select("a[data-case]").eachAttr("data-case")).containsExactly("s-3");
  }

  @Test
  void theConsoleWeighsLittle() {
    desk.signIn("Mina", GuardedDesk.PASSWORD);
    String cookie = desk.signIn("Mina", GuardedDesk.PASSWORD);
    opened("w-1", "");
    says("w-1", "I forgot my password and need to reset my password");
    String html = desk.page("/agent?case=w-1&lang=ko", cookie).body();
    Document page = Jsoup.parse(html);
    long bytes =
        html.length()
            + Stream.concat(
                    page.select("script[src], link[href]").stream()
                        .map(e -> e.hasAttr("src") ? e.attr("src") : e.attr("href")),
                    Stream.of(
                        "/assets/gapcanary-assist.js",
                        "/assets/gapcanary-panel.js",
                        "/assets/panel-texts-ko.json"))
                .mapToLong(path -> desk.page(path, cookie).body().length())
                .sum();
    assertThat(bytes).isLessThan(150_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gapcanary-assist.js",
        "gapcanary-panel.js",
        "panel-texts-en.json",
        "panel-texts-ko.json"
      })
  void whatTheWidgetIsMadeOfIsLentToAnySiteAndNothingElseIs(String name) {
    LiveDesk.Answer lent = desk.page("/assets/" + name, "");
    assertThat(lent.status()).isEqualTo(200);
    assertThat(lent.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(lent.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    LiveDesk.Answer kept = desk.page("/assets/console.js", "");
    assertThat(kept.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(kept.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
  }
}
