package io.gapcanary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.Ran;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.http.SseReader.Event;
import io.gapcanary.service.serve.ServeSettings;
import io.gapcanary.service.webhook.WebhookSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("slow")
class EventStreamsTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir private Path folder;
  private LiveDesk live;

  private void start(StreamSettings streams) {
    live =
        LiveDesk.on(
            folder,
            new ServeSettings(
                "127.0.0.1", 0, false, AccessSettings.DEFAULT, streams, WebhookSettings.DEFAULT),
            Ran.CLOCK);
  }

  private void start() {
    start(StreamSettings.DEFAULT);
  }

  @AfterEach
  void stop() {
    live.close();
  }

  private void open(String id) {
    live.post("/api/v1/cases", "{\"id\":\"" + id + "\"}");
  }

  private void say(String id, String text) {
    live.post(
        "/api/v1/cases/" + id + "/messages", "{\"from\":\"customer\",\"text\":\"" + text + "\"}");
  }

  private SseReader listen(String id, String lastEventId) {
    return SseReader.of(live, "/api/v1/cases/" + id + "/events", lastEventId);
  }

  private void giraffe(String id) {
    live.post("/api/v1/cases", "{\"id\":\"" + id + "\",\"customerId\":\"customer of " + id + "\"}");
    say(id, "How do I feed my giraffe in winter?");
    live.post("/api/v1/cases/" + id + "/close", "{}");
  }

  @Test
  void whoComesBackIsToldOnlyWhatIsNew() {
    start();
    open("c-1");
    say("c-1", "Where do I download my invoice?");
    Event seen;
    try (SseReader first = listen("c-1", null)) {
      seen = first.next();
    }
    assertThat(seen.name()).isEqualTo("suggestions");
    assertThat(seen.id()).isNotEmpty();
    try (SseReader again = listen("c-1", seen.id())) {
      assertThat(again.nextOfAny().data()).isEqualTo("listening");
      live.post("/api/v1/cases/c-1/close", "{}");
      assertThat(again.next().name()).isEqualTo("closed");
    }
    try (SseReader late = listen("c-1", seen.id())) {
      assertThat(late.next().name()).isEqualTo("closed");
    }
  }

  @Test
  void aRestartDoesNotHideWhatWasSaidMeanwhile() {
    start();
    open("c-1");
    say("c-1", "Where do I download my invoice?");
    Event seen;
    try (SseReader first = listen("c-1", null)) {
      seen = first.next();
    }
    live.close();
    start();
    try (SseReader same = listen("c-1", seen.id())) {
      assertThat(same.nextOfAny().data()).isEqualTo("listening");
      live.post("/api/v1/cases/c-1/close", "{}");
      assertThat(same.next().name()).isEqualTo("closed");
    }
    try (SseReader late = listen("c-1", seen.id())) {
      assertThat(late.next().name()).isEqualTo("closed");
    }
  }

  @Test
  void whoFollowsTheListIsToldWhenACaseOpensGoesOnAndCloses() {
    start();
    try (SseReader list = SseReader.of(live, "/api/v1/case-events", null)) {
      assertThat(list.next().name()).as("at the beginning").isEqualTo("cases");
      open("c-1");
      assertThat(list.next().name()).isEqualTo("cases");
      say("c-1", "Where do I download my invoice?");
      assertThat(list.next().name()).isEqualTo("cases");
      live.post("/api/v1/cases/c-1/close", "{}");
      assertThat(list.next().name()).isEqualTo("cases");
    }
  }

  @Test
  void whoFollowsAnAgentsCasesIsToldOfNoOthers() {
    start(new StreamSettings(Duration.ofMillis(10), Duration.ofMillis(100), LONG, 10, 10));
    try (SseReader hers = SseReader.of(live, "/api/v1/case-events?agent=kim", null);
        SseReader all = SseReader.of(live, "/api/v1/case-events", null)) {
      assertThat(hers.next().name()).isEqualTo("cases");
      assertThat(all.next().name()).isEqualTo("cases");
      live.post("/api/v1/cases", "{\"id\":\"c-1\",\"agentId\":\"lee\"}");
      assertThat(all.next().name()).isEqualTo("cases");
      for (int i = 0; i < 3; i++) {
        assertThat(hers.nextOfAny().name()).as("heartbeats, and no event").isEqualTo(":");
      }
      live.post("/api/v1/cases", "{\"id\":\"c-2\",\"agentId\":\"kim\"}");
      assertThat(hers.next().name()).isEqualTo("cases");
    }
  }

  @Test
  void ofABurstTheNewestIsTold() {
    start(new StreamSettings(Duration.ofSeconds(2), LONG, LONG, 10, 10));
    open("c-1");
    try (SseReader reader = listen("c-1", null)) {
      assertThat(reader.next().json().get("verdict").asText()).isEqualTo("too-little-text");
      for (int i = 0; i < 5; i++) {
        say("c-1", "My giraffe " + i + " needs hay");
      }
      live.post("/api/v1/cases/c-1/close", "{}");
      int told = 0;
      while (!reader.next().name().equals("closed")) {
        told++;
      }
      assertThat(told).as("of five, one in two seconds at most").isLessThan(5);
    }
  }

  @Test
  void aQuietStreamBearsHeartbeats() {
    start(new StreamSettings(Duration.ofMillis(10), Duration.ofMillis(50), LONG, 10, 10));
    open("c-1");
    try (SseReader reader = listen("c-1", null)) {
      List<String> comments = new ArrayList<>();
      while (comments.size() < 3) {
        Event event = reader.nextOfAny();
        if (event.name().equals(":")) {
          comments.add(event.data());
        }
      }
      assertThat(comments).containsExactly("listening", "still here", "still here");
    }
  }

  @Test
  void oneCallerHasNoMoreThanTheirShareAndAllHaveNoMoreThanThereMayBe() {
    start(new StreamSettings(Duration.ofMillis(10), LONG, LONG, 10, 2));
    open("c-1");
    try (SseReader one = listen("c-1", null);
        SseReader two = listen("c-1", null)) {
      assertThat(one.status()).isEqualTo(200);
      assertThat(two.status()).isEqualTo(200);
      try (SseReader three = listen("c-1", null)) {
        assertThat(three.status()).isEqualTo(429);
        assertThat(three.header("Retry-After")).isEqualTo("5");
      }
    }
    live.close();
    start(new StreamSettings(Duration.ofMillis(10), LONG, LONG, 1, 2));
    try (SseReader one = listen("c-1", null);
        SseReader two = listen("c-1", null)) {
      assertThat(one.status()).isEqualTo(200);
      assertThat(two.status()).isEqualTo(503);
      assertThat(two.header("Retry-After")).isEqualTo("5");
    }
  }

  @Test
  void whoLeavesMakesRoom() {
    start(new StreamSettings(Duration.ofMillis(10), Duration.ofMillis(20), LONG, 1, 1));
    open("c-1");
    listen("c-1", null).close();
    int status = 429;
    while (status != 200) { // noticed at one of the next heartbeats
      try (SseReader next = listen("c-1", null)) {
        status = next.status();
      }
    }
    assertThat(status).isEqualTo(200);
  }

  @Test
  void aReaderThatTakesNothingIsCutOffAndHoldsUpNobody() throws IOException {
    start(
        new StreamSettings(
            Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofMillis(300), 10, 10));
    open("c-1");
    open("c-2");
    try (Socket slow = new Socket();
        SseReader quick = listen("c-1", null)) {
      slow.setReceiveBufferSize(4096);
      slow.connect(new InetSocketAddress("127.0.0.1", live.to("/").build().uri().getPort()));
      slow.getOutputStream()
          .write(
              "GET /api/v1/gaps/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                  .replace("127.0.0.1", live.to("/").build().uri().getAuthority())
                  .getBytes(StandardCharsets.UTF_8));
      slow.getOutputStream().flush();
      await("gapcanary_streams 2.0");
      // A title is told again with each change, until what the system keeps for the reader is full.
      giraffe("g-1");
      giraffe("g-2");
      int told = 0;
      while (live.get("/metrics").body().contains("gapcanary_streams 2.0")) {
        live.desk()
            .board()
            .find("gap-1")
            .ifPresent(
                gap ->
                    live.desk()
                        .board()
                        .change(
                            "gap-1",
                            gap.version(),
                            new io.gapcanary.GapChange(
                                null, "o".repeat(20_000) + gap.version(), null, null, "Lee")));
        say("c-1", "My invoice " + told++ + " is missing");
      }
      assertThat(live.get("/metrics").body()).contains("gapcanary_streams 1.0");
      assertThat(quick.next()).isNotNull();
    }
  }

  private void await(String metric) {
    while (!live.get("/metrics").body().contains(metric)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void theBoardIsToldAndReadOnFromAfterARestartToo() {
    start();
    Event raised;
    try (SseReader reader = SseReader.of(live, "/api/v1/gaps/events", null)) {
      Event snapshot = reader.next();
      assertThat(snapshot.name()).isEqualTo("snapshot");
      assertThat(snapshot.json().get("live").asInt()).isZero();
      giraffe("g-1");
      giraffe("g-2");
      raised = reader.next();
      assertThat(raised.name()).isEqualTo("gap");
      assertThat(raised.json().get("what").asText()).isEqualTo("raised");
      assertThat(raised.json().get("gap").get("id").asText()).isEqualTo("gap-1");
    }
    giraffe("g-3");
    live.close();
    start();
    try (SseReader reader = SseReader.of(live, "/api/v1/gaps/events", raised.id())) {
      Event grown = reader.next();
      assertThat(grown.json().get("what").asText()).isEqualTo("grown");
      assertThat(grown.json().get("cases").asInt()).isEqualTo(3);
    }
    try (SseReader reader = SseReader.of(live, "/api/v1/gaps/events", "99999-1")) {
      Event snapshot = reader.next();
      assertThat(snapshot.name()).isEqualTo("snapshot");
      assertThat(snapshot.json().get("gaps").get(0).get("id").asText()).isEqualTo("gap-1");
      giraffe("g-4");
      assertThat(reader.next().json().get("cases").asInt()).isEqualTo(4);
    }
  }

  @Test
  void streamsEndWhenTheServiceStops() throws InterruptedException {
    start();
    open("c-1");
    try (SseReader ofCase = listen("c-1", null);
        SseReader ofBoard = SseReader.of(live, "/api/v1/gaps/events", null)) {
      assertThat(ofCase.next()).isNotNull();
      assertThat(ofBoard.next()).isNotNull();
      Thread stopping = Thread.ofVirtual().start(live::close);
      assertThat(ofCase.next()).isNull();
      assertThat(ofBoard.next()).isNull();
      stopping.join();
    }
  }
}
