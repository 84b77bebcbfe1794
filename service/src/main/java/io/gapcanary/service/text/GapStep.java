package io.gapcanary.service.text;

import io.gapcanary.Gap;
import io.gapcanary.WeeklyReport.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in a sentence what to do about a gap. */
public final class GapStep {
  private GapStep() {}

  /** What to do, or {@code null} when there is nothing to be done. */
  public static @Nullable String say(Gap gap, Voice voice) {
    Step step = gap.step();
    if (step == null) {
      return null;
    }
    String key = "step." + step.wireName();
    List<String> names =
        switch (step) {
          case COVER_VERSION -> gap.versions();
          case TRANSLATE_ARTICLE ->
              gap.languages().stream().map(tag -> voice.sayOr("language." + tag, tag)).toList();
          case WRITE_ARTICLE,
              COMPLETE_ARTICLE,
              MAKE_FINDABLE,
              FIX_PRODUCT,
              CHANGE_PROCESS,
              TRAIN_AGENTS ->
              List.of();
        };
    return names.isEmpty()
        ? voice.say(key)
        : voice.say(key + ".named", String.join(", ", names), names.size());
  }
}
