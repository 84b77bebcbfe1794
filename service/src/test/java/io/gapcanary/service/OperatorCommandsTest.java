package io.gapcanary.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.access.Access;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.command.Terminal;
import io.gapcanary.service.http.LiveDesk;
import io.gapcanary.service.text.Voice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class OperatorCommandsTest {
  private static final String PASSWORD = "four plain words here";

  @TempDir private Path folder;

  private Path data() {
    return folder.resolve("data");
  }

  private static Ran with(String sent, Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Voice.ENGLISH,
            false,
            Ran.CLOCK,
            new ByteArrayInputStream(sent.getBytes(StandardCharsets.UTF_8)));
    int code =
        Gapcanary.run(terminal, Arrays.stream(args).map(String::valueOf).toArray(String[]::new));
    return new Ran(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Ran add(String name, String password) {
    return with(password + "\n", "users", "add", name, "--role", "manager", "--data", data());
  }

  private Access access() {
    return Access.open(data(), AccessSettings.DEFAULT, Ran.CLOCK);
  }

  @Test
  void aPersonIsAddedWithAPasswordThatIsSentAndNeverAnOption() {
    Ran added = add("Mina", PASSWORD);
    assertThat(added.code()).as(added.err()).isZero();
    assertThat(added.out()).contains("Mina", "manager", "everybody signs in");
    try (Access access = access()) {
      assertThat(access.signIn("Mina", PASSWORD, "here")).isInstanceOf(Access.SigningIn.Done.class);
    }
    assertThat(with("", "users", "add", "Jun", "--role", "agent", "--password", PASSWORD).code())
        .isEqualTo(2);
  }

  @Test
  void whatCannotBeAPersonIsRefusedInOneSentence() {
    add("Mina", PASSWORD);
    refused(add("mina", PASSWORD), "already");
    refused(add("Jun", "short"), "12 to 200 characters");
    refused(add("Jun", ""), "password is empty");
    refused(add("Jun", "aaaaaaaaaaaaaaaa"), "guessed");
    refused(add("  ", PASSWORD), "1 to 100 characters");
    refused(
        with(PASSWORD, "users", "add", "Jun", "--role", "ingest", "--data", data()), "programs");
    refused(with(PASSWORD, "users", "add", "Jun", "--role", "boss", "--data", data()), "boss");
    refused(with(PASSWORD, "users", "password", "Nobody", "--data", data()), "no user Nobody");
    refused(with("", "keys", "revoke", "nonesuch", "--data", data()), "nonesuch");
    refused(with("", "keys", "create", "--scope", "all", "--name", "x", "--data", data()), "all");
  }

  private static void refused(Ran ran, String said) {
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.errLines()).hasSize(1);
    assertThat(ran.err()).contains(said);
  }

  @Test
  void aPersonsPasswordAndRoleAreChangedAndThePersonRemoved() {
    add("Mina", PASSWORD);
    assertThat(with("other plain words\n", "users", "password", "mina", "--data", data()).code())
        .isZero();
    assertThat(with("", "users", "role", "Mina", "admin", "--data", data()).code()).isZero();
    assertThat(with("", "users", "list", "--data", data()).out()).contains("Mina", "admin");
    assertThat(with("", "users", "remove", "Mina", "--data", data()).code()).isZero();
    assertThat(with("", "users", "list", "--data", data()).out()).contains("no user");
    assertThat(with("", "audit", "--data", data()).out())
        .contains("operator", "users add", "users password", "users role admin", "users remove");
  }

  @Test
  void aKeyIsOnStandardOutputAloneSoThatItCanBePipedIntoAFile() {
    Ran made = with("", "keys", "create", "--scope", "ingest", "--name", "crm", "--data", data());
    assertThat(made.out()).matches("gck_[a-z2-9_]+\\R");
    assertThat(made.err()).contains("crm", "ingest", "this once");
  }

  @Test
  void aDeskIsBackedUpWhileItIsServedAndTheRestoredOneAnswersTheSame() {
    String suggested;
    try (LiveDesk live = LiveDesk.on(data())) {
      live.post("/api/v1/articles", SmallDesk.ARTICLES);
      live.post("/api/v1/cases", "{\"id\":\"c-1\",\"customerId\":\"cu-1\"}");
      live.post(
          "/api/v1/cases/c-1/messages",
          "{\"from\":\"customer\",\"text\":\"How do I reset the password of my account in the settings?\"}");
      suggested = live.get("/api/v1/cases/c-1/suggestions").body();
      Ran made = with("", "backup", "--data", data(), "--to", folder.resolve("desk.zip"));
      assertThat(made.code()).as(made.err()).isZero();
      assertThat(made.out()).contains("articles 4, cases 1, messages 1, gaps 0", "whole");
    }
    Path restored = folder.resolve("restored");
    Ran back = with("", "restore", "--from", folder.resolve("desk.zip"), "--data", restored);
    assertThat(back.code()).as(back.err()).isZero();
    try (LiveDesk live = LiveDesk.on(restored)) {
      assertThat(suggested).contains("kb-1");
      assertThat(live.get("/api/v1/cases/c-1/suggestions").body()).isEqualTo(suggested);
    }
    refused(
        with("", "restore", "--from", folder.resolve("desk.zip"), "--data", restored), "not empty");
    refused(with("", "backup", "--data", folder.resolve("none"), "--to", "x.zip"), "no desk");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void theCommandConfigTellsWhereEachSettingComesFrom() throws Exception {
    Path file = Files.writeString(folder.resolve("desk.properties"), "repeatWindow = 14d\n");
    Ran ran = with("", "config", "--settings", file, "--port", 9, "--set", "near=0.4");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out())
        .containsPattern("repeatWindow +14d +file .*desk.properties")
        .containsPattern("port +9 +option")
        .containsPattern("near +0.4 +option")
        .containsPattern("sessionLength +12h +default");
    refused(with("", "config", "--set", "near=7"), "near");
    refused(with("", "config", "--port", "70000"), "70000");
  }

  @ParameterizedTest
  @MethodSource("io.gapcanary.service.text.Voice#all")
  void anAddressForOthersNeedsSomebodyWhoIsKnown(Voice voice) {
    Ran refused = Ran.command(voice, "serve", "--host", "0.0.0.0", "--data", data());
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.errLines()).hasSize(1);
    assertThat(refused.err()).contains("0.0.0.0", "users add", "--role admin", data().toString());
  }
}
