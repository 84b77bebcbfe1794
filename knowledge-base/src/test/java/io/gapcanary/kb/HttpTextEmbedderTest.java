package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gapcanary.kb.TextEmbedder.Role;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpTextEmbedderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpTextEmbedder.Times SHORT =
      new HttpTextEmbedder.Times(Duration.ofMillis(300), Duration.ofSeconds(20));

  /** What the endpoint answers to a request, as a status and a body. */
  private record Reply(int status, String body) {}

  private final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> paths = Collections.synchronizedList(new ArrayList<>());
  private final List<@Nullable String> keys = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile Function<JsonNode, Reply> behaviour = request -> vectors(request, "1, 0, 0");
  private volatile boolean hangs;
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    requests.add(request);
    paths.add(exchange.getRequestURI().toString());
    keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
    Reply reply = behaviour.apply(request);
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      if (hangs) {
        out.write(body, 0, 1);
        out.flush();
        over.await();
      }
      out.write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The same vector for each text. */
  private static Reply vectors(JsonNode request, String vector) {
    List<String> data = new ArrayList<>();
    for (int i = 0; i < request.path("input").size(); i++) {
      data.add("{\"index\": " + i + ", \"embedding\": [" + vector + "]}");
    }
    return new Reply(200, "{\"model\": \"m\", \"data\": [" + String.join(",", data) + "]}");
  }

  private URI address(String rest) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + rest);
  }

  private TextEmbedder embedder(String rest) {
    return HttpTextEmbedder.at(address(rest), null, SHORT, null);
  }

  private static List<String> inputs(JsonNode request) {
    List<String> inputs = new ArrayList<>();
    request.path("input").forEach(input -> inputs.add(input.asText()));
    return inputs;
  }

  @ParameterizedTest
  @CsvSource({
    "'', /v1/embeddings",
    "/, /v1/embeddings",
    "/v1, /v1/embeddings",
    "/v1/, /v1/embeddings",
    "/openai/v1/embeddings, /openai/v1/embeddings",
    "/v1?version=2#e5, /v1/embeddings?version=2",
  })
  void theAddressMayBeThatOfTheServerOrOfTheEndpoint(String rest, String path) {
    embedder(rest).close();
    assertThat(paths).containsOnly(path);
  }

  @Test
  void theFragmentNamesTheModelAndTheKeyIsABearerToken() {
    HttpTextEmbedder.at(address("/v1#bge-m3"), "s3cret", SHORT, null).close();
    assertThat(requests).allMatch(request -> request.path("model").asText().equals("bge-m3"));
    assertThat(keys).containsOnly("Bearer s3cret");
  }

  @Test
  void aMissingKeyIsSaidAndAKeyIsNeverRepeated() {
    behaviour = request -> new Reply(401, "no");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpTextEmbedder.at(address("/v1?token=t0ken"), "s3cret", SHORT, null))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .contains("401", "the key is missing or wrong")
                    .doesNotContain("s3cret", "t0ken"));
  }

  @Test
  void anEndpointThatHeedsTheInputTypeIsToldIt() {
    behaviour =
        request ->
            vectors(request, request.path("input_type").asText().equals("query") ? "1, 0" : "0, 1");
    try (TextEmbedder model = embedder("#multilingual-e5-small")) {
      requests.clear();
      assertThat(model.embed(List.of("hello"), Role.QUESTION).get(0)).containsExactly(1, 0);
      assertThat(model.embed(List.of("hello"), Role.PASSAGE).get(0)).containsExactly(0, 1);
      assertThat(requests).allMatch(request -> inputs(request).equals(List.of("hello")));
    }
  }

  @Test
  void anE5ModelBehindAnyOtherEndpointGetsItsPrefixes() {
    behaviour =
        request ->
            request.has("input_type")
                ? new Reply(400, "{\"error\": \"Unrecognized argument\"}")
                : vectors(request, "1, 0");
    behaviour = behaviour.andThen(r -> new Reply(r.status(), r.body().replace("\"m\"", "\"\"")));
    try (TextEmbedder model = embedder("#multilingual-e5-small")) {
      requests.clear();
      model.embed(List.of("hello"), Role.QUESTION);
      model.embed(List.of("hello"), Role.PASSAGE);
      assertThat(requests).noneMatch(request -> request.has("input_type"));
      assertThat(requests)
          .extracting(HttpTextEmbedderTest::inputs)
          .containsExactly(List.of("query: hello"), List.of("passage: hello"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "multilingual-e5-small, true",
    "text-embedding-3-small, true",
    "bge-m3, true",
    "bge-small-en-v1.5, false",
    "sentence-transformers/all-MiniLM-L6-v2, false",
    "intfloat/e5-small-v2, false",
    "nomic-embed-text, false",
  })
  void aModelKnownToBeEnglishIsForEnglishOnly(String name, boolean korean) {
    behaviour =
        behaviour.andThen(
            r -> new Reply(r.status(), r.body().replace("\"m\"", "\"" + name + "\"")));
    try (TextEmbedder model = embedder("/v1")) {
      assertThat(model.understands("en")).isTrue();
      assertThat(model.understands("ko")).isEqualTo(korean);
      assertThat(model.name()).isEqualTo(name);
    }
  }

  @Test
  void vectorsAreTakenInTheOrderOfTheirIndex() {
    try (TextEmbedder model = embedder("/v1")) {
      behaviour =
          request ->
              new Reply(
                  200,
                  "{\"model\": \"m\", \"data\": [{\"index\": 1, \"embedding\": [0, 2, 0]}, {\"index\": 0, \"embedding\": [3, 0, 0]}]}");
      assertThat(model.embed(List.of("a", "b"), Role.PASSAGE))
          .containsExactly(new float[] {1, 0, 0}, new float[] {0, 1, 0});
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | <html>Bad gateway</html> | status 500",
        "200 | <html>Log in</html> | not that of an embeddings endpoint",
        "200 | [] | not that of an embeddings endpoint",
        "200 | {\"model\": \"m\", \"data\": [{\"index\": 0, \"embed | not that of an embeddings endpoint",
        "200 | {\"model\": \"m\", \"data\": [{\"index\": 0, \"embedding\": [1, 0, 0]}]} | 1 vectors for 2 texts",
        "200 | {\"model\": \"m\", \"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 0, \"embedding\": [1]}]} | two vectors for one text",
        "200 | {\"model\": \"m\", \"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 7, \"embedding\": [1]}]} | numbered a vector 7 of 2",
        "200 | {\"model\": \"m\", \"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 1, \"embedding\": []}]} | empty, zero or not all numbers",
        "200 | {\"model\": \"m\", \"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 1, \"embedding\": [0, 0]}]} | empty, zero or not all numbers",
        "200 | {\"model\": \"m\", \"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 1, \"embedding\": [null, 1]}]} | empty, zero or not all numbers",
        "200 | {\"model\": \"m\", \"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 1, \"embedding\": [1e99, 1]}]} | empty, zero or not all numbers",
        "200 | {\"model\": \"m\", \"data\": [{\"index\": 0, \"embedding\": [NaN]}, {\"index\": 1, \"embedding\": [1]}]} | not that of an embeddings endpoint",
        "200 | {\"model\": \"n\", \"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 1, \"embedding\": [1]}]} | now serves n and no longer m",
      })
  void anAnswerThatIsNoneIsSaid(int status, String body, String said) {
    try (TextEmbedder model = embedder("/v1")) {
      behaviour = request -> new Reply(status, body);
      assertThatExceptionOfType(EmbeddingException.class)
          .isThrownBy(() -> model.embed(List.of("a", "b"), Role.PASSAGE))
          .withMessageContaining(said);
    }
  }

  @Test
  void anEndpointThatHangsInTheMiddleIsGivenUp() {
    try (TextEmbedder model = embedder("/v1")) {
      hangs = true;
      assertThatExceptionOfType(EmbeddingException.class)
          .isThrownBy(() -> model.embed(List.of("a"), Role.QUESTION))
          .withMessageContaining("did not answer within 0.3 s");
    }
  }

  @Test
  void anEndpointThatIsNotThereIsSaid() {
    URI address = address("/v1");
    server.stop(0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpTextEmbedder.at(address))
        .withMessageContaining("it does not answer: nothing listens there");
  }

  @Test
  void anEndpointThatIsDownIsTakenAsItWas(@TempDir Path folder) {
    Path file = folder.resolve("new").resolve("endpoint.json");
    URI address = address("/v1?token=s3cret#e5");
    assertThat(HttpTextEmbedder.at(address, "k3y", SHORT, file).dimension()).isEqualTo(3);
    behaviour = request -> new Reply(503, "starting");

    try (TextEmbedder down = HttpTextEmbedder.at(address, "k3y", SHORT, file)) {
      assertThat(down.name()).isEqualTo("m");
      assertThat(down.dimension()).isEqualTo(3);
      assertThatExceptionOfType(EmbeddingException.class)
          .isThrownBy(() -> down.embed(List.of("a"), TextEmbedder.Role.QUESTION));
      behaviour = request -> vectors(request, "0, 1, 0");
      assertThat(down.embed(List.of("a"), TextEmbedder.Role.QUESTION).get(0))
          .containsExactly(0, 1, 0);
    }
    server.stop(0);
    HttpTextEmbedder.at(address, "k3y", SHORT, file).close();
    assertThat(file).content().doesNotContain("s3cret", "k3y");
  }

  @Test
  void anotherEndpointIsNotTakenForTheOneThatWasKept(@TempDir Path folder) {
    Path file = folder.resolve("endpoint.json");
    HttpTextEmbedder.at(address("/v1#e5"), null, SHORT, file).close();
    behaviour = request -> new Reply(503, "starting");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpTextEmbedder.at(address("/v1#bge"), null, SHORT, file))
        .withMessageContaining("status 503");
  }

  @Test
  void aRefusedKeyIsSaidEvenWhenTheEndpointIsKnown(@TempDir Path folder) {
    Path file = folder.resolve("endpoint.json");
    HttpTextEmbedder.at(address("/v1"), null, SHORT, file).close();
    behaviour = request -> new Reply(401, "");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpTextEmbedder.at(address("/v1"), null, SHORT, file))
        .withMessageContaining("key");
  }

  @Test
  void aKeptFileThatCannotBeReadIsNone(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("endpoint.json");
    Files.writeString(file, "{\"endpoint\": ");
    behaviour = request -> new Reply(502, "");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpTextEmbedder.at(address("/v1"), null, SHORT, file))
        .withMessageContaining("status 502");
  }

  @Test
  void anAddressWithAPasswordIsRefusedWithoutRepeatingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpTextEmbedder.at(URI.create("http://u:s3cret@127.0.0.1/v1")))
        .satisfies(e -> assertThat(e.getMessage()).contains("password").doesNotContain("s3cret"));
  }
}
