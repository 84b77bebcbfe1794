package io.gapcanary.service.http;

import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.access.Scope;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A desk that callers must be known to, with an administrator Mina and a key of each scope. */
final class GuardedDesk implements AutoCloseable {
  static final String PASSWORD = "four plain words here";

  private final LiveDesk live;
  private final Map<Scope, String> keys = new EnumMap<>(Scope.class);
  private final Clock clock;

  /** A clock that the test moves. */
  static final class Clock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-12-01T09:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    void pass(Duration time) {
      now = now.plus(time);
    }
  }

  private GuardedDesk(LiveDesk live, Clock clock) {
    this.live = live;
    this.clock = clock;
  }

  static GuardedDesk on(Path folder) {
    return on(folder, AccessSettings.DEFAULT);
  }

  static GuardedDesk on(Path folder, AccessSettings settings) {
    GuardedDesk desk = reopened(folder, settings, new Clock());
    desk.live.access().people().add("Mina", Scope.ADMIN, PASSWORD);
    for (Scope scope : Scope.values()) {
      desk.keys.put(
          scope, desk.live.access().keys().create("the " + scope.wireName(), scope, "test").key());
    }
    return desk;
  }

  /** One that was set up before. */
  static GuardedDesk reopened(Path folder, AccessSettings settings, Clock clock) {
    return new GuardedDesk(LiveDesk.on(folder, settings, clock), clock);
  }

  LiveDesk live() {
    return live;
  }

  Clock clock() {
    return clock;
  }

  String key(Scope scope) {
    return keys.get(scope);
  }

  /** A request with a bearer token. */
  LiveDesk.Answer send(String method, String path, String body, @Nullable String bearer) {
    HttpRequest.Builder request =
        live.to(path)
            .method(
                method,
                method.equals("GET") // nobody reads one, and what is not read resets the connection
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (bearer != null) {
      request.header("Authorization", "Bearer " + bearer);
    }
    return live.send(request);
  }

  LiveDesk.Answer get(String path, @Nullable String bearer) {
    return send("GET", path, "", bearer);
  }

  /** A form of a page of this desk, with what the browser keeps. */
  LiveDesk.Answer form(String path, String body, String cookie) {
    return live.send(formRequest(path, body, cookie).header("Origin", live.address()));
  }

  HttpRequest.Builder formRequest(String path, String body, String cookie) {
    HttpRequest.Builder request =
        live.to(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "text/html")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  /** A page, with what the browser keeps. */
  LiveDesk.Answer page(String path, String cookie) {
    HttpRequest.Builder request = live.to(path).header("Accept", "text/html").GET();
    return live.send(cookie.isEmpty() ? request : request.header("Cookie", cookie));
  }

  LiveDesk.Answer trySignIn(String name, String password) {
    return form("/sign-in", "name=" + encoded(name) + "&password=" + encoded(password), "");
  }

  /** Signs in, and returns what the browser keeps. */
  String signIn(String name, String password) {
    return kept(trySignIn(name, password));
  }

  static String kept(LiveDesk.Answer answer) {
    return answer.header("Set-Cookie").split(";", 2)[0];
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    live.close();
  }
}
