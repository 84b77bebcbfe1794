package io.gapcanary.service.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.command.Configuration.Source;
import io.gapcanary.service.mail.MailSettings;
import io.gapcanary.service.serve.ServeSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("desk.properties"), text);
  }

  private static Configuration.Value value(Configuration configuration, String name) {
    return configuration.all().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anOptionStandsOverTheEnvironmentAndThatOverTheFileAndThatOverTheDefault()
      throws IOException {
    Path file = file("port = 1\nhost = ::1\nnear = 0.3\nrepeatWindow = 3d\n");
    Configuration all =
        Configuration.of(
            file,
            Map.of("GAPCANARY_PORT", "2", "GAPCANARY_HOST", "localhost", "GAPCANARY_NEAR", "0.4"),
            Map.of("port", "3"));
    assertThat(value(all, "port")).isEqualTo(new Configuration.Value("port", "3", Source.FLAG, ""));
    assertThat(value(all, "host").source()).isEqualTo(Source.ENVIRONMENT);
    assertThat(value(all, "host").place()).isEqualTo("GAPCANARY_HOST");
    assertThat(value(all, "repeatWindow").source()).isEqualTo(Source.FILE);
    assertThat(value(all, "closeAfter"))
        .isEqualTo(new Configuration.Value("closeAfter", "24h", Source.DEFAULT, ""));
    assertThat(all.deskSettings().near()).isEqualTo(0.4);
    assertThat(all.deskSettings().repeatWindow()).isEqualTo(Duration.ofDays(3));
    assertThat(ServeSettings.of(all).port()).isEqualTo(3);
    assertThat(ServeSettings.of(all).host()).isEqualTo("localhost");
  }

  @Test
  void everySettingIsListedOnce() {
    assertThat(Configuration.of(null, Map.of(), Map.of()).all())
        .extracting(Configuration.Value::name)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(Configuration.names());
  }

  @Test
  void theListedDefaultsAreTheDefaults() {
    Configuration listed = Configuration.of(null, Map.of(), Map.of());
    Configuration again =
        Configuration.of(
            null,
            Map.of(),
            listed.all().stream()
                .filter(value -> !value.text().isEmpty())
                .collect(
                    java.util.stream.Collectors.toMap(
                        Configuration.Value::name, Configuration.Value::text)));
    assertThat(again.deskSettings()).isEqualTo(listed.deskSettings());
    assertThat(ServeSettings.of(again)).isEqualTo(ServeSettings.of(listed));
  }

  @Test
  void whatIsNoSettingIsNamed() throws IOException {
    Path file = file("prot = 1\n");
    assertThatThrownBy(() -> Configuration.of(file, Map.of(), Map.of()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("prot");
    assertThatThrownBy(() -> Configuration.of(null, Map.of(), Map.of("prot", "1")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("--set: there is no setting prot");
    assertThat(
            Configuration.of(
                    null,
                    Map.of("GAPCANARY_PROT", "1", "GAPCANARY_EMBEDDER_KEY", "k", "OTHER", "x"),
                    Map.of())
                .unknownVariables())
        .containsExactly("GAPCANARY_PROT");
  }

  @Test
  void aPortThatAnOrchestratorSetIsLeftAlone() {
    Configuration all =
        Configuration.of(null, Map.of("GAPCANARY_PORT", "tcp://10.0.0.7:7070"), Map.of());
    assertThat(ServeSettings.of(all).port()).isEqualTo(7070);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "port=70000",
        "port=x",
        "sessionLength=0s",
        "logRequests=yes",
        "publicAddress=desk.example.com",
        "publicAddress=ftp://desk",
        "requestsPerSecond=0",
        "proxies=-1",
        "corsOrigins=*",
        "corsOrigins=https://shop.example.com/",
        "corsOrigins=https://Shop.example.com",
        "corsOrigins=https://*.example.com",
        "corsOrigins=null",
        "mailFrom=desk@example.com",
        "mailTo=mina@example.com"
      })
  void aValueThatCannotBeReadIsRefusedWithItsName(String setting) {
    String[] pair = setting.split("=", 2);
    Configuration all =
        Configuration.of(null, Map.of(Configuration.variable(pair[0]), pair[1]), Map.of());
    assertThatThrownBy(() -> ServeSettings.of(all))
        .isInstanceOf(CommandFailure.class)
        .hasMessageMatching("(?s)GAPCANARY_[A-Z_]+ = .*");
  }

  private static Configuration client(String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("GAPCANARY_ISSUER", "https://login.example.com/");
    environment.put("GAPCANARY_ISSUER_AUDIENCE", "gapcanary");
    environment.put("GAPCANARY_ISSUER_CLIENT", "desk");
    environment.put("GAPCANARY_ISSUER_SECRET", "open sesame");
    environment.put("GAPCANARY_PUBLIC_ADDRESS", "https://desk.example.com");
    for (String one : more) {
      String[] pair = one.split("=", 2);
      environment.put(Configuration.variable(pair[0]), pair[1]);
    }
    return Configuration.of(null, environment, Map.of());
  }

  @Test
  void peopleSignInThroughAnIssuerThatKnowsThisDesk() {
    AccessSettings.Issuer issuer = ServeSettings.of(client()).access().issuer();
    assertThat(issuer.name())
        .as("as its tokens have it")
        .isEqualTo(URI.create("https://login.example.com/"));
    assertThat(issuer.client())
        .isEqualTo(
            new AccessSettings.Client(
                "desk", "open sesame", "openid profile", "login.example.com", null, null));
    assertThat(client().all().toString() + ServeSettings.of(client())).doesNotContain("sesame");
    assertThat(ServeSettings.of(client("issuerClient=")).access().issuer().client()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"publicAddress=", "issuer=", "issuerScopes=profile", "issuerToken=x"})
  void aClientThatNobodyCouldSignInByIsRefusedAtTheStart(String setting) {
    Configuration all = client(setting);
    assertThatThrownBy(() -> ServeSettings.of(all))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("GAPCANARY_ISSUER_");
  }

  private static Configuration mail(String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("GAPCANARY_MAIL_HOST", "smtp.example.com");
    environment.put("GAPCANARY_MAIL_FROM", "desk@example.com");
    environment.put("GAPCANARY_MAIL_TO", "mina@example.com, Sora <sora@example.com>");
    for (String one : more) {
      String[] pair = one.split("=", 2);
      environment.put(Configuration.variable(pair[0]), pair[1]);
    }
    return Configuration.of(null, environment, Map.of());
  }

  @Test
  void eMailIsEncryptedAtTheUsualPortUnlessSomethingElseIsSaid() {
    MailSettings usual = ServeSettings.of(mail()).mail();
    assertThat(usual.port()).isEqualTo(587);
    assertThat(usual.tls()).isEqualTo(MailSettings.Tls.STARTTLS);
    assertThat(usual.recipients()).containsExactly("mina@example.com", "Sora <sora@example.com>");
    assertThat(ServeSettings.of(mail("mailTls=implicit")).mail().port()).isEqualTo(465);
    assertThat(ServeSettings.of(mail("mailTls=implicit", "mailPort=2465")).mail().port())
        .isEqualTo(2465);
    assertThat(ServeSettings.of(mail("mailTls=none", "mailHost=127.0.0.1")).mail().tls())
        .isEqualTo(MailSettings.Tls.NONE);
    assertThat(ServeSettings.of(mail("mailTls=none", "mailUnencrypted=true")).mail().tls())
        .isEqualTo(MailSettings.Tls.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mailTls=none",
        "mailTls=maybe",
        "mailHost=smtp.example.com\r\nX",
        "mailHost=smtp example",
        "mailPort=0",
        "mailUser=desk",
        "mailFrom=desk",
        "mailFrom=desk@example.com\r\nBcc: everybody@example.com",
        "mailTo=",
        "mailTo=mina@example.com\nBcc: everybody@example.com",
        "mailTo=mina@example.com,sora",
        "mailLanguage=fr",
        "mailPasswordFile=/no/such/file",
        "mailAttempts=0"
      })
  void eMailThatCannotBeSentLikeThisIsRefusedAtTheStartInOneSentence(String setting) {
    Configuration all = mail(setting);
    assertThatThrownBy(() -> ServeSettings.of(all))
        .isInstanceOf(CommandFailure.class)
        .hasMessageMatching("(?s)(GAPCANARY_)?(MAIL|mail)[A-Z_a-z]+ = .*: .*");
  }

  @Test
  void aPasswordIsShownNowhereAndIsNoOption() throws IOException {
    Configuration all = mail("mailUser=desk", "mailPassword=open sesame");
    assertThat(ServeSettings.of(all).mail().login())
        .isEqualTo(new MailSettings.Login("desk", "open sesame"));
    assertThat(value(all, "mailPassword").text()).isEqualTo("********");
    assertThat(all.all().toString() + ServeSettings.of(all)).doesNotContain("sesame");
    assertThat(value(mail(), "mailPassword").text()).isEmpty();
    assertThatThrownBy(
            () -> Configuration.of(null, Map.of(), Map.of("mailPassword", "open sesame")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("GAPCANARY_MAIL_PASSWORD")
        .hasMessageNotContaining("sesame");

    Path kept = Files.writeString(folder.resolve("password"), "from a file\nand no more\n");
    assertThat(
            ServeSettings.of(mail("mailUser=desk", "mailPasswordFile=" + kept))
                .mail()
                .login()
                .password())
        .isEqualTo("from a file");
  }

  @Test
  void anIssuerNeedsTheAudienceThatItsTokensBear() {
    Configuration all =
        Configuration.of(null, Map.of(), Map.of("issuer", "https://login.example.com"));
    assertThatThrownBy(() -> ServeSettings.of(all))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("issuerAudience");
  }

  @ParameterizedTest
  @EnumSource(ServiceSetting.class)
  void theDocumentsTellEverySettingWithItsDefault(ServiceSetting setting) throws IOException {
    String row =
        "| `"
            + setting.settingName()
            + "` | "
            + (setting.absent().isEmpty() ? "" : "`" + setting.absent() + "` ")
            + "|";
    assertThat(Files.readString(Path.of("../docs/operation.md"))).contains(row);
    assertThat(Files.readString(Path.of("../docs/operation.ko.md"))).contains(row);
  }
}
