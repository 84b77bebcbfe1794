package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.service.SmallDesk;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ExplainOverHttpTest {
  @TempDir private Path folder;
  private LiveDesk live;

  @BeforeEach
  void start() {
    live = LiveDesk.on(folder);
    live.post("/api/v1/articles", SmallDesk.ARTICLES);
  }

  @AfterEach
  void stop() {
    live.close();
  }

  private void heard(String caseId, String text) {
    live.post("/api/v1/cases", "{\"id\":\"" + caseId + "\"}");
    live.post(
        "/api/v1/cases/" + caseId + "/messages",
        "{\"from\":\"customer\",\"text\":\"" + text + "\"}");
  }

  @Test
  void aTextIsExplainedAndTwoArticlesAreCompared() {
    JsonNode answer =
        live.get("/api/v1/explain?q=Hello!+How+do+I+reset+my+password&article=kb-4").json();
    assertThat(answer.get("question").asText()).isEqualTo("How do I reset my password");
    assertThat(answer.get("verdict").asText()).isEqualTo("answered");
    JsonNode first = answer.get("articles").get(0);
    assertThat(first.get("articleId").asText()).isEqualTo("kb-1");
    assertThat(first.get("rank").asInt()).isEqualTo(1);
    double sum = 0;
    for (JsonNode part : first.get("contributions")) {
      assertThat(part.get("contribution").asDouble())
          .isEqualTo(part.get("value").asDouble() * part.get("weight").asDouble(), within(1e-9));
      sum += part.get("contribution").asDouble();
    }
    assertThat(sum).isEqualTo(first.get("score").asDouble(), within(1e-9));
    assertThat(answer.get("answerability").get("probability").asDouble())
        .isEqualTo(answer.get("answerable").asDouble());
    assertThat(answer.get("answerability").get("doubt").get("logOdds").asDouble()).isZero();

    JsonNode comparison = answer.get("comparison");
    assertThat(comparison.get("ahead").asText()).isEqualTo("kb-1");
    assertThat(comparison.get("behind").asText()).isEqualTo("kb-4");
    assertThat(comparison.get("decisive").asText()).isNotBlank();
    assertThat(comparison.get("sentence").asText()).contains("Reset your password", "mostly");
    String korean =
        live.send(
                live.to("/api/v1/explain?q=reset+my+password&article=kb-4&article=kb-1")
                    .header("Accept-Language", "ko"))
            .json()
            .get("comparison")
            .get("sentence")
            .asText();
    assertThat(korean).contains("앞선 가장 큰 이유");
  }

  @Test
  void aCaseIsExplainedAsItsAgentSeesIt() {
    heard("c-1", "I need to reset my password please");
    live.post("/api/v1/cases/c-1/articles", "{\"id\":\"kb-1\",\"action\":\"linked\"}");
    JsonNode suggested = live.get("/api/v1/cases/c-1/suggestions").json();
    JsonNode explained = live.get("/api/v1/explain?case=c-1").json();
    assertThat(explained.get("answerable")).isEqualTo(suggested.get("answerable"));
    assertThat(explained.get("articles").get(0).get("probability"))
        .isEqualTo(suggested.get("suggestions").get(0).get("probability"));
    assertThat(explained.get("comparison").isNull()).isTrue();
  }

  @Test
  void anArticleThatDoesNotApplySaysWhy() {
    JsonNode answer =
        live.get("/api/v1/explain?q=pair+the+thermostat+with+the+app&version=3.1&article=kb-2")
            .json();
    JsonNode last = answer.get("articles").get(answer.get("articles").size() - 1);
    assertThat(last.get("articleId").asText()).isEqualTo("kb-2");
    assertThat(last.get("obstacle").asText()).isEqualTo("other-version");
    assertThat(last.get("rank").isNull()).isTrue();
  }

  @Test
  void personalDataIsMaskedInWhatIsExplained() {
    assertThat(live.get("/api/v1/explain?q=write+to+mina@example.com+about+my+password").body())
        .doesNotContain("mina@example.com");
  }

  @Test
  void whatCannotBeExplainedIsAProblem() {
    heard("c-1", "I need to reset my password please");
    isProblem(live.get("/api/v1/explain"), 400);
    isProblem(live.get("/api/v1/explain?q=%20"), 400);
    isProblem(live.get("/api/v1/explain?q=password&case=c-1"), 400);
    isProblem(live.get("/api/v1/explain?q=password&article=kb-77"), 404);
    isProblem(live.get("/api/v1/explain?case=c-77"), 404);
    StringBuilder many = new StringBuilder("/api/v1/explain?q=password");
    for (int i = 0; i < 11; i++) {
      many.append("&article=kb-").append(i);
    }
    isProblem(live.get(many.toString()), 400);
    assertThat(live.get("/api/v1/explain?q=hello").json().get("verdict").asText())
        .isEqualTo("too-little-text");
  }

  @Test
  void whatWasLearnedIsListedAndRemoved() {
    heard("c-1", "The frobnicator hums when tilted");
    live.post("/api/v1/cases/c-1/articles", "{\"id\":\"kb-1\",\"action\":\"linked\"}");
    String path = "/api/v1/articles/kb-1/wordings";
    JsonNode wording = live.get(path).json().get("wordings").get(0);
    assertThat(wording.get("text").asText()).isEqualTo("The frobnicator hums when tilted");
    assertThat(wording.get("times").asInt()).isEqualTo(1);
    assertThat(wording.get("cases").get(0).asText()).isEqualTo("c-1");
    assertThat(wording.get("lastAt").asText()).isEqualTo("2026-12-01T09:00:00Z");

    String one = path + "/" + wording.get("id").asText();
    isProblem(live.send(live.to(path + "/00").DELETE()), 404);
    isProblem(live.send(live.to(one.replace("kb-1", "kb-77")).DELETE()), 404);
    assertThat(live.send(live.to(one).DELETE()).status()).isEqualTo(204);
    assertThat(live.get(path).json().get("wordings")).isEmpty();
    isProblem(live.send(live.to(one).DELETE()), 404);
    isProblem(live.get("/api/v1/articles/kb-77/wordings"), 404);
  }
}
