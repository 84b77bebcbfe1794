package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.gapcanary.service.Ran;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.mail.MailSettings;
import io.gapcanary.service.mail.MailSettings.Login;
import io.gapcanary.service.mail.MailSettings.Tls;
import io.gapcanary.service.serve.ServeSettings;
import io.gapcanary.service.text.Voice;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The weekly report by e-mail, with a mail server that the test runs. */
@Timeout(120)
@Tag("slow")
class MailOverHttpTest {
  private static final String MINA = "mina@example.com";
  private static final String SORA = "Sora <sora@example.com>";

  @TempDir private Path folder;
  private final GuardedDesk.Clock clock = new GuardedDesk.Clock(); // Tuesday of week 49
  private GreenMail server;
  private LiveDesk live;

  @BeforeEach
  void start() {
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.setUser("desk", "open sesame");
    server.start();
  }

  @AfterEach
  void stop() {
    if (live != null) {
      live.close();
    }
    server.stop();
  }

  private void serve(Voice voice, Login login, String... recipients) {
    MailSettings mail =
        new MailSettings(
            "127.0.0.1",
            server.getSmtp().getPort(),
            Tls.NONE,
            login,
            "Desk <desk@example.com>",
            List.of(recipients),
            voice,
            Duration.ofSeconds(5),
            2);
    AccessSettings usual = AccessSettings.DEFAULT;
    AccessSettings access =
        new AccessSettings(
            null,
            usual.sessionLength(),
            usual.sessionIdle(),
            100,
            usual.auditKeep(),
            URI.create("https://desk.example.com"),
            0);
    live =
        LiveDesk.on(folder, new ServeSettings("127.0.0.1", 0, false, access).withMail(mail), clock);
  }

  /** Two customers ask for what there is no article for, and one of them says who they are. */
  private void giraffes() {
    for (int i = 0; i < 2; i++) {
      String id = "g-" + i;
      live.post("/api/v1/cases", "{\"id\":\"%s\",\"customerId\":\"cu-%s\"}".formatted(id, i));
      live.post(
          "/api/v1/cases/" + id + "/messages",
          "{\"from\":\"customer\",\"text\":\"How do I feed <b>my giraffe</b> in winter? Call 010-1234-5678 or write to minsu@mail.example.com\"}");
      live.post("/api/v1/cases/" + id + "/close", "{}");
    }
  }

  /** From this week on reports are told: the desk itself may close before it has noted that. */
  private void nextWeek() {
    live.desk().webhooks().reportWhenDue();
    live.close();
    clock.pass(Duration.ofDays(7));
  }

  private static void until(BooleanSupplier what) throws InterruptedException {
    for (int i = 0; i < 300 && !what.getAsBoolean(); i++) {
      Thread.sleep(100);
    }
    assertThat(what.getAsBoolean()).isTrue();
  }

  private MimeMessage[] received(int count) {
    assertThat(server.waitForIncomingEmail(30_000, count)).isTrue();
    return server.getReceivedMessages();
  }

  private static String part(MimeMessage message, int index) throws Exception {
    BodyPart part = ((MimeMultipart) message.getContent()).getBodyPart(index);
    return (String) part.getContent();
  }

