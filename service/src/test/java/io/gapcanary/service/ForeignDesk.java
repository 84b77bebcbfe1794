package io.gapcanary.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gapcanary.service.http.LiveDesk;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Another maker's desk with an origin of its own: the example page, tokens by a key that it keeps,
 * and Gapcanary below {@code /gapcanary}, through its own proxy.
 */
final class ForeignDesk implements Closeable {
  private static final Path PAGE = Path.of("../docs/widget/desk.html");
  private static final Set<String> PASSED = Set.of("authorization", "content-type", "accept");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private final LiveDesk live;
  private final String key;
  private final Set<InputStream> streams = ConcurrentHashMap.newKeySet();
  private final AtomicInteger tokens = new AtomicInteger();

  ForeignDesk(LiveDesk live, String key) throws IOException {
    this.live = live;
    this.key = key;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/desk.html", this::page);
    server.createContext("/gapcanary-token", this::token);
    server.createContext("/gapcanary/", this::forward);
    server.start();
  }

  String page(String caseId, String language) {
    return address()
        + "/desk.html?lang="
        + language
        + "&case="
        + caseId
        + "&server="
        + address()
        + "/gapcanary";
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How many tokens were asked for. */
  int tokens() {
    return tokens.get();
  }

  /** Ends every event stream, as a proxy that is restarted does. */
  void dropStreams() {
    streams.forEach(
        stream -> {
          try {
            stream.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void page(HttpExchange exchange) throws IOException {
    answer(exchange, 200, "text/html; charset=utf-8", Files.readAllBytes(PAGE));
  }

  private void token(HttpExchange exchange) throws IOException {
    tokens.incrementAndGet();
    String caseId = exchange.getRequestURI().getQuery().replace("case=", "");
    LiveDesk.Answer made =
        live.send(
            live.to("/api/v1/tokens")
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString("{\"case\":\"" + caseId + "\"}")));
    answer(
        exchange, made.status(), "application/json", made.body().getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void forward(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString().substring("/gapcanary".length());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(live.address() + path))
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (PASSED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                request.header(name, values.getFirst());
              }
            });
    try {
      HttpResponse<InputStream> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      copy(answer, exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private void copy(HttpResponse<InputStream> answer, HttpExchange exchange) throws IOException {
    answer
        .headers()
        .firstValue("content-type")
        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    boolean none = answer.statusCode() == 204;
    exchange.sendResponseHeaders(answer.statusCode(), none ? -1 : 0);
    try (InputStream in = answer.body();
        OutputStream out = exchange.getResponseBody()) {
      boolean stream = answer.uri().getPath().endsWith("/events");
      if (stream) {
        streams.add(in);
      }
      byte[] some = new byte[8192];
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        out.write(some, 0, read);
        out.flush();
      }
    }
  }

  @Override
  public void close() {
    dropStreams();
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }
}
