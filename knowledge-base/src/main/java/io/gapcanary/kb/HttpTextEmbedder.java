package io.gapcanary.kb;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A model behind an OpenAI-compatible embeddings endpoint.
 *
 * <p>The address is that of the endpoint itself ({@code http://127.0.0.1:8080/v1/embeddings}), of
 * its {@code /v1}, or of the server alone; a fragment names the model: {@code
 * …/v1#multilingual-e5-small}. An endpoint that tells questions from passages by {@code input_type}
 * is told; to one that does not, E5 models are asked with the prefixes that they were trained with.
 * The model is taken to understand every language, unless it goes by the name of one made for
 * English. Thread-safe.
 */
public final class HttpTextEmbedder implements TextEmbedder {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The model's name when nobody named one. */
  private static final String DEFAULT = "default";

  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** How long a live question waits for its answer: with more, it has lost its agent. */
  public static final Duration LIVE = Duration.ofSeconds(2);

  private static final Duration PASSAGES_TAKE = Duration.ofSeconds(30);

  /** Two vectors of a cosine above this are of the same text. */
  private static final double SAME = 0.9999;

  private final HttpClient client;
  private final URI endpoint;
  private final Times times;
  private final @Nullable String key;
  private final @Nullable String requested;
  private final EndpointProfile profile;

  /**
   * How long an answer may take.
   *
   * @param question that to one question
   * @param passages that to a batch of passages
   */
  record Times(Duration question, Duration passages) {}

  /** How endpoints say that they do not know {@code input_type}. */
  private static final Set<Integer> UNKNOWN_FIELD = Set.of(400, 422);

  private record Answer(String model, List<float[]> vectors) {}

  private HttpTextEmbedder(
      URI endpoint,
      @Nullable String model,
      @Nullable String key,
      Times times,
      @Nullable Path remembered) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    this.endpoint = endpoint;
    this.requested = model;
    this.key = key;
    this.times = times;
    this.profile = remembered == null ? asked() : askedOrKept(remembered);
  }

  private EndpointProfile askedOrKept(Path file) {
    String which = shown(endpoint) + (requested == null ? "" : "#" + requested);
    try {
      EndpointProfile said = asked();
      said.write(file, which);
      return said;
    } catch (IOException e) {
      throw new EmbeddingException("how it answers cannot be kept in " + file, e);
    } catch (EmbeddingException e) {
      if (e.getCause() instanceof IOException || isFault(e)) {
        return EndpointProfile.read(file, which).orElseThrow(() -> e);
      }
      throw e;
    }
  }

  /** Asks the endpoint how it answers. */
  private EndpointProfile asked() {
    List<String> any = List.of("dimension");
    float[] question = typedQuestion(any);
    Answer plain = question == null ? post(any, null, times.passages()) : null;
    Answer passage = plain == null ? post(any, "passage", times.passages()) : plain;
    float[] vector = passage.vectors().get(0);
    boolean typed =
        question != null
            && (question.length != vector.length || Retrieval.dot(question, vector) < SAME);
    return new EndpointProfile(passage.model(), typed, vector.length);
  }

  /** A question's vector when the endpoint takes {@code input_type}, whether it heeds it or not. */
  private float @Nullable [] typedQuestion(List<String> any) {
    HttpResponse<String> response = send(request(any, "query"), times.passages());
    return UNKNOWN_FIELD.contains(response.statusCode())
        ? null
        : answer(response, any.size()).vectors().get(0);
  }

  /** Connects to an endpoint that wants no key, for {@link #LIVE} questions. */
  public static TextEmbedder at(URI address) {
    return at(address, null, LIVE, null);
  }

  /**
   * Connects to an endpoint and asks it how it answers.
   *
   * @param key the API key, sent as a bearer token and told to nobody else; or {@code null}
   * @param question how long a question waits for its answer
   * @param remembered a file in which how it answers is kept, so that it may be down the next time
   *     and words serve until it is back; {@code null}: it must answer
   * @throws IllegalArgumentException when the address is not one, or the endpoint does not answer
   *     as such
   */
  public static TextEmbedder at(
      URI address, @Nullable String key, Duration question, @Nullable Path remembered) {
    return at(address, key, new Times(question, PASSAGES_TAKE), remembered);
  }

  static TextEmbedder at(
      URI address, @Nullable String key, Times times, @Nullable Path remembered) {
    URI endpoint = endpoint(address);
    String model = address.getFragment();
    try {
      return new HttpTextEmbedder(
          endpoint, model == null || model.isBlank() ? null : model, key, times, remembered);
    } catch (EmbeddingException e) {
      throw new IllegalArgumentException(
          "The embedding endpoint " + shown(endpoint) + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static URI endpoint(URI address) {
    String scheme = address.getScheme();
    if (address.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException(
          "The embedding endpoint " + shown(address) + " is not an http address");
    }
    if (address.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "The embedding endpoint "
              + shown(address)
              + " must not have a password in its address: give it as the key");
    }
    String path = address.getPath().replaceAll("/+$", "");
    String whole =
        path.isEmpty()
            ? "/v1/embeddings"
            : path.endsWith("/embeddings") ? path : path + "/embeddings";
    try {
      return new URI(
          scheme, null, address.getHost(), address.getPort(), whole, address.getQuery(), null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "The embedding endpoint " + shown(address) + " is not an http address", e);
    }
  }

  /** An address without what may be secret in it. */
  private static String shown(URI address) {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return address.getScheme() + "://" + address.getHost() + port + address.getPath();
  }

  /**
   * The model as the endpoint names it, or else as it was asked for; the endpoint itself when
   * neither says anything.
   */
  @Override
  public String name() {
    String model = model();
    String named = model.isEmpty() ? endpoint.getHost() + ":" + endpoint.getPort() : model;
    return profile.typed() ? named + "+input-type" : named;
  }

  private String model() {
    String served = profile.model();
    boolean said = !served.isEmpty() && !served.equals(DEFAULT);
    return said ? served : requested == null ? "" : requested;
  }

  @Override
  public int dimension() {
    return profile.dimension();
  }

  @Override
  public boolean understands(String language) {
    return language.equals(Language.ENGLISH) || !KnownModels.isEnglishOnly(model());
  }

  @Override
  public List<float[]> embed(List<String> texts, Role role) {
    boolean question = role == Role.QUESTION;
    String prefix = profile.typed() ? "" : KnownModels.prefix(model(), role);
    Answer answer =
        post(
            texts.stream().map(prefix::concat).toList(),
            !profile.typed() ? null : question ? "query" : "passage",
            question && texts.size() == 1 ? times.question() : times.passages());
    if (!answer.model().equals(profile.model())) {
      throw new EmbeddingException(
          "it now serves "
              + answer.model()
              + " and no longer "
              + profile.model()
              + ": restart to change");
    }
    return answer.vectors();
  }

  private Answer post(List<String> texts, @Nullable String inputType, Duration within) {
    return answer(send(request(texts, inputType), within), texts.size());
  }

  private static Answer answer(HttpResponse<String> response, int wanted) {
    int status = response.statusCode();
    if (status != 200) {
      String said = "it answers with status " + status + why(status);
      throw status < 500
          ? new EmbeddingException(said)
          : new EmbeddingException(said, new FaultException());
    }
    try {
      JsonNode answer = JSON.readTree(response.body());
      return new Answer(answer.path("model").asText(""), vectors(answer, wanted));
    } catch (JacksonException e) {
      throw new EmbeddingException("its answer is not that of an embeddings endpoint", e);
    }
  }

  /** The server's fault: another time it may answer. */
  private static final class FaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static boolean isFault(EmbeddingException e) {
    return e.getCause() instanceof FaultException;
  }

  private static String why(int status) {
    return switch (status) {
      case 401, 403 -> ", so the key is missing or wrong";
      case 404 -> ", so the address or the model is another";
      default -> "";
    };
  }

  private HttpRequest request(List<String> texts, @Nullable String inputType) {
    ObjectNode body = JSON.createObjectNode().put("model", requested == null ? DEFAULT : requested);
    texts.forEach(text -> body.withArray("input").add(text));
    if (inputType != null) {
      body.put("input_type", inputType);
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    return request.build();
  }

  /** The client's own time-out ends with the headers; an answer may stop anywhere. */
  private HttpResponse<String> send(HttpRequest request, Duration within) {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, BodyHandlers.ofString());
    try {
      return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new EmbeddingException(
          String.format(Locale.ROOT, "it did not answer within %.1f s", within.toMillis() / 1e3),
          new IOException(e));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new EmbeddingException("it does not answer: " + reason(cause), cause);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new EmbeddingException("asking it was interrupted", e);
    }
  }

  private static String reason(Throwable e) {
    return switch (e) {
      case HttpConnectTimeoutException slow -> "no connection came about";
      case ConnectException refused ->
          refused.getCause() instanceof UnresolvedAddressException
              ? "its host is unknown"
              : "nothing listens there";
      case SSLException tls -> "no safe connection came about (" + tls.getMessage() + ")";
      default -> e.getMessage() == null ? "the connection broke" : e.getMessage();
    };
  }

  private static List<float[]> vectors(JsonNode answer, int wanted) {
    JsonNode data = answer.path("data");
    if (!data.isArray()) {
      throw new EmbeddingException("its answer is not that of an embeddings endpoint");
    }
    if (data.size() != wanted) {
      throw new EmbeddingException("it gave " + data.size() + " vectors for " + wanted + " texts");
    }
    List<float @Nullable []> byIndex = new ArrayList<>();
    data.forEach(item -> byIndex.add(null));
    for (int position = 0; position < wanted; position++) {
      int index = data.get(position).path("index").asInt(position);
      if (index < 0 || index >= wanted) {
        throw new EmbeddingException("it numbered a vector " + index + " of " + wanted);
      }
      byIndex.set(index, vector(data.get(position).path("embedding")));
    }
    List<float[]> all = new ArrayList<>();
    for (float[] vector : byIndex) {
      if (vector == null) {
        throw new EmbeddingException("it gave two vectors for one text");
      }
      all.add(vector);
    }
    return all;
  }

  private static float[] vector(JsonNode numbers) {
    float[] vector = new float[numbers.size()];
    double length = 0;
    for (int i = 0; i < vector.length; i++) {
      vector[i] = numbers.get(i).isNumber() ? numbers.get(i).floatValue() : Float.NaN;
      length += (double) vector[i] * vector[i];
    }
    if (!(length > 0 && Double.isFinite(length))) {
      throw new EmbeddingException("it gave a vector that is empty, zero or not all numbers");
    }
    return OnnxTextEmbedder.unit(vector);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
