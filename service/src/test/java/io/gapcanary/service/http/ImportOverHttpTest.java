package io.gapcanary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.GapFilter;
import io.gapcanary.Totals;
import io.gapcanary.service.SmallDesk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ImportOverHttpTest {
  private static final Instant FIRST = Instant.parse("2026-03-02T09:00:00Z");

  @TempDir private Path folder;

  private static String cases(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      Instant at = FIRST.plus(Duration.ofMinutes(30L * i));
      lines
          .append(
              "{\"id\":\"old-%d\",\"openedAt\":\"%s\",\"closedAt\":\"%s\",\"customerId\":\"cu-%d\",\"messages\":[{\"at\":\"%s\",\"from\":\"customer\",\"text\":\"%s\"}]}"
                  .formatted(
                      i,
                      at,
                      at.plusSeconds(600),
                      i,
                      at,
                      i % 2 == 0
                          ? "Where can I download an invoice with the tax number of my company?"
                          : "I need to reset the password of my account"))
          .append('\n');
    }
    return lines.toString();
  }

  private static String begin(LiveDesk live, String query, String body) {
    LiveDesk.Answer answer = live.post("/api/v1/imports?" + query, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.header("Location"))
        .isEqualTo("/api/v1/imports/" + answer.json().get("id").asText());
    return answer.header("Location");
  }

  private static JsonNode ended(LiveDesk live, String location) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < end) {
      JsonNode now = live.get(location).json();
      if (!now.get("state").asText().matches("waiting|running")) {
        return now;
      }
      LockSupport.parkNanos(10_000_000);
    }
    throw new AssertionError("It does not end: " + live.get(location).body());
  }

  @Test
  void aBodyMayBeGzipAndOneThatIsNotIsRefused() throws IOException {
    try (LiveDesk live = LiveDesk.on(folder)) {
      byte[] lines = cases(0, 5).getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(lines);
      }
      LiveDesk.Answer begun = gzip(live, packed.toByteArray());
      assertThat(begun.status()).as(begun.body()).isEqualTo(202);
      assertThat(ended(live, begun.header("Location")).get("accepted").asInt()).isEqualTo(5);
      byte[] cut = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
      for (byte[] broken : new byte[][] {lines, cut, {}}) {
        HttpApiTest.isProblem(gzip(live, broken), 400);
      }
      assertThat(live.get("/api/v1/imports").json().get("imports")).hasSize(1);
    }
  }

  private static LiveDesk.Answer gzip(LiveDesk live, byte[] body) {
    return live.send(
        live.to("/api/v1/imports?what=cases")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  @Test
  void casesComeInAndABrokenLineIsRefusedAlone() throws IOException {
    try (LiveDesk live = LiveDesk.on(folder)) {
      live.post("/api/v1/articles", SmallDesk.ARTICLES);
      String location =
          begin(
              live,
              "what=cases&name=history.jsonl",
              cases(10, 20) + "{\"id\":\"broken\"}\nnonsense\n" + cases(0, 10) + cases(5, 6));
      JsonNode done = ended(live, location);
      assertThat(done.get("state").asText()).isEqualTo("done");
      assertThat(done.get("accepted").asInt()).isEqualTo(20);
      assertThat(done.get("refused").asInt()).isEqualTo(3);
      assertThat(done.get("read").asInt()).isEqualTo(done.get("total").asInt()).isEqualTo(23);
      assertThat(done.get("refusals").findValuesAsText("line")).containsExactly("11", "12", "23");
      assertThat(done.get("refusals").get(1).get("reason").asText()).contains("not valid JSON");
      assertThat(live.get("/api/v1/cases/old-3").json().get("openedAt").asText())
          .isEqualTo("2026-03-02T10:30:00Z");
      assertThat(live.get("/api/v1/gaps").json().get("gaps")).isNotEmpty();
      try (Stream<Path> kept = Files.list(folder.resolve("imports"))) {
        assertThat(kept.map(Path::toString)).noneMatch(name -> name.endsWith(".sent"));
      }
      JsonNode again = ended(live, begin(live, "what=cases", cases(0, 20)));
      assertThat(again.get("known").asInt()).isEqualTo(20);
      assertThat(again.get("accepted").asInt()).isZero();
    }
  }

  @Test
  void whatIsRefusedIsSaidInTheLanguageOfWhoAsks() {
    try (LiveDesk live = LiveDesk.on(folder)) {
      String location = begin(live, "what=cases", cases(0, 1) + "{\"id\":\"c-9\"}\n");
      JsonNode english = ended(live, location).get("refusals").get(0);
      assertThat(english.get("code").asText()).isEqualTo("missing");
      assertThat(english.get("reason").asText()).isEqualTo("case c-9 has no openedAt");
      LiveDesk.Answer korean = live.send(live.to(location).header("Accept-Language", "ko"));
      assertThat(korean.json().get("refusals").get(0).get("reason").asText())
          .isEqualTo("상담 c-9: openedAt 항목이 없습니다");
      assertThat(live.get("/import/" + location.replaceFirst(".*/", "") + "?lang=ko").body())
          .contains("상담 c-9: openedAt 항목이 없습니다")
          .doesNotContain("has no openedAt");
    }
  }

  @Test
  void aStopInTheMiddleIsMadeUpForWithoutDoubles() {
    String location;
    int before;
    try (LiveDesk live = LiveDesk.on(folder)) {
      live.post("/api/v1/articles", SmallDesk.ARTICLES);
      location = begin(live, "what=cases", cases(0, 400));
      while (live.get(location).json().get("accepted").asInt() < 20) {
        LockSupport.parkNanos(1_000_000);
      }
    }
    try (LiveDesk live = LiveDesk.on(folder)) {
      JsonNode done = ended(live, location);
      assertThat(done.get("state").asText()).isEqualTo("done");
      assertThat(done.get("read").asInt()).isEqualTo(400);
      assertThat(done.get("accepted").asInt() + done.get("known").asInt()).isEqualTo(400);
      Totals totals = live.desk().totals();
      assertThat(totals.cases()).isEqualTo(400);
      before = live.desk().board().list(GapFilter.FIRST_PAGE).gaps().getFirst().cases().size();
      assertThat(before).isEqualTo(200);
    }
  }

  @Test
  void anImportCanBeStoppedAndWhatIsLeftOfItIsTold() {
    try (LiveDesk live = LiveDesk.on(folder)) {
      String location = begin(live, "what=cases", cases(0, 3000));
      assertThat(live.send(live.to(location).DELETE()).status()).isEqualTo(202);
      JsonNode stopped = ended(live, location);
      assertThat(stopped.get("state").asText()).isEqualTo("cancelled");
      assertThat(live.desk().totals().cases()).isEqualTo(stopped.get("accepted").asInt());
      assertThat(stopped.get("accepted").asInt()).isLessThan(3000);
    }
  }

  @Test
  void articlesComeInAndEqualOnesStay() {
    try (LiveDesk live = LiveDesk.on(folder)) {
      String csv = "id,title,body\nkb-1,Reset a password,Open settings.\nkb-2,,Text\n";
      JsonNode done = ended(live, begin(live, "what=articles&name=kb.csv", csv));
      assertThat(done.get("accepted").asInt()).isEqualTo(1);
      assertThat(done.get("refusals").get(0).get("line").asInt()).isEqualTo(3);
      assertThat(live.get("/api/v1/articles/kb-1").json().get("title").asText())
          .isEqualTo("Reset a password");
      assertThat(ended(live, begin(live, "what=articles&name=kb.csv", csv)).get("known").asInt())
          .isEqualTo(1);
      JsonNode failed = ended(live, begin(live, "what=articles&name=a.exe", "MZ"));
      assertThat(failed.get("state").asText()).isEqualTo("failed");
      assertThat(failed.get("failure").asText()).contains(".md, .html, .csv");
      HttpApiTest.isProblem(live.post("/api/v1/imports?what=people", "x"), 400);
      HttpApiTest.isProblem(live.get("/api/v1/imports/none"), 404);
    }
  }

  @Test
  void aPageSendsSeveralFilesAsAFormDoes() {
    try (LiveDesk live = LiveDesk.on(folder)) {
      String body =
          part("what", null, "articles")
              + part("file", "../reset.md", "# Reset\n\nOpen settings.")
              + part("file", "printer.md", "# Printer <b>\n\nTurn it on.")
              + "--x--\r\n";
      LiveDesk.Answer sent =
          live.send(
              live.to("/import")
                  .header("Content-Type", "multipart/form-data; boundary=x")
                  .header("Accept", "text/html")
                  .POST(HttpRequest.BodyPublishers.ofString(body)));
      assertThat(sent.status()).as(sent.body()).isEqualTo(303);
      JsonNode done = ended(live, "/api/v1" + sent.header("Location").replace("import", "imports"));
      assertThat(done.get("accepted").asInt()).isEqualTo(1);
      assertThat(done.get("refused").asInt()).isEqualTo(1);
      assertThat(live.desk().articles().find("printer")).isPresent();
      LiveDesk.Answer page =
          live.send(
              live.to(sent.header("Location"))
                  .header("Accept", "text/html")
                  .header("Accept-Language", "ko")
                  .GET());
      assertThat(page.body()).contains("완료", "폴더 밖을 가리키는 파일 이름이 있습니다").doesNotContain("<b>");
    }
  }

  @Test
  void aFolderOfManyFilesIsTakenWhole() {
    try (LiveDesk live = LiveDesk.on(folder)) {
      StringBuilder body = new StringBuilder(part("what", null, "articles"));
      for (int i = 0; i < 1500; i++) {
        body.append(part("file", "help/a" + i + ".md", "# Article " + i + "\n\nTurn it on."));
      }
      LiveDesk.Answer sent = form(live, body + "--x--\r\n");
      assertThat(sent.status()).as(sent.body()).isEqualTo(303);
      JsonNode done = ended(live, "/api/v1" + sent.header("Location").replace("import", "imports"));
      assertThat(done.get("accepted").asInt()).isEqualTo(1500);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "--x", "--x\r\nno header\r\n\r\n#\r\n--x--\r\n"})
  void aFormThatIsNoneIsA400(String body) {
    try (LiveDesk live = LiveDesk.on(folder)) {
      assertThat(form(live, body).status()).isEqualTo(400);
      assertThat(live.get("/api/v1/imports").json().get("imports")).isEmpty();
    }
  }

  private static LiveDesk.Answer form(LiveDesk live, String body) {
    return live.send(
        live.to("/import")
            .header("Content-Type", "multipart/form-data; boundary=x")
            .header("Accept", "text/html")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static String part(
      String name, @org.jspecify.annotations.Nullable String file, String content) {
    return "--x\r\nContent-Disposition: form-data; name=\""
        + name
        + "\""
        + (file == null ? "" : "; filename=\"" + file + "\"")
        + "\r\n\r\n"
        + content
        + "\r\n";
  }

  @Test
  void nobodyIsErasedWhileAFileMayBringThemBack() {
    try (LiveDesk live = LiveDesk.on(folder)) {
      live.post("/api/v1/articles", SmallDesk.ARTICLES);
      String location = begin(live, "what=cases", cases(0, 1500));
      LiveDesk.Answer refused = live.post("/api/v1/erasures", "{\"customerId\":\"cu-399\"}");
      HttpApiTest.isProblem(refused, 409);
      assertThat(refused.json().get("detail").asText()).contains("A file of cases");
      assertThat(ended(live, location).get("accepted").asInt()).isEqualTo(1500);
      LiveDesk.Answer erased = live.post("/api/v1/erasures", "{\"customerId\":\"cu-399\"}");
      assertThat(erased.status()).isEqualTo(200);
      assertThat(erased.json().get("cases").asInt()).isEqualTo(1);
    }
  }

  @Test
  void whatAKilledProcessLeftOfAnImportGoesAtTheNextStart() throws IOException {
    Path imports = Files.createDirectories(folder.resolve("imports"));
    Files.writeString(imports.resolve("never-begun.sent"), cases(0, 1));
    Files.writeString(imports.resolve("half.next"), "{");
    try (LiveDesk live = LiveDesk.on(folder)) {
      String location = begin(live, "what=cases", cases(0, 1));
      ended(live, location);
      try (Stream<Path> kept = Files.list(imports)) {
        assertThat(kept.map(file -> file.getFileName().toString()))
            .noneMatch(name -> name.endsWith(".sent") || name.endsWith(".next"));
      }
    }
  }
}
