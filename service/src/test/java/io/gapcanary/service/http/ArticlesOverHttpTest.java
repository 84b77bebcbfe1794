package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ArticlesOverHttpTest {
  private static final String LINES =
      """
      {"id":"a","title":"Clean the print heads","body":"Open the lid.","language":"en","product":"Printer"}
      {"id":"b","title":"Reset a password","body":"Click Forgot.","language":"en","product":"Hub","confidence":"wip"}
      {"id":"c","title":"비밀번호 재설정","body":"비밀번호 찾기를 누르세요.","language":"ko","product":"Hub"}
      {"id":"d","title":"Old drivers","body":"Install them.","language":"en","confidence":"archived"}
      """;

  @TempDir private Path folder;
  private LiveDesk live;

  @BeforeEach
  void start() {
    live = LiveDesk.on(folder);
    assertThat(live.post("/api/v1/articles", LINES).json().get("accepted").asInt()).isEqualTo(4);
  }

  @AfterEach
  void stop() {
    live.close();
  }

  private LiveDesk.Answer send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        live.to(path).method(method, HttpRequest.BodyPublishers.ofString(body));
    return live.send(headers.length == 0 ? request : request.headers(headers));
  }

  private List<String> listed(String query) {
    JsonNode page = live.get("/api/v1/articles" + query).json();
    return page.get("articles").findValuesAsText("id");
  }

  @Test
  void theListIsNarrowedByProductLanguageAndConfidenceAndPagedAlike() {
    assertThat(listed("?product=Hub")).containsExactly("b", "c");
    assertThat(listed("?language=en")).containsExactly("a", "b", "d");
    assertThat(listed("?confidence=archived,wip")).containsExactly("b", "d");
    assertThat(listed("?product=Hub&language=ko&confidence=validated")).containsExactly("c");
    JsonNode first = live.get("/api/v1/articles?language=en&limit=2").json();
    assertThat(first.get("articles").findValuesAsText("id")).containsExactly("a", "b");
    assertThat(listed("?language=en&after=" + first.get("next").asText())).containsExactly("d");
    isProblem(live.get("/api/v1/articles?confidence=sure"), 400);
  }

  @Test
  void anArticleIsArchivedAndBroughtBackAndTheSameAgainChangesNothing() {
    String question = "/api/v1/suggestions?q=How%20do%20I%20clean%20the%20print%20heads";
    assertThat(live.get(question).json().get("suggestions")).isNotEmpty();
    String path = "/api/v1/articles/a/confidence";
    LiveDesk.Answer archived = live.put(path, "{\"confidence\":\"archived\"}");
    assertThat(archived.status()).isEqualTo(200);
    assertThat(archived.json().get("confidence").asText()).isEqualTo("archived");
    assertThat(archived.json().get("title").asText()).isEqualTo("Clean the print heads");
    assertThat(live.get(question).json().get("suggestions")).isEmpty();
    LiveDesk.Answer again = live.put(path, "{\"confidence\":\"archived\"}");
    assertThat(again.header("ETag")).isEqualTo(archived.header("ETag")).isNotEmpty();
    live.put(path, "{\"confidence\":\"validated\"}");
    assertThat(live.get(question).json().get("suggestions")).isNotEmpty();
    isProblem(live.put(path, "{\"confidence\":\"gone\"}"), 400);
    isProblem(live.put(path, "{}"), 400);
    isProblem(live.put("/api/v1/articles/z/confidence", "{\"confidence\":\"archived\"}"), 404);
  }

  @Test
  void anArticleIsRemovedForGood() {
    assertThat(send("DELETE", "/api/v1/articles/a", "").status()).isEqualTo(204);
    isProblem(live.get("/api/v1/articles/a"), 404);
    isProblem(send("DELETE", "/api/v1/articles/a", ""), 404);
    assertThat(listed("")).containsExactly("b", "c", "d");
  }

  @Test
  void ofTwoWhoChangeTheSameArticleTheSecondIsTold() {
    String path = "/api/v1/articles/a";
    String tag = live.get(path).header("ETag");
    String body = "{\"title\":\"Clean the heads\",\"body\":\"Open the lid first.\"}";
    LiveDesk.Answer changed = send("PUT", path, body, "If-Match", tag);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.header("ETag")).isNotEqualTo(tag);
    isProblem(send("PUT", path, body, "If-Match", tag), 412);
    isProblem(send("DELETE", path, "", "If-Match", tag), 412);
    isProblem(send("PUT", path + "/confidence", "{\"confidence\":\"wip\"}", "If-Match", tag), 412);
    isProblem(send("PUT", path, body, "If-Match", "W/" + changed.header("ETag")), 412);
    assertThat(send("DELETE", path, "", "If-Match", changed.header("ETag")).status())
        .isEqualTo(204);
    isProblem(send("PUT", path, body, "If-Match", changed.header("ETag")), 412);
  }

  @Test
  void ofTwoWhoAddTheSameArticleTheSecondIsTold() {
    String body = "{\"title\":\"New\",\"body\":\"Text.\"}";
    String path = "/api/v1/articles/new";
    assertThat(send("PUT", path, body, "If-None-Match", "*").status()).isEqualTo(201);
    isProblem(send("PUT", path, body, "If-None-Match", "*"), 412);
    isProblem(send("PUT", path, body, "If-None-Match", "\"x\""), 400);
  }
}
