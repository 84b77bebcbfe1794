package io.gapcanary.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.Desk;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.service.Ran;
import io.gapcanary.service.access.Access;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.command.DeskChoice;
import io.gapcanary.service.command.Terminal;
import io.gapcanary.service.serve.ServeSettings;
import io.gapcanary.service.serve.Serving;
import io.gapcanary.service.text.Voice;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** A desk served on a free port, and a client that asks it. */
public final class LiveDesk implements AutoCloseable {
  private final Serving.Running running;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  private LiveDesk(Serving.Running running) {
    this.running = running;
  }

  /** An empty desk with words only. */
  public static LiveDesk on(Path folder) {
    return start(false, new DeskChoice(folder, null, "none"));
  }

  /** An empty desk with an embedder, as {@code --embedder} names it. */
  static LiveDesk on(Path folder, String embedder) {
    return start(false, new DeskChoice(folder, null, embedder));
  }

  /** The demonstration with words only. */
  public static LiveDesk demo() {
    return start(true, new DeskChoice(null, null, "none"));
  }

  /** The demonstration with words only, entered like this. */
  public static LiveDesk demo(AccessSettings access) {
    ServeSettings settings = new ServeSettings("127.0.0.1", 0, false, access);
    return start(new Serving(true, settings, new DeskChoice(null, null, "none")), Ran.CLOCK);
  }

  private static LiveDesk start(boolean demo, DeskChoice choice) {
    return start(new Serving(demo, "127.0.0.1", 0, choice), Ran.CLOCK);
  }

  private static LiveDesk start(Serving serving, InstantSource clock) {
    PrintStream nowhere =
        new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(nowhere, nowhere, Voice.ENGLISH, false, clock);
    return new LiveDesk(serving.start(terminal));
  }

  /** An empty desk with words only that is entered like this, on a clock of the test's. */
  public static LiveDesk on(Path folder, AccessSettings access, InstantSource clock) {
    return on(folder, new ServeSettings("127.0.0.1", 0, false, access), clock);
  }

  /** An empty desk with words only that is served like this, on a clock of the test's. */
  static LiveDesk on(Path folder, ServeSettings settings, InstantSource clock) {
    return start(new Serving(false, settings, new DeskChoice(folder, null, "none")), clock);
  }

  /** Who may use it. */
  public Access access() {
    return running.access();
  }

  /** Its address, without the slash at the end. */
  public String address() {
    return running.address().replaceFirst("/$", "");
  }

  /** The desk itself. */
  public Desk desk() {
    return running.desk();
  }

  /** A request to a path. */
  public HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(address() + path));
  }

  /** Sends a request. */
  public Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks for a path. */
  public Answer get(String path) {
    return send(to(path).GET());
  }

  /** Sends JSON to a path. */
  public Answer post(String path, String body) {
    return send(to(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Puts JSON at a path. */
  public Answer put(String path, String body) {
    return send(to(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Sends a form, as a page does without a script. */
  public Answer form(String path, String body) {
    return send(
        to(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "text/html")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpClient client() {
    return client;
  }

  @Override
  public void close() {
    // First, for a server that stops waits a second for connections that may still bring something.
    client.shutdownNow();
    running.close();
    client.close();
  }

  /** What came back. */
  public record Answer(HttpResponse<String> response) {
    /** Its status. */
    public int status() {
      return response.statusCode();
    }

    /** Its text. */
    public String body() {
      return response.body();
    }

    /** Its JSON. */
    public JsonNode json() {
      try {
        return DeskJson.mapper().readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** A header, empty when it is absent. */
    public String header(String name) {
      List<String> values = response.headers().allValues(name);
      return values.isEmpty() ? "" : values.get(0);
    }
  }
}
