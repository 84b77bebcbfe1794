package io.gapcanary.service.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.gapcanary.service.access.RouteRules;
import io.gapcanary.service.access.Scope;
import io.gapcanary.service.page.AccessPages;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VoiceTest {
  private static final Pattern SAID = Pattern.compile("(?:say|sayOr)\\(\\s*\"([\\w.@-]+)\"");

  private static Properties texts(String code) {
    Properties texts = new Properties();
    try (InputStream in =
            Objects.requireNonNull(
                Voice.class.getResourceAsStream("messages_" + code + ".properties"));
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      texts.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  @Test
  void everyTextIsThereInBothLanguages() {
    assertThat(texts("ko").stringPropertyNames()).isEqualTo(texts("en").stringPropertyNames());
  }

  @Test
  void everyTextCanBeFilledIn() {
    for (String code : new String[] {"en", "ko"}) {
      Properties texts = texts(code);
      for (String key : texts.stringPropertyNames()) {
        String text = texts.getProperty(key);
        assertThat(text).as(key).isNotBlank().doesNotContain("'");
        assertThatCode(
                () ->
                    new MessageFormat(text, Locale.forLanguageTag(code))
                        .format(new Object[] {1, 2, 3, 4, 5, 6, 7}))
            .as(key)
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void everyTextThatIsSaidExists() throws IOException {
    Set<String> known = texts("en").stringPropertyNames();
    Set<String> missing = new TreeSet<>();
    for (String root : new String[] {"src/main/jte", "src/main/java"}) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          SAID.matcher(Files.readString(file))
              .results()
              .map(found -> found.group(1))
              .filter(key -> !known.contains(key) && !key.endsWith("."))
              .forEach(missing::add);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void timesAreToldWhereTheDeskIsWhateverTheMachineIs() {
    Instant evening = Instant.parse("2026-11-22T15:30:00Z");
    Voice seoul = Voice.KOREAN.in(ZoneId.of("Asia/Seoul"));
    assertThat(seoul.date(evening)).isEqualTo("2026. 11. 23.");
    assertThat(seoul.time(evening)).contains("2026. 11. 23.").contains("12:30");
    assertThat(seoul.other().date(evening)).isEqualTo("Nov 23, 2026");
    assertThat(Voice.ENGLISH.in(ZoneId.of("America/New_York")).time(evening)).contains("10:30");
  }

  @Test
  void everyActThatIsKeptIsSaidInWords() {
    Set<String> known = texts("en").stringPropertyNames();
    assertThat(RouteRules.all().entrySet())
        .filteredOn(route -> !route.getKey().startsWith("GET "))
        .filteredOn(route -> !route.getValue().scopes().contains(Scope.AGENT))
        .extracting(route -> AccessPages.nameOf(route.getKey()))
        .isNotEmpty()
        .allMatch(known::contains);
  }

  @Test
  void theBrowsersFirstKnownLanguageIsSpoken() {
    assertThat(Voice.accepted("ko-KR,ko;q=0.9,en;q=0.8")).isEqualTo(Voice.KOREAN);
    assertThat(Voice.accepted("de-DE,ko;q=0.5,en;q=0.8")).isEqualTo(Voice.ENGLISH);
    assertThat(Voice.accepted("de")).isEqualTo(Voice.ENGLISH);
    assertThat(Voice.accepted(";;=")).isEqualTo(Voice.ENGLISH);
    assertThat(Voice.accepted("")).isEqualTo(Voice.ENGLISH);
  }

  @Test
  void aCommandSpeaksTheLanguageOfItsEnvironment() {
    assertThat(Voice.ofEnvironment(Map.of("LANG", "ko_KR.UTF-8"))).isEqualTo(Voice.KOREAN);
    assertThat(Voice.ofEnvironment(Map.of("LANG", "ko_KR.UTF-8", "LC_ALL", "C.UTF-8")))
        .isEqualTo(Voice.ENGLISH);
    assertThat(Voice.ofEnvironment(Map.of())).isEqualTo(Voice.ENGLISH);
  }

  @Test
  void nothingIsCertain() {
    assertThat(Voice.ENGLISH.probability(0.9999)).isEqualTo("99%");
    assertThat(Voice.KOREAN.probability(0.83)).isEqualTo("83%");
    assertThat(Voice.ENGLISH.probability(0)).isEqualTo("1%");
  }

  @Test
  void oneIsNotSaidAsMany() {
    assertThat(Voice.ENGLISH.say("gap.customers", 1)).isEqualTo("1 customer");
    assertThat(Voice.ENGLISH.say("gap.customers", 1234)).isEqualTo("1,234 customers");
    assertThat(Voice.KOREAN.say("gap.customers", 3)).isEqualTo("고객 3명");
    assertThat(Voice.ENGLISH.took(Duration.ofSeconds(75))).isEqualTo("1 min 15 s");
  }

  @Test
  void placesAreSaidAsPeopleSayThem() {
    assertThat(Voice.ENGLISH.ordinal(1)).isEqualTo("first");
    assertThat(Voice.ENGLISH.ordinal(2)).isEqualTo("2nd");
    assertThat(Voice.ENGLISH.ordinal(12)).isEqualTo("12th");
    assertThat(Voice.ENGLISH.ordinal(21)).isEqualTo("21st");
    assertThat(Voice.KOREAN.ordinal(1)).isEqualTo("첫 번째");
    assertThat(Voice.KOREAN.ordinal(7)).isEqualTo("7번째");
  }

  @Test
  void thePanelsTextsAreTheSameInBothLanguagesAndPlainEnoughForAScript() {
    assertThat(Voice.KOREAN.panelTexts().keySet())
        .isEqualTo(Voice.ENGLISH.panelTexts().keySet())
        .contains(
            "panel.title",
            "reason.no-article",
            "warning.given-before",
            "evidence.asked-as",
            "ordinal.first");
    for (Voice voice : Voice.all()) {
      assertThat(voice.panelTexts().values())
          .allSatisfy(
              text ->
                  assertThat(text.replaceAll("\\{\\d}", "")).isNotBlank().doesNotContain("{", "'"));
    }
  }

  @Test
  void noKoreanTextLeavesTheChoiceOfAParticleToItsReader() {
    Pattern either = Pattern.compile("은\\(는\\)|을\\(를\\)|이\\(가\\)|[와과]\\([와과]\\)|\\((으|이)\\)");
    assertThat(either.matcher("키 {0}을(를) 폐기했습니다.").find()).isTrue();
    assertThat(texts("ko").values())
        .isNotEmpty()
        .noneMatch(text -> either.matcher(String.valueOf(text)).find());
  }
}
