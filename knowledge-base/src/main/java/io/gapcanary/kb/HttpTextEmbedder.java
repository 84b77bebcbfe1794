package io.gapcanary.kb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model behind an OpenAI-compatible embeddings endpoint, taken to understand every language.
 *
 * <p>The address is that of the endpoint itself ({@code http://127.0.0.1:8080/v1/embeddings}) or of
 * its {@code /v1}; a fragment names the model: {@code …/v1#multilingual-e5-small}. E5 models get
 * the prefixes that they were trained with. Thread-safe.
 */
public final class HttpTextEmbedder implements TextEmbedder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final HttpClient client;
  private final URI endpoint;
  private final String model;
  private final int dimension;

  private HttpTextEmbedder(URI endpoint, String model) {
    this.client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    this.endpoint = endpoint;
    this.model = model;
    this.dimension = embed(List.of("dimension"), Role.QUESTION).get(0).length;
  }

  /**
   * Connects to an endpoint and asks it once.
   *
   * @throws IllegalArgumentException when the address is not one, or the endpoint does not answer
   *     as such
   */
  public static TextEmbedder at(URI address) {
    String scheme = address.getScheme();
    if (address.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException(
          "The embedding endpoint " + address + " is not an http address");
    }
    String text = address.toString();
    int hash = text.indexOf('#');
    String base = (hash < 0 ? text : text.substring(0, hash)).replaceAll("/+$", "");
    String endpoint = base.endsWith("/embeddings") ? base : base + "/embeddings";
    String named = address.getFragment();
    try {
      return new HttpTextEmbedder(URI.create(endpoint), named == null ? "default" : named);
    } catch (EmbeddingException e) {
      throw new IllegalArgumentException(
          "The embedding endpoint " + endpoint + " cannot be used: " + e.getMessage(), e);
    }
  }

  @Override
  public String name() {
    return endpoint.getHost() + ":" + endpoint.getPort() + "#" + model;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public boolean understands(String language) {
    return true;
  }

  @Override
  public List<float[]> embed(List<String> texts, Role role) {
    ObjectNode body = JSON.createObjectNode().put("model", model);
    texts.forEach(text -> body.withArray("input").add(prefix(role) + text));
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      return vectors(client.send(request, BodyHandlers.ofString()), texts.size());
    } catch (IOException e) {
      throw new EmbeddingException("it does not answer (" + e + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddingException("asking it was interrupted", e);
    }
  }

  private String prefix(Role role) {
    if (!model.contains("e5")) {
      return "";
    }
    return role == Role.QUESTION ? "query: " : "passage: ";
  }

  private static List<float[]> vectors(HttpResponse<String> response, int wanted) {
    if (response.statusCode() != 200) {
      throw new EmbeddingException("it answers with status " + response.statusCode());
    }
    try {
      JsonNode data = JSON.readTree(response.body()).path("data");
      if (data.size() != wanted) {
        throw new EmbeddingException(
            "it gave " + data.size() + " vectors for " + wanted + " texts");
      }
      List<float @Nullable []> byIndex = new ArrayList<>();
      data.forEach(item -> byIndex.add(null));
      int position = 0;
      for (JsonNode item : data) {
        byIndex.set(item.path("index").asInt(position), vector(item.path("embedding")));
        position++;
      }
      return checked(byIndex);
    } catch (JsonProcessingException | IndexOutOfBoundsException e) {
      throw new EmbeddingException("its answer is not that of an embeddings endpoint", e);
    }
  }

  private static List<float[]> checked(List<float @Nullable []> byIndex) {
    List<float[]> all = new ArrayList<>();
    for (float[] vector : byIndex) {
      if (vector == null || vector.length == 0) {
        throw new EmbeddingException("its answer lacks a vector");
      }
      all.add(OnnxTextEmbedder.unit(vector));
    }
    return all;
  }

  private static float[] vector(JsonNode numbers) {
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) numbers.get(i).asDouble();
    }
    return vector;
  }

  @Override
  public void close() {
    client.close();
  }
}
