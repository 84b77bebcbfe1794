package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gapcanary.service.SmallDesk;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class GapWorkOverHttpTest {
  private static final String INVOICE =
      "Where can I download an invoice with the tax number of my company?";
  private static final String DRAFT =
      "{\"article\":{\"title\":\"Download an invoice with a tax number\",\"body\":\"Open Billing and download the"
          + " invoice; the tax number of your company is on it.\"}}";

  @TempDir private Path folder;
  private LiveDesk live;

  @BeforeEach
  void start() {
    live = LiveDesk.on(folder);
    live.post("/api/v1/articles", SmallDesk.ARTICLES);
    for (int i = 0; i < 3; i++) {
      asks("inv-" + i, INVOICE, "=cmd|' /C calc'!A0", i == 0 ? "solved" : "unsolved");
      asks("fly-" + i, "How do I register my drone as an aircraft?", "agent-1", "unsolved");
    }
  }

  private void asks(String id, String question, String agent, String resolution) {
    live.post(
        "/api/v1/cases",
        "{\"id\":\"%s\",\"customerId\":\"cu-%s\",\"agentId\":\"%s\",\"channel\":\"chat\"}"
            .formatted(id, id, agent));
    String messages = "/api/v1/cases/" + id + "/messages";
    live.post(messages, "{\"from\":\"customer\",\"text\":\"%s\"}".formatted(question));
    live.post(
        messages,
        "{\"from\":\"agent\",\"text\":\"Hello! Open Billing and tick Company to get the tax number on it.\"}");
    live.post("/api/v1/cases/" + id + "/close", "{\"resolution\":\"%s\"}".formatted(resolution));
  }

  @AfterEach
  void stop() {
    live.close();
  }

  private String gap(String words) {
    for (JsonNode gap : live.get("/api/v1/gaps").json().get("gaps")) {
      if (gap.get("title").asText().contains(words)) {
        return "/api/v1/gaps/" + gap.get("id").asText();
      }
    }
    throw new AssertionError("There is no gap of " + words);
  }

  @Test
  void wordingsAndFloorsAreTriedOnThePageWithWhatTheyDo() {
    String page = gap("invoice").replace("/api/v1", "");
    String words =
        "what=wordings&wordingsFor=kb-1&wordings=Where+can+I+download+an+invoice%3F%0A%0A"
            + INVOICE.replace(" ", "+").replace("?", "%3F");
    Document tried = Jsoup.parse(live.form(page + "/try", words).body());
    assertThat(tried.select("#replay ~ p strong").text())
        .isEqualTo("With these wordings 1 of 1 questions are answered; today 0 are.");
    assertThat(tried.select("#try-wordings").text()).contains(INVOICE);
    assertThat(tried.select("details:has(#try-wordings)").hasAttr("open")).isTrue();
    assertThat(tried.select("details:has(#try-floor)").hasAttr("open")).isFalse();

    Document floor =
        Jsoup.parse(live.form(page + "/try", "what=floor&language=en&floor=0.01").body());
    assertThat(floor.select("#replay ~ p strong").text()).startsWith("With this floor");
    assertThat(floor.select("#try-floor").val()).isEqualTo("0.01");
    for (String none :
        new String[] {"what=floor&language=en&floor=much", "what=wordings&wordingsFor=kb-1"}) {
      assertThat(live.form(page + "/try", none).status()).as(none).isEqualTo(400);
    }
    assertThat(live.get("/api/v1/articles/kb-1/wordings").json().get("wordings")).isEmpty();
  }

  private LiveDesk.Answer merge(String path, String etag, String body) {
    HttpRequest.Builder request =
        live.to(path + "/merge").POST(HttpRequest.BodyPublishers.ofString(body));
    return live.send(etag == null ? request : request.header("If-Match", etag));
  }

  @Test
  void aDraftIsTriedAndNothingIsKept() {
    String path = gap("invoice");
    JsonNode today = live.get(path + "/replay").json();
    assertThat(today.get("answered").asInt()).isZero();
    JsonNode tried = live.post(path + "/replay", DRAFT).json();
    assertThat(tried.get("answeredBefore").asInt()).isZero();
    assertThat(tried.get("answered").asInt()).isEqualTo(tried.get("asked").asInt()).isPositive();
    assertThat(tried.get("passes").asBoolean()).isTrue();
    assertThat(tried.get("questions").get(0).get("after").asText()).startsWith("draft-gap-");
    assertThat(live.get(path + "/replay").json()).isEqualTo(today);
    JsonNode wording =
        live.post(
                path + "/replay",
                "{\"wording\":{\"articleId\":\"kb-4\",\"text\":\"%s\"}}".formatted(INVOICE))
            .json();
    assertThat(wording.get("articles").get(0).asText()).isEqualTo("kb-4");
    assertThat(
            live.post(path + "/replay", "{\"floor\":{\"language\":\"en\",\"value\":0.2}}").status())
        .isEqualTo(200);
    isProblem(live.post(path + "/replay", "{}"), 400);
    isProblem(live.post(path + "/replay", "{\"floor\":{\"language\":\"en\",\"value\":2}}"), 400);
    isProblem(live.post(path + "/replay", "{\"article\":{\"title\":\"x\"}}"), 400);
    isProblem(
        live.post(path + "/replay", "{\"wording\":{\"articleId\":\"no\",\"text\":\"x\"}}"), 404);
    isProblem(live.post("/api/v1/gaps/gap-77/replay", DRAFT), 404);
  }

  @Test
  void aGapIsMergedByWhoSawItLast() {
    String invoice = gap("invoice");
    String drone = gap("drone");
    String into = drone.substring(drone.lastIndexOf('/') + 1);
    String etag = live.get(invoice).header("ETag");
    isProblem(merge(invoice, null, "{\"into\":\"" + into + "\"}"), 428);
    isProblem(merge(invoice, "\"99\"", "{\"into\":\"" + into + "\"}"), 412);
    isProblem(merge(invoice, etag, "{\"into\":\"" + into + "\",\"intoVersion\":99}"), 412);
    isProblem(merge(invoice, etag, "{\"into\":\"gap-77\"}"), 404);
    isProblem(merge(invoice, etag, "{}"), 400);
    String self = invoice.substring(invoice.lastIndexOf('/') + 1);
    isProblem(merge(invoice, etag, "{\"into\":\"" + self + "\"}"), 400);
    LiveDesk.Answer merged =
        merge(
            invoice,
            etag,
            "{\"into\":\"%s\",\"reason\":\"one page for both\",\"by\":\"Lee\"}".formatted(into));
    assertThat(merged.status()).as(merged.body()).isEqualTo(200);
    JsonNode gap = merged.json().get("gap");
    assertThat(gap.get("id").asText()).isEqualTo(into);
    assertThat(gap.get("cases")).hasSize(6);
    JsonNode last = gap.get("history").get(gap.get("history").size() - 1);
    assertThat(last.get("what").asText()).isEqualTo("merged");
    assertThat(last.get("by").asText()).isEqualTo("Lee");
    assertThat(last.get("details").get("gap").asText()).isEqualTo(self);
    assertThat(live.get(invoice).json().get("id").asText()).isEqualTo(into);
    isProblem(merge(invoice, etag, "{\"into\":\"" + into + "\"}"), 412);
  }

  @Test
  void aStepThatALifeDoesNotHaveIsAConflict() {
    String path = gap("invoice");
    HttpRequest.BodyPublisher dismissed =
        HttpRequest.BodyPublishers.ofString("{\"state\":\"dismissed\",\"reason\":\"spam\"}");
    LiveDesk.Answer answer =
        live.send(
            live.to(path)
                .header("If-Match", live.get(path).header("ETag"))
                .method("PATCH", dismissed));
    HttpRequest.BodyPublisher published =
        HttpRequest.BodyPublishers.ofString("{\"state\":\"published\",\"remedy\":\"training\"}");
    isProblem(
        live.send(
            live.to(path).header("If-Match", answer.header("ETag")).method("PATCH", published)),
        409);
  }

  @Test
  void aDraftComesAsJsonAndAsMarkdown() {
    String path = gap("invoice") + "/draft";
    JsonNode draft = live.get(path).json();
    assertThat(draft.get("said").get(0).get("text").asText())
        .isEqualTo("Open Billing and tick Company to get the tax number on it.");
    LiveDesk.Answer markdown = live.send(live.to(path).header("Accept", "text/markdown").GET());
    assertThat(markdown.header("Content-Type")).startsWith("text/markdown");
    assertThat(markdown.body())
        .startsWith("> **Draft, put together by Gapcanary")
        .contains("## Issue", INVOICE, "## Resolution", "tax number on it. (inv-0)")
        .doesNotContain("Hello");
    assertThat(live.get(path + "?format=markdown").body()).isEqualTo(markdown.body());
    isProblem(live.get(path + "?format=pdf"), 400);
    isProblem(live.get("/api/v1/gaps/gap-77/draft"), 404);
  }

  @Test
  void whomToTellComesAsJsonAndAsHarmlessCsv() {
    String path = gap("invoice") + "/to-tell";
    JsonNode toTell = live.get(path).json();
    assertThat(toTell.get("due").asBoolean()).isFalse();
    assertThat(toTell.get("cases")).hasSize(2);
    assertThat(toTell.get("cases").get(0).get("caseId").asText()).isEqualTo("inv-1");
    LiveDesk.Answer csv = live.get(path + "?format=csv");
    assertThat(csv.header("Content-Type")).startsWith("text/csv");
    assertThat(csv.header("Content-Disposition")).contains("to-tell.csv");
    String[] lines = csv.body().split("\r\n");
    assertThat(lines[0]).isEqualTo("case,closedAt,agent,channel,article");
    assertThat(lines[1]).startsWith("inv-1,").endsWith(",'=cmd|' /C calc'!A0,chat,");
    assertThat(lines).hasSize(3);
  }

  @Test
  void followUpsAreOfIncompleteGapsOnly() {
    assertThat(live.get(gap("invoice") + "/follow-ups").json().get("followUps")).isEmpty();
    isProblem(live.get("/api/v1/gaps/gap-77/follow-ups"), 404);
  }

  @Test
  void theListIsExportedAsCsvForExcelAndAsJson() {
    String title = live.get("/api/v1/gaps/gap-1").json().get("title").asText();
    LiveDesk.Answer csv = live.get("/api/v1/gap-export?format=csv");
    assertThat(csv.status()).isEqualTo(200);
    assertThat(csv.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
    assertThat(csv.header("Content-Disposition")).matches("attachment; filename=\"gaps-.*\\.csv\"");
    assertThat(csv.body()).startsWith("\uFEFFrank,id,kind,state,title,");
    assertThat(csv.body().split("\r\n")).hasSize(3);
    assertThat(csv.body()).contains(",missing,open," + title);
    LiveDesk.Answer json = live.get("/api/v1/gap-export");
    assertThat(json.json().get("gaps").findValuesAsText("id"))
        .containsExactlyInAnyOrder("gap-1", "gap-2");
    assertThat(json.json().get("gaps").get(0))
        .isEqualTo(live.get("/api/v1/gaps").json().get("gaps").get(0));
    assertThat(live.get("/api/v1/gap-export?state=dismissed").json().get("gaps")).isEmpty();
    isProblem(live.get("/api/v1/gap-export?format=xls"), 400);
    isProblem(live.get("/api/v1/gap-export?kind=huge"), 400);
  }

  @Test
  void theScoreCanBeComputedAgainFromTheExport() throws IOException {
    String again = "{\"id\":\"fly-3\",\"customerId\":\"cu-fly-0\"}";
    live.post("/api/v1/cases", again);
    live.post(
        "/api/v1/cases/fly-3/messages",
        "{\"from\":\"customer\",\"text\":\"How do I register my drone as an aircraft?\"}");
    live.post("/api/v1/cases/fly-3/close", "{}");
    String csv = live.get("/api/v1/gap-export?format=csv").body().substring(1);
    try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(csv)) {
      List<NamedCsvRecord> gaps = records.stream().toList();
      assertThat(gaps).extracting(gap -> number(gap, "reach")).contains(0.75, 1.0);
      assertThat(gaps)
          .allSatisfy(
              gap ->
                  assertThat(
                          number(gap, "casesPerWeek")
                              * number(gap, "minutesPerCase")
                              * (1 + number(gap, "repeatRate"))
                              * number(gap, "reach")
                              * number(gap, "segmentWeight")
                              * number(gap, "trend"))
                      .isCloseTo(number(gap, "score"), withinPercentage(0.1)));
    }
  }

  private static double number(NamedCsvRecord gap, String column) {
    return Double.parseDouble(gap.getField(column));
  }

  @Test
  void whatASpreadsheetWouldTakeForAFormulaIsHarmlessInTheExport() {
    LiveDesk.Answer gap = live.get("/api/v1/gaps/gap-1");
    live.send(
        live.to("/api/v1/gaps/gap-1")
            .header("If-Match", gap.header("ETag"))
            .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"owner\":\"=HYPERLINK(1)\"}")));
    String csv = live.get("/api/v1/gap-export?format=csv").body();
    assertThat(csv).contains(",'=HYPERLINK(1),").doesNotContain(",=HYPERLINK");
  }

  @Test
  void aGapIsToldByWeekWithTheTurnsOfItsLife() {
    String drone = gap("drone");
    String id = drone.substring(drone.lastIndexOf('/') + 1);
    live.form("/gaps", "act=dismiss&reason=out+of+scope&gap=" + id + ":" + version(drone));
    JsonNode told = live.get(drone + "/weeks").json();
    assertThat(told.get("weeks")).hasSize(1);
    assertThat(told.get("weeks").get(0).get("cases")).hasSize(3);
    assertThat(told.get("weeks").get(0).get("customers").asInt()).isEqualTo(3);
    assertThat(told.get("marks").findValuesAsText("what")).containsExactly("raised", "dismissed");
    isProblem(live.get("/api/v1/gaps/gap-99/weeks"), 404);
    String monday = told.get("weeks").get(0).get("monday").asText();
    LiveDesk.Answer page =
        live.send(live.to("/gaps/" + id + "?week=" + monday).header("Accept", "text/html").GET());
    assertThat(page.body()).contains("turn-dismissed", "?week=" + monday + "#cases");
  }

  private String version(String gap) {
    return live.get(gap).json().get("version").asText();
  }

  @Test
  void severalGapsAreDecidedAtOnceAndThoseThatChangedAreLeft() {
    String drone = gap("drone");
    String invoice = gap("invoice");
    String one = drone.substring(drone.lastIndexOf('/') + 1);
    String other = invoice.substring(invoice.lastIndexOf('/') + 1);
    String chosen = "&gap=" + one + ":" + version(drone) + "&gap=" + other + ":";
    LiveDesk.Answer assigned =
        live.form("/gaps", "act=assign&owner=Mina&query=kind%3Dmissing" + chosen + "999");
    assertThat(assigned.status()).isEqualTo(303);
    assertThat(assigned.header("Location")).isEqualTo("/gaps?kind=missing&done=1&left=" + other);
    assertThat(live.get(drone).json().get("owner").asText()).isEqualTo("Mina");
    assertThat(live.get(drone).json().get("state").asText()).isEqualTo("assigned");
    assertThat(live.get(invoice).json().get("owner").isNull()).isTrue();
    LiveDesk.Answer noReason = live.form("/gaps", "act=dismiss&gap=" + one + ":" + version(drone));
    assertThat(noReason.header("Location")).isEqualTo("/gaps?done=0&left=" + one);
    LiveDesk.Answer merged =
        live.form(
            "/gaps",
            "act=merge&gap="
                + one
                + ":"
                + version(drone)
                + "&gap="
                + other
                + ":"
                + version(invoice));
    assertThat(merged.header("Location")).isEqualTo("/gaps?done=1");
    assertThat(live.get(invoice).json().get("id").asText()).isEqualTo(one);
    LiveDesk.Answer evil = live.form("/gaps", "query=%0d%0aSet-Cookie:x&act=none&gap=x");
    assertThat(evil.header("Location")).startsWith("/gaps?").doesNotContain("\r", "\n");
    assertThat(evil.header("Set-Cookie")).isEmpty();
  }

  @Test
  void severalGapsAreMergedIntoTheFirstUnlessThatChangedMeanwhile() {
    for (int i = 0; i < 3; i++) {
      asks("zoo-" + i, "When does the zoo let in visitors with dogs?", "agent-1", "unsolved");
    }
    String drone = gap("drone");
    String first = drone.substring(drone.lastIndexOf('/') + 1);
    String seen = first + ":" + version(drone);
    String others = "&gap=" + chosen(gap("invoice")) + "&gap=" + chosen(gap("zoo"));
    live.form("/gaps", "act=assign&owner=Mina&gap=" + seen);
    LiveDesk.Answer stale = live.form("/gaps", "act=merge&gap=" + seen + others);
    assertThat(stale.header("Location")).startsWith("/gaps?done=0&left=gap-").contains("&left=");
    assertThat(live.get("/api/v1/gaps").json().get("gaps")).hasSize(3);
    LiveDesk.Answer merged = live.form("/gaps", "act=merge&gap=" + chosen(drone) + others);
    assertThat(merged.header("Location")).isEqualTo("/gaps?done=2");
    assertThat(live.get(drone).json().get("cases")).hasSize(9);
  }

  private String chosen(String gap) {
    return gap.substring(gap.lastIndexOf('/') + 1) + ":" + version(gap);
  }
}
