package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final List<String> SUBJECTS =
      List.of(
          "invoice",
          "parcel",
          "password",
          "ringtone",
          "battery",
          "printer",
          "calendar",
          "holiday",
          "passport",
          "mortgage",
          "parking",
          "camera");
  private static final List<String> FORMS =
      List.of(
          "my %s is broken",
          "%s does not work", "problem with the %s", "need a new %s", "where is my %s now");

  private static void fill(KnowledgeBase kb, int wordingsEach) {
    List<AskedAs> wordings = new ArrayList<>();
    for (String subject : SUBJECTS) {
      kb.put(
          Article.builder(subject, "About the " + subject, "All that we know of a " + subject + ".")
              .build());
      for (String form : FORMS.subList(0, wordingsEach)) {
        wordings.add(
            new AskedAs(
                "w" + wordings.size(), subject, String.format(form, subject), "history", NOW));
      }
    }
    kb.learn(wordings);
  }

  @Test
  void aDeskWithFewWordingsKeepsWhatShips(@TempDir Path folder) {
    try (KnowledgeBase kb = KnowledgeBase.open(folder)) {
      fill(kb, 1);
      double before = kb.floor("en");
      assertThat(kb.calibrate()).isEmpty();
      assertThat(kb.floor("en")).isEqualTo(before);
    }
  }

  @Test
  void aDeskWithManyWordingsLearnsToTellWhatItHasNot(@TempDir Path folder) {
    try (KnowledgeBase kb = KnowledgeBase.open(folder)) {
      fill(kb, FORMS.size());
      assertThat(kb.calibrate()).containsOnlyKeys("en");
      assertThat(answerable(kb, "the printer is out of order")).isGreaterThan(0.7);
      assertThat(answerable(kb, "my umbrella is broken")).isLessThan(0.5);
    }
  }

  @Test
  void fitsThatWereKeptGiveTheSameProbabilities(@TempDir Path one, @TempDir Path two) {
    try (KnowledgeBase kb = KnowledgeBase.open(one);
        KnowledgeBase again = KnowledgeBase.open(two)) {
      fill(kb, FORMS.size());
      fill(again, FORMS.size());
      Map<String, String> kept = kb.calibrate();
      again.useCalibrations(kept);
      assertThat(answerable(again, "camera problem")).isEqualTo(answerable(kb, "camera problem"));
      assertThat(again.floor("en")).isEqualTo(kb.floor("en"));
      assertThat(again.calibrate()).isEqualTo(kept);
    }
  }

  @Test
  void aFloorThatWasSetStays(@TempDir Path folder) {
    Tuning tuning = new Tuning(Map.of("en", 0.9), 0.5, Tuning.DEFAULT.learnedFor());
    try (KnowledgeBase kb = KnowledgeBase.open(folder, null, VectorStore.NONE, tuning)) {
      fill(kb, FORMS.size());
      kb.calibrate();
      assertThat(kb.floor("en")).isEqualTo(0.9);
    }
  }

  private static double answerable(KnowledgeBase kb, String text) {
    return kb.match(Question.of(text, NOW), Scope.ALL).answerable();
  }
}
