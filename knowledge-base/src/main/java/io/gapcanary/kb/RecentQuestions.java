package io.gapcanary.kb;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The questions that were analysed lately, as one view of the index sees them: one question is
 * asked several times over (of the articles, of their own words alone, of past questions) before
 * anything changes. Thread-safe.
 */
final class RecentQuestions {
  private static final int MOST = 512;

  private final Map<Said, AskedText> asked = new HashMap<>();
  private UnitReader.@Nullable View view;

  /** What an analysis depends on beside the index. */
  private record Said(String text, @Nullable String language) {
    static Said of(Question question) {
      return new Said(question.text(), question.language());
    }
  }

  synchronized Optional<AskedText> find(UnitReader.View seen, Question question) {
    return seen.equals(view) ? Optional.ofNullable(asked.get(Said.of(question))) : Optional.empty();
  }

  /** Keeps an analysis, and forgets those of other views. */
  synchronized void keep(UnitReader.View seen, Question question, AskedText analysed) {
    if (!seen.equals(view) || asked.size() >= MOST) {
      asked.clear();
      view = seen;
    }
    asked.put(Said.of(question), analysed);
  }
}
