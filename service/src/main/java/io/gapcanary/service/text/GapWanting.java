package io.gapcanary.service.text;

import io.gapcanary.Gap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in a sentence or two what the remedy of a gap leaves wanting. */
public final class GapWanting {
  private GapWanting() {}

  /**
   * Of how many of its questions the remedy answers too few, and how many other questions it leads
   * elsewhere; {@code null} when it does neither.
   */
  public static @Nullable String say(Gap gap, Voice voice) {
    Gap.Replayed replayed = gap.replayed();
    if (replayed == null) {
      return null;
    }
    List<String> said = new ArrayList<>();
    if (replayed.degraded()) {
      said.add(voice.say("gap.partly.degraded"));
    } else if (!replayed.passes()) {
      String key = gap.state() == Gap.State.PUBLISHED ? "gap.partly.published" : "gap.partly";
      said.add(voice.say(key, replayed.answered(), replayed.asked()));
    }
    if (replayed.harmed() > 0) {
      said.add(voice.say("gap.partly.harm", replayed.harmed()));
    }
    return said.isEmpty() ? null : String.join(" ", said);
  }
}
