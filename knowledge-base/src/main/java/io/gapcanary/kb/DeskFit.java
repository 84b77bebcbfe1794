package io.gapcanary.kb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * How one desk is fitted: where its texts and its questions stand, the calibration of each language
 * and the floors, those that were found and those that people decided on.
 *
 * <p>Thread-safe, as long as one thread at a time fits.
 */
final class DeskFit {
  private static final String CENTRE = "centre";
  private static final String QUESTIONS_CENTRE = "questions-centre";

  /** Fits are of one model's measurements. */
  private static final String MODEL = "model";

  /** The centre of questions is that of so many of each sort. */
  private static final int QUESTIONS = 4000;

  private static final int FEWEST_QUESTIONS = 20;

  private final Embeddings embeddings;
  private final Tuning tuning;
  private final Map<String, Calibration> fitted = new ConcurrentHashMap<>();
  private volatile Map<String, Double> decidedFloors = Map.of();
  private volatile SubjectLikeness likeness = new SubjectLikeness(Centre.NONE);
  private volatile Centre centre = Centre.NONE;

  /** Units that there were when the centre was found. */
  private volatile int centreOf;

  DeskFit(Embeddings embeddings, Tuning tuning) {
    this.embeddings = embeddings;
    this.tuning = tuning;
  }

  /** Fits all to what the indexes hold; takes some seconds. */
  void fit(UnitReader reader, QuestionIndex questions, Map<String, Header> headers, Runnable rest)
      throws IOException {
    stand(reader);
    standOfQuestions(reader, questions);
    new SelfLabelling(reader, headers, centre, rest)
        .labelled()
        .forEach((language, labelled) -> fitted.put(language, labelled.fit(shipped(language))));
  }

  /** What was fitted, by name, as {@link #use} reads it. */
  Map<String, String> written() {
    Map<String, String> written = new TreeMap<>();
    if (!embeddings.name().isEmpty()) {
      written.put(MODEL, embeddings.name());
    }
    if (centre.known()) {
      written.put(CENTRE, centre.written());
    }
    if (likeness.centre().known()) {
      written.put(QUESTIONS_CENTRE, likeness.centre().written());
    }
    fitted.forEach((language, calibration) -> written.put(language, calibration.written()));
    return written;
  }

  /**
   * Takes up what was written, unless that was of another model.
   *
   * @param units how many units the index holds
   * @return false when it was, so that a new fit is due
   * @throws IllegalArgumentException when a fit cannot be read
   */
  boolean use(Map<String, String> fits, IntSupplier units) {
    if (!fits.getOrDefault(MODEL, "").equals(embeddings.name())) {
      return fits.isEmpty();
    }
    fits.forEach(
        (name, fit) -> {
          switch (name) {
            case MODEL -> {}
            case CENTRE -> {
              centre = Centre.read(fit);
              centreOf = units.getAsInt();
            }
            case QUESTIONS_CENTRE -> likeness = new SubjectLikeness(Centre.read(fit));
            default -> fitted.put(name, shipped(name).read(fit));
          }
        });
    return true;
  }

  /** Where the desk stands; found anew when it has grown to twice what it was then. */
  Centre centre(UnitReader reader) throws IOException {
    if (!embeddings.name().isEmpty() && reader.units() >= 2 * Math.max(1, centreOf)) {
      stand(reader);
    }
    return centre;
  }

  /** Finds where the desk stands. */
  private void stand(UnitReader reader) throws IOException {
    Centre.Sum sum = new Centre.Sum();
    reader.sample().eachVector(sum::add);
    centre = sum.isEmpty() ? Centre.NONE : sum.centre(GeneralTexts.centre(embeddings));
    centreOf = reader.units();
  }

  /** Finds where its questions stand, among which likeness is told. */
  private void standOfQuestions(UnitReader reader, QuestionIndex questions) throws IOException {
    List<float[]> vectors = new ArrayList<>(reader.sample().questionLikeVectors(QUESTIONS));
    vectors.addAll(questions.vectors(QUESTIONS));
    likeness =
        new SubjectLikeness(vectors.size() < FEWEST_QUESTIONS ? Centre.NONE : Centre.of(vectors));
  }

  /** How alike questions are, as seen from where the desk's stand. */
  SubjectLikeness likeness() {
    return likeness;
  }

  Calibration calibration(String language) {
    return fitted.getOrDefault(language, shipped(language));
  }

  private Calibration shipped(String language) {
    return embeddings.understands(language) ? Calibration.WITH_MEANING : Calibration.WORDS_ONLY;
  }

  /** Whether a language's probabilities and floor are fitted to this desk. */
  boolean isFitted(String language) {
    return fitted.containsKey(language);
  }

  /** The floor in use with a calibration: what people decided, else what was set, else its own. */
  double floor(String language, Calibration calibration) {
    Double decided = decidedFloors.get(language);
    Double set = decided == null ? tuning.floor(language) : decided;
    return set == null ? calibration.floor() : set;
  }

  /**
   * Takes the floors that people decided on, by language, in the place of those before.
   *
   * @throws IllegalArgumentException when one is not a probability in (0, 1)
   */
  void decide(Map<String, Double> floors) {
    decidedFloors = new Tuning(floors, tuning.near(), tuning.learnedFor()).floors();
  }
}
