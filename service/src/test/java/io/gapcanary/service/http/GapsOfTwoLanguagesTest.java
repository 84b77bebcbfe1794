package io.gapcanary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.service.SmallDesk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases in, gaps out, with an endpoint whose model puts a text and its translation together. */
@Tag("slow")
class GapsOfTwoLanguagesTest {
  private static final int DIMENSION = 64;

  private static final List<String> DRONE =
      List.of(
          "How do I register my drone as an aircraft?",
          "Where can I register a drone before flying it?",
          "Do I have to register my new drone?");
  private static final List<String> DRONE_IN_KOREAN =
      List.of("드론을 항공기로 등록하려면 어떻게 해야 하나요?", "드론을 날리기 전에 어디에서 등록할 수 있나요?", "새로 산 드론도 꼭 등록해야 하나요?");
  private static final List<String> PARROT =
      List.of(
          "Which vaccination does a parrot need to travel?",
          "Can my parrot travel without a vaccination?",
          "What vaccination must a parrot have for travelling?");
  private static final List<String> PARROT_IN_KOREAN =
      List.of(
          "앵무새와 여행하려면 어떤 예방접종이 필요한가요?",
          "예방접종을 하지 않은 앵무새도 여행할 수 있나요?",
          "앵무새가 여행 전에 맞아야 하는 예방접종은 무엇인가요?");

  /** What the model knows: words that mean the same, in either language. */
  private static final Map<String, Integer> MEANINGS =
      Map.ofEntries(
          Map.entry("drone", 0),
          Map.entry("드론", 0),
          Map.entry("register", 1),
          Map.entry("등록", 1),
          Map.entry("parrot", 2),
          Map.entry("앵무새", 2),
          Map.entry("vaccination", 3),
          Map.entry("예방접종", 3),
          Map.entry("travel", 4),
          Map.entry("여행", 4));

  @TempDir private Path folder;
  private HttpServer endpoint;
  private String model = "multilingual-e5-small";

  @BeforeEach
  void serve() throws IOException {
    endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endpoint.createContext("/v1/embeddings", this::embed);
    endpoint.start();
  }

  @AfterEach
  void stop() {
    endpoint.stop(0);
  }

  private void embed(HttpExchange exchange) throws IOException {
    JsonNode asked = DeskJson.mapper().readTree(exchange.getRequestBody().readAllBytes());
    ObjectNode answer = DeskJson.mapper().createObjectNode().put("model", model);
    ArrayNode data = answer.putArray("data");
    for (JsonNode text : asked.get("input")) {
      ArrayNode vector = data.addObject().put("index", data.size() - 1).putArray("embedding");
      for (double value : vector(text.asText())) {
        vector.add(value);
      }
    }
    byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Each meaning is a direction; what else a text says is another, of its own. */
  private static double[] vector(String text) {
    double[] vector = new double[DIMENSION];
    Random own = new Random(text.hashCode());
    for (int i = 10; i < DIMENSION; i++) {
      vector[i] = 0.08 * own.nextGaussian();
    }
    MEANINGS.forEach(
        (word, direction) -> {
          if (text.toLowerCase(Locale.ROOT).contains(word)) {
            vector[direction] = 1;
          }
        });
    return vector;
  }

  private static void ask(LiveDesk live, String id, List<String> questions) {
    for (int i = 0; i < questions.size(); i++) {
      String one = id + "-" + i;
      live.post("/api/v1/cases", "{\"id\":\"%s\",\"customerId\":\"cu-%s\"}".formatted(one, one));
      live.post(
          "/api/v1/cases/" + one + "/messages",
          "{\"from\":\"customer\",\"text\":\"%s\"}".formatted(questions.get(i)));
      live.post("/api/v1/cases/" + one + "/close", "{}");
    }
  }

  /** The subjects and languages in each gap, as the ids of its cases begin: {@code [ed, kd]}. */
  private List<Set<String>> gaps(String embedder) {
    try (LiveDesk live = LiveDesk.on(folder, embedder)) {
      live.post("/api/v1/articles", SmallDesk.ARTICLES);
      ask(live, "ed", DRONE);
      ask(live, "kd", DRONE_IN_KOREAN);
      ask(live, "kp", PARROT_IN_KOREAN);
      ask(live, "ep", PARROT);
      List<Set<String>> all = new ArrayList<>();
      for (JsonNode gap : live.get("/api/v1/gaps").json().get("gaps")) {
        Set<String> parts = new TreeSet<>();
        gap.get("cases").forEach(id -> parts.add(id.asText().substring(0, 2)));
        all.add(parts);
        Set<String> spoken = new TreeSet<>();
        gap.get("languages").forEach(language -> spoken.add(language.asText().substring(0, 1)));
        Set<String> asked = new TreeSet<>();
        parts.forEach(part -> asked.add(part.substring(0, 1)));
        assertThat(spoken).isEqualTo(asked);
      }
      return all;
    }
  }

  private String address() {
    return "http://127.0.0.1:" + endpoint.getAddress().getPort();
  }

  @Test
  void oneSubjectInTwoLanguagesIsOneGapWhereTheModelUnderstandsBoth() {
    assertThat(gaps(address())).containsExactlyInAnyOrder(Set.of("ed", "kd"), Set.of("ep", "kp"));
  }

  @Test
  void withAModelMadeForEnglishEachLanguageHasItsOwnGap() {
    model = "bge-small-en-v1.5";
    assertThat(gaps(address()))
        .containsExactlyInAnyOrder(Set.of("ed"), Set.of("kd"), Set.of("ep"), Set.of("kp"));
  }

  @Test
  void withWordsOnlyEachLanguageHasItsOwnGap() {
    assertThat(gaps("none"))
        .containsExactlyInAnyOrder(Set.of("ed"), Set.of("kd"), Set.of("ep"), Set.of("kp"));
  }
}
