package io.gapcanary.kb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Some questions of which it is known how alike each two are. Each is analysed once, when it comes:
 * with hundreds of them one more costs as much as a search. Not thread-safe.
 */
public final class ComparedQuestions {
  private final KnowledgeBase knowledge;
  private final Map<String, QuestionIndex.Remembered> known = new HashMap<>();
  private final Map<String, Map<String, Double>> alike = new HashMap<>();

  /** None yet. */
  public ComparedQuestions(KnowledgeBase knowledge) {
    this.knowledge = knowledge;
  }

  /** Adds a question, or replaces the one of the same id. */
  public void put(String id, Question question) {
    remove(id);
    AskedText asked = knowledge.asked(question);
    Map<String, Double> its = new HashMap<>();
    SubjectLikeness likeness = knowledge.likeness();
    known.forEach(
        (other, remembered) -> {
          double probability = likeness.of(asked, remembered);
          its.put(other, probability);
          Objects.requireNonNull(alike.get(other)).put(id, probability);
        });
    known.put(id, KnowledgeBase.remembered(id, asked, null, null));
    alike.put(id, its);
  }

  /** Removes a question, if it is there. */
  public void remove(String id) {
    if (known.remove(id) != null) {
      alike.remove(id);
      alike.values().forEach(its -> its.remove(id));
    }
  }

  /** Removes all. */
  public void clear() {
    known.clear();
    alike.clear();
  }

  /**
   * The probability, in [0, 1], that two different questions ask the same thing, as of when the
   * later of them came; 0 when one is not there.
   */
  public double sameSubject(String one, String other) {
    return alike.getOrDefault(one, Map.of()).getOrDefault(other, 0.0);
  }

  /** Those that ask the same as one with a probability of so much or more, in no order. */
  public List<String> near(String id, double least) {
    List<String> near = new ArrayList<>();
    alike
        .getOrDefault(id, Map.of())
        .forEach(
            (other, probability) -> {
              if (probability >= least) {
                near.add(other);
              }
            });
    return near;
  }
}
