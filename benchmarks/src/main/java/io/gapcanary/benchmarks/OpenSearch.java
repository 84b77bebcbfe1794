package io.gapcanary.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapcanary.kb.Article;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;
import org.opensearch.client.Request;
import org.opensearch.client.RestClient;

/** The same articles in OpenSearch, in a process of its own, asked through its REST client. */
@SuppressWarnings(
    "deprecation") // of the low-level REST client, which is the cheapest of its clients
final class OpenSearch implements AutoCloseable {
  private static final int BATCH = 500;

  private static final String MAPPING =
      """
      {"settings": {"number_of_shards": 1, "number_of_replicas": 0},
       "mappings": {"properties": {
         "title": {"type": "text", "analyzer": "english"},
         "body": {"type": "text", "analyzer": "english"},
         "tags": {"type": "text", "analyzer": "english"},
         "asked": {"type": "text", "analyzer": "english"}}}}
      """;

  private final ObjectMapper json = new ObjectMapper();
  private final Process process;
  private final RestClient client;

  OpenSearch(Path folder, List<String> jvmOptions) throws IOException {
    process = start(folder, jvmOptions);
    client = RestClient.builder(new HttpHost("http", "localhost", port(process))).build();
    if (!exists()) {
      send("PUT", "/articles", MAPPING);
    }
  }

  private static Process start(Path folder, List<String> jvmOptions) throws IOException {
    String java = ProcessHandle.current().info().command().orElse("java");
    List<String> command = new java.util.ArrayList<>(List.of(java));
    command.addAll(jvmOptions);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            OpenSearchNode.class.getName(),
            folder.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static int port(Process process) throws IOException {
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(OpenSearchNode.PORT)) {
        Thread.ofPlatform().daemon().start(() -> said.lines().forEach(rest -> {}));
        return Integer.parseInt(line.substring(OpenSearchNode.PORT.length()));
      }
    }
    throw new IOException("OpenSearch ended before it listened");
  }

  long pid() {
    return process.pid();
  }

  /** Nanoseconds that a processor has worked for its process so far, to a hundredth of a second. */
  long worked() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private boolean exists() throws IOException {
    return client.performRequest(new Request("HEAD", "/articles")).getStatusLine().getStatusCode()
        == 200;
  }

  /** How many articles it has. */
  int size() throws IOException {
    send("POST", "/articles/_refresh", null);
    return send("GET", "/articles/_count", null).path("count").asInt();
  }

  /** Adds the articles of a corpus from one number to before another. */
  void index(Corpus corpus, int from, int to) throws IOException {
    for (int start = from; start < to; start += BATCH) {
      StringBuilder bulk = new StringBuilder();
      for (int number = start; number < Math.min(to, start + BATCH); number++) {
        Article article = corpus.article(number);
        ObjectNode source = json.createObjectNode();
        source.put("title", article.title()).put("body", article.body());
        article.tags().forEach(source.withArray("tags")::add);
        if (number % Corpus.WORDINGS_EVERY == 0) {
          source.put("asked", corpus.wording(number).text());
        }
        bulk.append("{\"index\":{\"_id\":\"").append(article.id()).append("\"}}\n");
        bulk.append(source).append('\n');
      }
      JsonNode done = send("POST", "/articles/_bulk", bulk.toString());
      if (done.path("errors").asBoolean(true)) {
        throw new IOException("OpenSearch refused articles: " + done);
      }
    }
    send("POST", "/articles/_flush", null);
  }

  /** A search for ten articles by the words of a text, ready to be sent. */
  Request question(String text) {
    ObjectNode body = json.createObjectNode().put("size", 10);
    body.putArray("_source").add("title");
    ObjectNode match = body.putObject("query").putObject("multi_match").put("query", text);
    match.putArray("fields").add("title").add("body").add("tags").add("asked");
    Request request = new Request("POST", "/articles/_search");
    request.setJsonEntity(body.toString());
    return request;
  }

  /** Sends a request and reads the whole answer. */
  String ask(Request request) throws IOException {
    try {
      return EntityUtils.toString(client.performRequest(request).getEntity());
    } catch (ParseException e) {
      throw new IOException(e);
    }
  }

  private JsonNode send(String method, String path, @Nullable String body) throws IOException {
    Request request = new Request(method, path);
    if (body != null) {
      request.setJsonEntity(body);
    }
    return json.readTree(ask(request));
  }

  @Override
  public void close() throws IOException {
    client.close();
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
