package io.gapcanary.service.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapcanary.DeskSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
  @TempDir private Path folder;

  private DeskSettings read(String text) throws IOException {
    Path file = folder.resolve("desk.properties");
    Files.writeString(file, text);
    return SettingsFile.read(file);
  }

  @Test
  void everySettingOfADeskCanBeSet() {
    TreeSet<String> all = new TreeSet<>(DeskSettings.DEFAULT.toMap().keySet());
    all.add("formingCustomers");
    all.add("durability");
    assertThat(new TreeSet<>(SettingsFile.names())).isEqualTo(all);
  }

  @Test
  void whatIsLeftOutKeepsItsDefault() throws IOException {
    assertThat(read("# nothing\n")).isEqualTo(DeskSettings.DEFAULT);
  }

  @Test
  void lengthsOfTimeAreShortOrIso() throws IOException {
    assertThat(read("repeatWindow = 3d").repeatWindow()).isEqualTo(Duration.ofDays(3));
    assertThat(read("reconnectWithin=10m").reconnectWithin()).isEqualTo(Duration.ofMinutes(10));
    assertThat(read("closeAfter: PT12H").closeAfter()).isEqualTo(Duration.ofHours(12));
    assertThat(read("keepCases = 730d").keepCases()).isEqualTo(Duration.ofDays(730));
    assertThatThrownBy(() -> read("keepCases = 3d")).hasMessageContaining("repeatWindow");
  }

  @Test
  void aTimeZoneIsOneThatIsKnown() throws IOException {
    assertThat(read("timeZone = Asia/Seoul").timeZone().getId()).isEqualTo("Asia/Seoul");
    assertThatThrownBy(() -> read("timeZone = Seoul")).hasMessageContaining("Asia/Seoul");
  }

  @Test
  void aTimeOfDayIsOneOfADay() throws IOException {
    assertThat(read("reportAt = 07:30").reportAt()).isEqualTo(LocalTime.of(7, 30));
    assertThatThrownBy(() -> read("reportAt = 7 am")).hasMessageContaining("08:00");
  }

  @Test
  void listsAreSeparatedByCommas() throws IOException {
    assertThat(read("phoneRegions = KR, JP").phoneRegions()).containsExactly("KR", "JP");
    assertThat(read("floors = en:0.55, ko=0.5").floors())
        .containsExactlyInAnyOrderEntriesOf(Map.of("en", 0.55, "ko", 0.5));
    assertThat(read("segmentWeights = vip:3, trial:0.5").weights().ofSegment("VIP")).isEqualTo(3);
    assertThatThrownBy(() -> read("impactWeights = luck:1")).hasMessageContaining("luck");
  }

  @ParameterizedTest
  @ValueSource(strings = {"settings.md", "settings.ko.md"})
  void theDocumentTellsEverySettingWithItsDefaultAndNoOther(String file) throws IOException {
    String document = Files.readString(Path.of("../docs", file));
    boolean korean = file.contains(".ko.");
    Map<String, Object> defaults = new LinkedHashMap<>(DeskSettings.DEFAULT.toMap());
    defaults.put("formingCustomers", DeskSettings.DEFAULT.formingCustomers());
    defaults.put("durability", DeskSettings.DEFAULT.durability().wireName());
    defaults.forEach(
        (name, value) ->
            assertThat(document)
                .as("docs/%s has a row for %s with its default", file, name)
                .contains("| `" + name + "` | " + asWritten(name, value, korean) + " |"));
    assertThat(
            Pattern.compile("(?m)^\\| `(\\w+)` \\| [^|]+ \\| \\S")
                .matcher(settings(document))
                .results())
        .extracting(row -> row.group(1))
        .containsExactlyElementsOf(defaults.keySet());
  }

  /** Without the tables of the meaning model. */
  private static String settings(String document) {
    return document.substring(0, document.indexOf("\n## "));
  }

  /** As the document has it, and the file may: 7d, not PT168H. */
  private static String asWritten(String name, Object value, boolean korean) {
    String text = value.toString();
    if (text.equals("PT0S")) {
      return "`0d`";
    }
    if (text.matches("PT\\d+H")) {
      long hours = Duration.parse(text).toHours();
      return hours % 24 == 0 && hours > 24 ? "`" + hours / 24 + "d`" : "`" + hours + "h`";
    }
    if (text.matches("PT\\d+M")) {
      return "`" + Duration.parse(text).toMinutes() + "m`";
    }
    if (value instanceof Map<?, ?> map && map.isEmpty()) {
      if (name.equals("floors")) {
        return korean ? "자동" : "calibrated";
      }
      return korean ? "모두 1" : "1 each";
    }
    return value instanceof Iterable<?>
        ? "`" + text.replaceAll("[\\[\\]]", "") + "`"
        : "`" + text + "`";
  }

  @ParameterizedTest
  @ValueSource(strings = {"settings.md", "settings.ko.md"})
  void theDocumentsExampleCanBeRead(String file) throws IOException {
    String document = Files.readString(Path.of("../docs", file));
    int start = document.indexOf("```properties\n") + "```properties\n".length();
    assertThat(read(document.substring(start, document.indexOf("```", start))))
        .isNotEqualTo(DeskSettings.DEFAULT);
  }
}
