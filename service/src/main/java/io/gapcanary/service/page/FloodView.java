package io.gapcanary.service.page;

import io.gapcanary.DeskSettings;
import io.gapcanary.Flood;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The cases that look like a machine's doing.
 *
 * @param frame the page's
 * @param page their texts
 * @param cases the latest cases of each, by its id
 * @param settings the desk's
 */
public record FloodView(
    Frame frame, Flood.Page page, Map<String, List<String>> cases, DeskSettings settings) {
  /** Takes a copy. */
  public FloodView {
    cases = Map.copyOf(cases);
  }

  /** The latest cases of a text. */
  public List<String> casesOf(Flood flood) {
    return cases.getOrDefault(flood.id(), List.of());
  }

  /** How its cases came. */
  public String channels(Flood flood) {
    return flood.channels().stream()
        .map(channel -> frame.voice().sayOr("channel." + channel, channel))
        .collect(Collectors.joining(", "));
  }

  /** What makes a flood, in words. */
  public String rule() {
    return settings.floodCases() == 0
        ? frame.voice().say("flood.off")
        : frame
            .voice()
            .say(
                "flood.lead",
                settings.floodCases(),
                frame.voice().number(settings.floodWithin().toSeconds() / 60.0, 0));
  }
}
