package io.gapcanary;

import io.gapcanary.kb.Article;
import io.gapcanary.kb.AskedAs;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.Database;
import io.gapcanary.storage.IndexLog.Change;
import io.gapcanary.storage.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the search index in step with the record: what changed there is looked up and brought here,
 * at once while the desk is open and all that was missed when it opens.
 */
final class IndexFeed {
  private static final int PAGE = 1000;

  /**
   * Changes between commits: counted and not timed, so that the same events make the same index.
   */
  private static final int COMMIT_EVERY = 4096;

  /**
   * The desk calibrates itself before its first question, when it has heard this many that ended,
   * and at each doubling.
   */
  private static final int FIRST_CALIBRATION = 60;

  private final Database database;
  private final KnowledgeBase knowledge;
  private int uncommitted;
  private int learned;
  private int calibrateAt;

  IndexFeed(Database database, KnowledgeBase knowledge) {
    this.database = database;
    this.knowledge = knowledge;
  }

  /** True when the index is of a later record than this one: it must be begun again. */
  static boolean isAhead(KnowledgeBase knowledge, Database database) {
    return knowledge.revision() > database.read(session -> session.index().revision());
  }

  /** Brings everything that the index missed, and the calibrations that were kept. */
  void catchUp() {
    knowledge.useCalibrations(database.read(session -> session.meta().calibrations()));
    long revision = knowledge.revision();
    int offset = 0;
    while (true) {
      int from = offset;
      List<Change> page = database.read(session -> session.index().after(revision, PAGE, from));
      if (page.isEmpty()) {
        break;
      }
      apply(page);
      offset += page.size();
    }
    learned =
        database.read(session -> session.articles().wordings() + session.outcomes().unanswered());
    calibrateAt = database.read(session -> session.meta().calibrateAt()).orElse(0);
    commit();
  }

  /** Brings what a write changed. */
  void apply(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    database.vectors().keeping(() -> database.read(session -> apply(session, changes)));
    uncommitted += changes.size();
  }

  private boolean apply(Session session, List<Change> changes) {
    List<Article> articles = new ArrayList<>();
    List<AskedAs> wordings = new ArrayList<>();
    List<String> unlearned = new ArrayList<>();
    for (Change change : changes) {
      switch (change.kind()) {
        case ARTICLE ->
            session
                .articles()
                .find(change.key())
                .ifPresentOrElse(articles::add, () -> knowledge.remove(change.key()));
        case WORDING ->
            session
                .articles()
                .findWording(change.key())
                .ifPresentOrElse(wordings::add, () -> unlearned.add(change.key()));
        case QUESTION -> question(session, change.key());
      }
    }
    knowledge.putAll(articles);
    if (!unlearned.isEmpty()) {
      knowledge.unlearn(unlearned);
    }
    if (!wordings.isEmpty()) {
      knowledge.learn(wordings);
      learned += wordings.size();
    }
    return true;
  }

  /**
   * The question of a case that ended with nothing given is remembered, and any other forgotten.
   */
  private void question(Session session, String caseId) {
    Optional<Outcome> outcome = session.outcomes().find(caseId);
    Optional<CaseRow> row = session.cases().find(caseId).filter(CaseRow::asks);
    if (outcome.filter(IndexFeed::endedWithout).isPresent() && row.isPresent()) {
      knowledge.remember(caseId, row.get().asked());
      learned++;
    } else {
      knowledge.forget(List.of(caseId));
    }
  }

  private static boolean endedWithout(Outcome outcome) {
    return outcome.given().isEmpty() && outcome.outcome() != Outcome.Kind.UNAVAILABLE;
  }

  /** What an event leaves to do now and then: a calibration, a commit. */
  void afterEvent() {
    if (learned >= calibrateAt) {
      calibrate();
    }
    if (uncommitted >= COMMIT_EVERY) {
      commit();
    }
  }

  /** Fits probabilities and floors to what was learned so far, and keeps the fits. */
  void calibrate() {
    Map<String, String> fits = knowledge.calibrate();
    calibrateAt = Math.max(FIRST_CALIBRATION, 2 * learned);
    database.write(
        session -> {
          session.meta().setCalibrations(fits, calibrateAt);
          return fits;
        });
  }

  /** Makes the index durable. */
  void commit() {
    knowledge.commit(database.read(session -> session.index().revision()));
    uncommitted = 0;
  }
}
