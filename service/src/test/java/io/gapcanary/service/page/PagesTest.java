package io.gapcanary.service.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.SmallDesk;
import io.gapcanary.service.http.LiveDesk;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  private static LiveDesk live;

  @BeforeAll
  static void start(@TempDir Path folder) {
    live = LiveDesk.on(folder);
    live.post("/api/v1/articles", SmallDesk.ARTICLES);
    live.put(
        "/api/v1/articles/kb-evil",
        "{\"title\":\"<script>alert(1)</script> & more\",\"body\":\"# Hi\\n<script>alert(2)</script>\\n[x](javascript:alert(3)) **bold**\\n\\n|a|b|\\n|-|-|\\n|1|2|\"}");
    for (int i = 0; i < 4; i++) {
      String opening = "{\"id\":\"gap-case-" + i + "\",\"customerId\":\"cu-" + i + "\"}";
      live.post("/api/v1/cases", opening);
      live.post(
          "/api/v1/cases/gap-case-" + i + "/messages",
          "{\"from\":\"customer\",\"text\":\"Where can I download an <b>invoice</b> with the tax number of my company?\"}");
      live.post("/api/v1/cases/gap-case-" + i + "/close", "{}");
    }
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  private static LiveDesk.Answer page(String path, String language) {
    return live.send(
        live.to(path).header("Accept", "text/html").header("Accept-Language", language).GET());
  }

  @ParameterizedTest
  @CsvSource({
    "/,en,The gaps in your knowledge base",
    "/,ko,지식 베이스의 빈틈",
    "/agent,en,Agent console",
    "/agent,ko,상담 화면",
    "/gaps,en,Gaps",
    "/gaps,ko,지식 공백",
    "/gaps/gap-1,ko,지식 공백",
    "/gaps/gap-1/cases,en,Cases of this gap",
    "/gaps/gap-1/cases,ko,이 공백의 상담",
    "/articles,en,Articles",
    "/articles/kb-1,ko,문서",
    "/desk,en,The desk in numbers",
    "/desk,ko,숫자로 보는 데스크",
    "/desk?by=product,ko,데스크는 잘하고 있나요",
    "/desk/cases?measure=not-captured,en,somebody knows",
    "/desk/cases?measure=linked,ko,문서를 안내한 상담",
    "/report,en,Weekly report",
    "/report,ko,주간 보고서",
    "/gaps/held-back,ko,보류한 주제",
    "/gaps/floods,ko,따로 둔 상담",
    "/gaps/floods,en,Cases set aside",
    "/impact,en,What counts how much",
    "/impact?casesPerWeek=1&minutesPerCase=0,ko,바뀔 순서",
    "/explain,en,Why these suggestions",
    "/explain?case=gap-case-0&article=kb-1,ko,추천한 이유",
    "/explain?q=reset+my+password&article=kb-1&article=kb-2,ko,앞선 가장 큰 이유",
    "/import,en,Bring in articles and past cases",
    "/import,ko,문서와 지난 상담 가져오기",
    "/floor,en,When to suggest",
    "/floor?language=en&floor=0.9,ko,언제 추천할까요"
  })
  void everyPageSpeaksTheReadersLanguage(String path, String language, String words) {
    LiveDesk.Answer answer = page(path, language);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    Document page = Jsoup.parse(answer.body());
    assertThat(page.selectFirst("html").attr("lang")).isEqualTo(language);
    assertThat(page.text()).contains(words);
    assertThat(page.select("h1")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/agent",
        "/gaps",
        "/gaps/gap-1",
        "/gaps/gap-1/cases",
        "/articles",
        "/articles/kb-evil",
        "/desk",
        "/desk/cases?measure=no-match",
        "/report",
        "/gaps/held-back",
        "/gaps/floods",
        "/impact?casesPerWeek=2",
        "/explain?q=invoice&article=kb-1&article=kb-4",
        "/floor?language=en&floor=0.9",
        "/none"
      })
  void aPageFetchesNothingFromElsewhereAndRunsNoInlineScript(String path) {
    LiveDesk.Answer answer = page(path, "en");
    Document page = Jsoup.parse(answer.body());
    assertThat(answer.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.select("script:not([src]), style, [style], [onclick], [onload]")).isEmpty();
    assertThat(page.select("script[src], link[href], img[src]"))
        .allSatisfy(
            e ->
                assertThat(e.hasAttr("src") ? e.attr("src") : e.attr("href"))
                    .startsWith("/assets/"));
    assertThat(page.select("input:not([type=hidden]), select, textarea"))
        .allSatisfy(
            field ->
                assertThat(page.select("label[for=" + field.id() + "]"))
                    .as(field.outerHtml())
                    .isNotEmpty());
  }

  /** What comes over the wire with the page: its own bytes, styles, scripts, texts and answers. */
  @ParameterizedTest
  @ValueSource(strings = {"/agent?case=gap-case-0", "/gaps", "/gaps/gap-1", "/report"})
  void aFirstPageIsLightAsItIsTransferred(String path) {
    Set<String> loaded =
        new LinkedHashSet<>(
            Jsoup.parse(page(path, "ko").body())
                .select("script[src], link[href], img[src]")
                .stream()
                .map(one -> one.hasAttr("src") ? one.attr("src") : one.attr("href"))
                .toList());
    loaded.add(path);
    if (path.startsWith("/agent")) {
      loaded.addAll(
          List.of(
              "/assets/gapcanary-assist.js",
              "/assets/gapcanary-panel.js",
              "/assets/panel-texts-ko.json",
              "/agent/cases",
              "/api/v1/cases/gap-case-0",
              "/api/v1/cases/gap-case-0/customer"));
    }
    long bytes = loaded.stream().mapToLong(PagesTest::transferred).sum();
    assertThat(bytes).as("%s", loaded).isBetween(10_000L, 150_000L);
  }

  private static long transferred(String path) {
    LiveDesk.Answer answer =
        live.send(
            live.to(path)
                .header("Accept", "text/html,*/*")
                .header("Accept-Encoding", "gzip")
                .GET());
    assertThat(answer.status()).as(path).isEqualTo(200);
    return answer.response().headers().firstValueAsLong("Content-Length").orElse(-1) >= 0
        ? answer.response().headers().firstValueAsLong("Content-Length").getAsLong()
        : answer.body().length();
  }

  @Test
  void theAddressChoosesTheLanguageAndACookieKeepsIt() {
    LiveDesk.Answer chosen = page("/gaps?lang=ko", "en");
    assertThat(chosen.body()).contains("lang=\"ko\"");
    String cookie = chosen.header("Set-Cookie");
    assertThat(cookie).contains("lang=ko", "SameSite=Lax");
    assertThat(
            live.send(
                    live.to("/desk")
                        .header("Accept", "text/html")
                        .header("Accept-Language", "en")
                        .header("Cookie", "lang=ko")
                        .GET())
                .body())
        .contains("숫자로 보는 데스크");
  }

  @Test
  void anArticlesTextIsShownSafely() {
    Document page = Jsoup.parse(page("/articles/kb-evil", "en").body());
    assertThat(page.select("h1").text()).isEqualTo("<script>alert(1)</script> & more");
    assertThat(page.select("article.article-text script, article.article-text a[href^=javascript]"))
        .isEmpty();
    assertThat(page.select("article.article-text strong").text()).isEqualTo("bold");
    assertThat(page.select("article.article-text td").eachText()).containsExactly("1", "2");
  }

  @Test
  void customersWordsAreShownAsTheyAre() {
    Document page = Jsoup.parse(page("/gaps/gap-1", "en").body());
    assertThat(page.select(".quotes li").first().text()).contains("<b>invoice</b>");
  }

  @Test
  void aConversationWorksWithoutAScript() {
    LiveDesk.Answer said =
        live.form(
            "/agent/messages",
            form(
                "at",
                "/agent",
                "from",
                "customer",
                "text",
                "How do I reset my password? It fails"));
    assertThat(said.status()).isEqualTo(303);
    String location = said.header("Location");
    assertThat(location).contains("/agent?case=");
    String path = location.substring(location.indexOf("/agent"));
    String id = path.substring(path.indexOf('=') + 1);

    Document page = Jsoup.parse(page(path, "en").body());
    assertThat(page.select(".match-title").eachText()).contains("Reset your password");
    assertThat(page.select(".probability").text()).contains("answers with");

    live.form(
        "/agent/articles", form("at", "/agent", "case", id, "article", "kb-1", "action", "linked"));
    assertThat(Jsoup.parse(page(path, "en").body()).select(".given").text()).contains("Given");

    live.form("/agent/close", form("at", "/agent", "case", id, "resolution", "solved"));
    assertThat(Jsoup.parse(page(path, "en").body()).select(".outcome").text())
        .contains("An article answered.");
  }

  @Test
  void silenceIsExplained() {
    LiveDesk.Answer said =
        live.form(
            "/agent/messages",
            form(
                "at",
                "/",
                "from",
                "customer",
                "text",
                "Where can I download an invoice with a tax number?"));
    String location = said.header("Location");
    Document page = Jsoup.parse(page(location.substring(location.indexOf("/?case")), "ko").body());
    assertThat(page.select(".silence").text()).contains("추천할 문서가 없습니다");
    assertThat(page.select(".known-gap a").attr("href")).isEqualTo("/gaps/gap-1");
  }

  @Test
  void aGapIsAssignedAndAStaleDecisionIsTold() {
    String version =
        Jsoup.parse(page("/gaps/gap-1", "en").body()).select("input[name=version]").attr("value");
    String decision = form("version", version, "state", "assigned", "owner", "Mina", "by", "Joon");
    assertThat(live.form("/gaps/gap-1", decision).status()).isEqualTo(303);
    assertThat(Jsoup.parse(page("/gaps/gap-1", "en").body()).select(".labels").text())
        .contains("Assigned", "Mina");
    LiveDesk.Answer stale =
        live.form("/gaps/gap-1", form("version", version, "state", "drafted", "owner", "Mina"));
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.body()).contains("Somebody else changed this gap");
    String now =
        Jsoup.parse(page("/gaps/gap-1", "en").body()).select("input[name=version]").attr("value");
    assertThat(
            live.form("/gaps/gap-1", form("version", now, "state", "dismissed", "owner", "Mina"))
                .status())
        .isEqualTo(400);
  }

  @Test
  void aFloorIsSetOnlyOnTheVersionThatWasSeen() {
    Document page = Jsoup.parse(page("/floor?language=ko&floor=0.9", "en").body());
    String version = page.select("form[method=post] input[name=version]").attr("value");
    String decision = form("language", "ko", "version", version, "floor", "0.9", "by", "Mina");
    assertThat(live.form("/floor", decision).header("Location")).endsWith("/floor?language=ko");
    assertThat(Jsoup.parse(page("/floor?language=ko", "en").body()).select(".floors").text())
        .contains("0.9 set by a person · Mina");
    LiveDesk.Answer stale = live.form("/floor", decision);
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.body()).contains("Somebody else set this floor");
    String next = form("language", "ko", "version", "1", "floor", "7");
    assertThat(live.form("/floor", next).status()).isEqualTo(400);
    assertThat(page("/floor?language=ko&floor=7", "en").status()).isEqualTo(400);
    assertThat(page("/floor?language=xx", "en").status()).isEqualTo(404);
    assertThat(live.form("/floor", form("language", "ko", "version", "1", "reset", "1")).status())
        .isEqualTo(303);
    assertThat(Jsoup.parse(page("/floor?language=ko", "en").body()).select(".history").text())
        .contains("Left to the product again", "Set to 0.9");
  }

  @Test
  void theSwitchOfLanguageKeepsWhatIsAsked() {
    Document page = Jsoup.parse(page("/explain?q=reset+%26+go&article=kb-1&lang=en", "ko").body());
    String other = page.select("a.language").attr("href");
    assertThat(other).isEqualTo("/explain?q=reset%20%26%20go&article=kb-1&lang=ko");
    assertThat(Jsoup.parse(page(other, "en").body()).select("#q").text()).isEqualTo("reset & go");
  }

  @Test
  void aLearnedWordingIsShownWithItsCaseAndRemoved() {
    live.post("/api/v1/cases", "{\"id\":\"odd case\"}");
    live.post(
        "/api/v1/cases/odd%20case/messages",
        "{\"from\":\"customer\",\"text\":\"The <i>frobnicator</i> hums when tilted\"}");
    live.post("/api/v1/cases/odd%20case/articles", "{\"id\":\"kb-2\",\"action\":\"linked\"}");
    Document page = Jsoup.parse(page("/articles/kb-2", "en").body());
    assertThat(page.select(".wordings .excerpt").text())
        .isEqualTo("The <i>frobnicator</i> hums when tilted");
    assertThat(page.select(".wordings a").attr("href")).isEqualTo("/agent?case=odd%20case");
    String id = page.select(".wordings button").attr("value");
    assertThat(live.form("/articles/kb-2/wordings", form("wording", id)).header("Location"))
        .endsWith("/articles/kb-2#learned");
    assertThat(page("/articles/kb-2", "en").body()).contains("Nothing was learned for it yet");
    assertThat(live.form("/articles/kb-2/wordings", form("wording", id)).status()).isEqualTo(404);
  }

  @Test
  void aDismissalIsShownWithItsCaseAndRemoved() {
    assertThat(page("/articles/kb-2", "ko").body()).doesNotContain("맞지 않았던");
    live.post("/api/v1/cases", "{\"id\":\"odd\"}");
    live.post(
        "/api/v1/cases/odd/messages",
        "{\"from\":\"customer\",\"text\":\"The frobnicator hums when tilted\"}");
    live.post("/api/v1/cases/odd/articles", "{\"id\":\"kb-2\",\"action\":\"dismissed\"}");
    Document page = Jsoup.parse(page("/articles/kb-2", "ko").body());
    assertThat(page.select("section:has(#dismissed) .excerpt").text())
        .isEqualTo("The frobnicator hums when tilted");
    assertThat(page.select("section:has(#dismissed) .quiet").text()).contains("맞지 않음 1번");
    assertThat(live.get("/api/v1/articles/kb-2/wordings").body())
        .contains("\"dismissals\":[{", "\"forgotten\":false");
    String id = page.select("section:has(#dismissed) button").attr("value");
    assertThat(live.form("/articles/kb-2/wordings", form("wording", id)).status()).isEqualTo(303);
    assertThat(page("/articles/kb-2", "ko").body()).doesNotContain("맞지 않았던");
  }

  @Test
  void whatHasAnOddIdIsLinkedRight(@TempDir Path folder) {
    try (LiveDesk odd = LiveDesk.on(folder)) {
      odd.put(
          "/api/v1/articles/a%2Fb%23c%26d",
          "{\"title\":\"Feed a giraffe\",\"body\":\"Give the giraffe hay and water in winter.\"}");
      for (int i = 0; i < 4; i++) {
        String id = "c/" + i + "#1&x y";
        odd.post("/api/v1/cases", "{\"id\":\"" + id + "\",\"customerId\":\"cu-" + i + "\"}");
        String path = "/api/v1/cases/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
        String asked =
            i < 3 ? "Can I paint my giraffe yellow?" : "How do I feed a giraffe in winter?";
        odd.post(
            path.replace("+", "%20") + "/messages",
            "{\"from\":\"customer\",\"text\":\"" + asked + "\"}");
        if (i < 3) {
          odd.post(path.replace("+", "%20") + "/close", "{}");
        }
      }
      Document gap = Jsoup.parse(odd.get("/gaps/gap-1").body());
      assertThat(gap.select(".related a").eachAttr("href"))
          .containsExactly("/articles/a%2Fb%23c%26d");
      assertThat(gap.select("#cases ~ .gap-cases td:first-child a").eachAttr("href"))
          .contains("/agent?case=c%2F0%231%26x%20y");
      assertThat(gap.select("#cases ~ .gap-cases td:first-child a").eachText())
          .contains("c/0#1&x y");
      Document console = Jsoup.parse(odd.get("/agent?case=c%2F3%231%26x%20y").body());
      assertThat(console.select(".match-title a").attr("href"))
          .isEqualTo("/articles/a%2Fb%23c%26d");
      Document article = Jsoup.parse(odd.get("/articles/a%2Fb%23c%26d").body());
      assertThat(article.select("h1").text()).isEqualTo("Feed a giraffe");
    }
  }

  @Test
  void itsQuestionsCanBeAskedAgain() {
    assertThat(page("/gaps/gap-1?replay=1", "en").body()).contains("questions are answered today");
  }

  @Test
  void aPersonWhoIsLostIsToldOnAPage() {
    LiveDesk.Answer answer = page("/nowhere", "ko");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).contains("처리하지 못했습니다");
  }

  private static String form(String... pairs) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      form.append(i == 0 ? "" : "&")
          .append(pairs[i])
          .append('=')
          .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return form.toString();
  }
}
