package io.gapcanary.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.exchange.DeskJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events one by one. */
final class SseReader implements AutoCloseable {
  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  /** An event; a comment has the name {@code :} and its text as data. */
  record Event(String name, String data, String id) {
    JsonNode json() {
      try {
        return DeskJson.mapper().readTree(data);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private SseReader(HttpResponse<InputStream> response) {
    this.response = response;
    this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  static SseReader of(LiveDesk desk, String path, @Nullable String lastEventId) {
    HttpRequest.Builder request = desk.to(path).header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return of(desk, request);
  }

  static SseReader of(LiveDesk desk, HttpRequest.Builder request) {
    try {
      return new SseReader(
          desk.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** The next event that is no comment; {@code null} at the end. */
  @Nullable Event next() {
    Event event = nextOfAny();
    while (event != null && event.name().equals(":")) {
      event = nextOfAny();
    }
    return event;
  }

  /** The next event or comment; {@code null} at the end. */
  @Nullable Event nextOfAny() {
    String name = "";
    String data = "";
    String id = "";
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          return new Event(name, data, id);
        } else if (line.startsWith(":")) {
          name = ":";
          data = line.substring(1).strip();
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        }
      }
      return null;
    } catch (IOException e) {
      return null; // cut off
    }
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