  @Test
  void onMondayTheReportGoesToEachRecipientOnceAsTextAndHtml() throws Exception {
    serve(Voice.ENGLISH, new Login("desk", "open sesame"), MINA, SORA);
    giraffes();
    nextWeek();
    serve(Voice.ENGLISH, new Login("desk", "open sesame"), MINA, SORA);
    MimeMessage[] messages = received(2);
    assertThat(messages)
        .extracting(message -> message.getAllRecipients()[0].toString())
        .containsExactlyInAnyOrder(MINA, SORA);
    MimeMessage message = messages[0];
    assertThat(message.getAllRecipients()).hasSize(1);
    assertThat(message.getFrom()[0]).hasToString("Desk <desk@example.com>");
    assertThat(message.getSubject())
        .isEqualTo("Knowledge gaps, week 2026-W49: 1 new, 0 opened again");
    assertThat(message.getMessageID()).matches("<report-\\w+@example\\.com>");

    MimeMultipart parts = (MimeMultipart) message.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain; charset=UTF-8");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html; charset=UTF-8");
    assertThat(part(message, 0))
        .contains(
            "Weekly report", "gap-1", "Write the article", "https://desk.example.com/gaps/gap-1")
        .contains("Gaps that appeared (1)")
        .contains("\r\n   https://")
        .doesNotContain("</td", "</div");
    assertThat(part(message, 1)).contains("&lt;b&gt;my giraffe").doesNotContain("<b>");
    until(() -> live.desk().mailOutbox().queue().waiting() == 0);
    live.close();
    serve(Voice.ENGLISH, new Login("desk", "open sesame"), MINA, SORA);
    assertThat(live.desk().webhooks().reportWhenDue(List.of(MINA, SORA))).isZero();
    until(() -> live.desk().mailOutbox().queue().waiting() == 0);
    assertThat(server.getReceivedMessages()).as("once").hasSize(2);
  }

  @Test
  void itsHtmlNeedsNothingFromElsewhereAndTellsNoPersonalData() throws Exception {
    serve(Voice.KOREAN, null, MINA);
    giraffes();
    nextWeek();
    serve(Voice.KOREAN, null, MINA);
    MimeMessage message = received(1)[0];
    assertThat(message.getSubject()).isEqualTo("지식 공백 주간 보고서 2026-W49: 새 공백 1건, 다시 열린 공백 0건");
    Document html = Jsoup.parse(part(message, 1));
    assertThat(html.select("script, link, img, iframe, object, form, style, [src], [onclick]"))
        .isEmpty();
    assertThat(html.select("[style*=url], [background]")).isEmpty();
    assertThat(html.select("a[href]").eachAttr("href"))
        .isNotEmpty()
        .allMatch(href -> href.startsWith("https://desk.example.com/"));
    assertThat(html.select("html").attr("lang")).isEqualTo("ko");
    assertThat(html.body().text()).contains("주간 보고서", "gap-1", "giraffe");
    for (String form : List.of(part(message, 0), part(message, 1))) {
      assertThat(form).doesNotContain("1234-5678", "minsu", "cu-0", "g-0");
    }
  }

  @Test
  void aServerThatIsDownGetsItLaterAndWhatIsGivenUpCanBeSentAgain() throws Exception {
    serve(Voice.ENGLISH, new Login("desk", "wrong"), MINA);
    nextWeek();
    serve(Voice.ENGLISH, new Login("desk", "wrong"), MINA);
    until(() -> waiting().contains("535"));
    assertThat(waiting())
        .contains("\"attempts\":1", "2026-W49", "The mail server refuses the user or the password");
    clock.pass(Duration.ofMinutes(1));
    until(() -> live.get("/api/v1/mail-deliveries").body().contains("535"));
    assertThat(live.get("/metrics").body())
        .contains("gapcanary_mail_dead 1", "gapcanary_mail_failed_total 2");
    Document page = Jsoup.parse(live.send(live.to("/access").header("Accept", "text/html")).body());
    assertThat(page.select("#mail ~ .scroll td").text())
        .contains("Given up", "Check mailUser and mailPassword");

    live.close();
    serve(Voice.ENGLISH, new Login("desk", "open sesame"), MINA);
    String id = live.get("/api/v1/mail-deliveries").json().at("/deliveries/0/id").asText();
    assertThat(live.post("/api/v1/mail-deliveries/" + id + "/redeliver", "").status())
        .isEqualTo(202);
    received(1);
    until(() -> live.desk().mailOutbox().queue().dead() == 0);
    isProblem(live.post("/api/v1/mail-deliveries/" + id + "/redeliver", ""), 404);
    isProblem(live.post("/api/v1/mail-deliveries/x/redeliver", ""), 404);
    isProblem(live.get("/api/v1/mail-deliveries?state=gone"), 400);
    isProblem(live.get("/api/v1/mail-deliveries?before=x"), 400);
  }

  private String waiting() {
    return live.get("/api/v1/mail-deliveries?state=waiting").body();
  }

  @Test
  void oneWhoWasTakenOffTheListGetsNothingMore() throws Exception {
    serve(Voice.ENGLISH, new Login("desk", "wrong"), MINA, SORA);
    nextWeek();
    serve(Voice.ENGLISH, new Login("desk", "wrong"), MINA, SORA);
    until(() -> live.desk().mailOutbox().queue().waiting() == 2 && waiting().contains("535"));
    live.close();
    clock.pass(Duration.ofMinutes(1));
    serve(Voice.ENGLISH, null, SORA);
    until(() -> live.desk().mailOutbox().queue().waiting() == 0);
    assertThat(Arrays.stream(server.getReceivedMessages()).map(MailOverHttpTest::to))
        .containsExactly(SORA);
  }

  private static String to(MimeMessage message) {
    try {
      return message.getAllRecipients()[0].toString();
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anAdministratorSendsATestAndIsToldWhatIsWrong() throws Exception {
    serve(Voice.ENGLISH, new Login("desk", "open sesame"), MINA);
    LiveDesk.Answer sent = live.form("/access/mail", "to=mina%40example.com");
    assertThat(sent.status()).as(sent.body()).isEqualTo(200);
    assertThat(Jsoup.parse(sent.body()).select("#mail ~ .done").text()).contains(MINA);
    MimeMessage test = received(1)[0];
    assertThat(test.getSubject()).startsWith("Test: Knowledge gaps");
    assertThat(part(test, 1)).contains("This is a test");
    assertThat(live.form("/access/mail", "to=somebody%40else.example").status()).isEqualTo(400);

    server.stop();
    LiveDesk.Answer refused = live.form("/access/mail?lang=ko", "to=mina%40example.com");
    assertThat(refused.status()).isEqualTo(502);
    assertThat(Jsoup.parse(refused.body()).select("#mail ~ .warning").text())
        .contains("메일 서버에 연결할 수 없거나");
  }

  @Test
  void withoutAServerNothingOfItIsShownAndNothingWaits() {
    live = LiveDesk.on(folder);
    assertThat(live.get("/access").body()).doesNotContain("/access/mail");
    assertThat(live.form("/access/mail", "to=mina%40example.com").status()).isEqualTo(404);
    assertThat(live.get("/api/v1/mail-deliveries").json().get("deliveries")).isEmpty();
  }

  @Test
  void theCommandSendsATestAndTellsOfItsFailureInOneLine() throws Exception {
    Path settings =
        Files.writeString(
            folder.resolve("desk.properties"),
            """
            mailHost = 127.0.0.1
            mailPort = %d
            mailTls = none
            mailFrom = desk@example.com
            mailTo = mina@example.com, sora@example.com
            mailLanguage = ko
            mailUser = desk
            mailPassword = open sesame
            """
                .formatted(server.getSmtp().getPort()));
    Ran sent = Ran.command("mail-test", "--settings", settings);
    assertThat(sent.code()).as(sent.err()).isZero();
    assertThat(sent.out().lines()).hasSize(2).allMatch(line -> line.contains("@example.com"));
    assertThat(received(2)[0].getSubject()).isEqualTo("Gapcanary 주간 보고서 시험 메일");
    assertThat(Ran.command("mail-test", "--settings", settings, "--to", "jun@example.com").out())
        .contains("jun@example.com");
    assertThat(Ran.command("mail-test", "--settings", settings, "--to", "jun").errLines())
        .singleElement()
        .asString()
        .startsWith("--to is no address");

    server.stop();
    Ran refused = Ran.command("mail-test", "--settings", settings);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.errLines())
        .singleElement()
        .asString()
        .contains("cannot be reached")
        .doesNotContain("sesame");
    assertThat(Ran.command("mail-test").errLines()).singleElement().asString().contains("mailHost");
    assertThat(Ran.command("config", "--settings", settings).out())
        .contains("mailPassword", "********")
        .doesNotContain("sesame");
  }
}
