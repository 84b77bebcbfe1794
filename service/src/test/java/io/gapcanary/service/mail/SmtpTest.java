package io.gapcanary.service.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gapcanary.service.mail.MailFailure.Kind;
import io.gapcanary.service.mail.MailSettings.Tls;
import io.gapcanary.service.text.Voice;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@Tag("slow")
class SmtpTest {
  private static final Letter LETTER = new Letter("지식 공백", "text", "<p>html</p>");
  private static final MailSettings.Login LOGIN =
      new MailSettings.Login("desk", "open sesame, please");

  /** Longer than a busy computer takes for anything. */
  private static final Duration PATIENT = Duration.ofSeconds(20);

  @TempDir private static Path keys;

  private static MailSettings settings(
      String host, int port, Tls tls, MailSettings.@Nullable Login login) {
    return settings(host, port, tls, login, PATIENT);
  }

  private static MailSettings settings(
      String host, int port, Tls tls, MailSettings.@Nullable Login login, Duration timeout) {
    return new MailSettings(
        host,
        port,
        tls,
        login,
        "지식팀 <desk@example.com>",
        List.of("mina@example.com"),
        Voice.KOREAN,
        timeout,
        3);
  }

  private static MailSettings at(ScriptedSmtp server, Tls tls) {
    return settings("127.0.0.1", server.port(), tls, LOGIN);
  }

  private static void send(Smtp smtp) throws MailException {
    smtp.send("report-1", "mina@example.com", LETTER, Instant.parse("2026-12-01T09:00:00Z"));
  }

  private static MailFailure failure(Smtp smtp) {
    return catchThrowableOfType(MailException.class, () -> send(smtp)).failure();
  }

