package io.gapcanary.service.page;

import io.gapcanary.Floor;
import io.gapcanary.Recalculation;
import io.gapcanary.Recalculations;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page on which past cases are judged again.
 *
 * @param frame the page's
 * @param latest the recalculation that is there, or {@code null}
 * @param settings what can be changed, as it is, by name
 * @param floors the floors as they are
 * @param asked what the address asks for, by the names of the form's fields
 * @param decisions what was kept, the latest first
 * @param refused why nothing was done, as a key of texts, or {@code null}
 */
public record RecalculationView(
    Frame frame,
    @Nullable Recalculation latest,
    Map<String, String> settings,
    List<Floor> floors,
    Map<String, String> asked,
    List<Recalculations.Decision> decisions,
    @Nullable String refused) {
  /** Takes copies. */
  public RecalculationView {
    floors = List.copyOf(floors);
    asked = Map.copyOf(asked);
    decisions = List.copyOf(decisions);
  }

  /** A floor for a field. */
  static String field(double floor) {
    return String.format(Locale.ROOT, "%.4f", floor).replaceFirst("0+$", "");
  }

  /** What stands in a setting's field. */
  public String setting(String name) {
    return asked.getOrDefault(name, settings.getOrDefault(name, ""));
  }

  /** What stands in a floor's field. */
  public String floor(Floor floor) {
    return asked.getOrDefault("floor." + floor.language(), field(floor.value()));
  }

  /** What a setting is called; {@code floor.en} is a floor. */
  public String named(String setting) {
    if (setting.startsWith("floor.")) {
      String language = setting.substring("floor.".length());
      return frame
          .voice()
          .say("again.floor", frame.voice().sayOr("language." + language, language));
    }
    return frame.voice().say("again.setting." + setting);
  }

  /** What a decision says, in short. */
  public String told(Recalculations.Decision decision) {
    return new TreeMap<>(decision.settings())
        .entrySet().stream()
            .map(one -> named(one.getKey()) + " " + one.getValue())
            .collect(Collectors.joining(", "));
  }

  /** How far the recalculation is, in percent. */
  public int percent(Recalculation of) {
    return of.total() == 0 ? 0 : (int) (100L * of.done() / of.total());
  }

  /** True while somebody works on it. */
  public boolean works(Recalculation of) {
    return switch (of.state()) {
      case WAITING, RUNNING -> true;
      case READY, KEPT, FAILED -> false;
    };
  }
}