  private static String login() {
    return Base64.getEncoder()
        .encodeToString("desk\0desk\0open sesame, please".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource(Tls.class)
  void aMessageIsSentAsTheConnectionIsToBeEncrypted(Tls tls) throws Exception {
    try (ScriptedSmtp server =
        switch (tls) {
          case STARTTLS -> ScriptedSmtp.withStarttls(keys);
          case IMPLICIT -> ScriptedSmtp.encrypted(keys);
          case NONE -> ScriptedSmtp.plain(keys);
        }) {
      send(new Smtp(at(server, tls), server.trusting()));
      assertThat(server.wasEncrypted()).isEqualTo(tls != Tls.NONE);
      assertThat(server.heard())
          .contains(
              "AUTH PLAIN " + login(),
              "MAIL FROM:<desk@example.com>",
              "RCPT TO:<mina@example.com>",
              "Message-ID: <report-1@example.com>",
              "Auto-Submitted: auto-generated",
              "Content-Language: ko",
              "To: mina@example.com")
          .anyMatch(line -> line.startsWith("From: =?UTF-8?B?"))
          .anyMatch(line -> line.startsWith("Subject: =?UTF-8?B?"))
          .anyMatch(line -> line.startsWith("Content-Type: multipart/alternative"));
    }
  }

  @Test
  void aServerThatDoesNotOfferStarttlsIsToldNothing() throws Exception {
    try (ScriptedSmtp server = ScriptedSmtp.plain(keys)) {
      assertThat(failure(new Smtp(at(server, Tls.STARTTLS), server.trusting())).kind())
          .isEqualTo(Kind.TLS);
      assertThat(server.heard()).noneMatch(line -> line.matches("(AUTH|MAIL|DATA).*"));
    }
  }

  @Test
  void aCertificateThatNobodyTrustsIsRefusedAndSoIsOneForAnotherName() throws Exception {
    for (Tls tls : List.of(Tls.STARTTLS, Tls.IMPLICIT)) {
      try (ScriptedSmtp server =
          tls == Tls.STARTTLS ? ScriptedSmtp.withStarttls(keys) : ScriptedSmtp.encrypted(keys)) {
        assertThat(failure(new Smtp(at(server, tls))).kind()).as("unknown").isEqualTo(Kind.TLS);
        MailSettings named = settings("localhost", server.port(), tls, LOGIN);
        assertThat(failure(new Smtp(named, server.trusting())).kind())
            .as("it is for 127.0.0.1")
            .isEqualTo(Kind.TLS);
        assertThat(server.heard()).noneMatch(line -> line.matches("(AUTH|MAIL|DATA).*"));
      }
    }
  }

  @Test
  void aPlainServerWhereAnEncryptedOneIsExpectedIsATlsFailure() throws Exception {
    try (ScriptedSmtp server = ScriptedSmtp.plain(keys)) {
      assertThat(failure(new Smtp(at(server, Tls.IMPLICIT), server.trusting())).kind())
          .isEqualTo(Kind.TLS);
    }
  }

  @Test
  void whatTheServerRefusesIsToldWithItsNumber() throws Exception {
    refused("AUTH", "535 5.7.8 no such user", new MailFailure(Kind.AUTHENTICATION, 535));
    refused("MAIL", "553 5.7.1 not yours", new MailFailure(Kind.SENDER, 553));
    refused("RCPT", "550 5.1.1 unknown", new MailFailure(Kind.RECIPIENT, 550));
    refused("RCPT", "450 4.2.1 later", new MailFailure(Kind.RECIPIENT, 450));
    refused("MESSAGE", "554 5.7.1 spam", new MailFailure(Kind.OTHER, 554));
  }

  private static void refused(String command, String answer, MailFailure told) throws Exception {
    try (ScriptedSmtp server = ScriptedSmtp.plain(keys).answering(command, answer)) {
      assertThat(failure(new Smtp(at(server, Tls.NONE)))).as(answer).isEqualTo(told);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "EHLO", "AUTH", "RCPT", "MESSAGE"})
  void aServerThatFallsSilentIsWaitedForNoLongerThanTheSettingsSay(String command)
      throws Exception {
    try (ScriptedSmtp server = ScriptedSmtp.plain(keys).silentAt(command)) {
      MailSettings hasty =
          settings("127.0.0.1", server.port(), Tls.NONE, LOGIN, Duration.ofSeconds(1));
      assertThat(failure(new Smtp(hasty)).kind()).isEqualTo(Kind.TIMEOUT);
    }
  }

  @Test
  void whereNobodyListensTheConnectionIsRefusedAndAnUnknownNameIsToldApart() throws Exception {
    try (Socket deaf = new Socket()) { // holds the port, and does not listen
      deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = deaf.getLocalPort();
      assertThat(failure(new Smtp(settings("127.0.0.1", port, Tls.NONE, null))))
          .isEqualTo(new MailFailure(Kind.REFUSED, 0));
      assertThat(failure(new Smtp(settings("mail.invalid", port, Tls.NONE, null))).kind())
          .isEqualTo(Kind.UNKNOWN_HOST);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyFailureIsSaidInBothLanguagesAndIsTheSameAfterItWasNoted(Kind kind) {
    MailFailure failure = new MailFailure(kind, 535);
    assertThat(MailFailure.find(failure.noted())).contains(failure);
    for (Voice voice : Voice.all()) {
      assertThat(failure.say(voice)).contains("535").hasLineCount(1);
    }
    assertThat(MailFailure.find("something else")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mina@example.com\r\nBcc: everybody@example.com",
        "Mina\n <mina@example.com>",
        "mina",
        "mina@",
        "",
        "a@example.com, b@example.com",
        "team: mina@example.com;"
      })
  void anAddressIsOneAddressInOneLine(String text) {
    assertThatThrownBy(() -> MailSettings.address(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSubjectIsOneLineAndAPasswordIsNoText() {
    assertThatThrownBy(() -> new Letter("Report\r\nBcc: everybody@example.com", "", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(settings("localhost", 25, Tls.NONE, LOGIN).toString()).doesNotContain("sesame");
  }
}
