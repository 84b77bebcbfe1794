package io.gapcanary;

import io.gapcanary.kb.Article;
import io.gapcanary.kb.AskedAs;
import io.gapcanary.kb.EmbeddingException;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Question;
import io.gapcanary.kb.WordsOnly;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.Database;
import io.gapcanary.storage.IndexLog.Change;
import io.gapcanary.storage.IndexLog.Kind;
import io.gapcanary.storage.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

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
   * and whenever these or its articles have doubled.
   */
  private static final int FIRST_CALIBRATION = 60;

  /**
   * Fewer articles than this tell nothing of a desk; from here on it is their doubling that counts.
   */
  private static final int FIRST_ARTICLES = 8;

  /** Few, so that a calling thread can stop soon. */
  private static final int EMBEDDED_AT_ONCE = 8;

  private final Database database;
  private final KnowledgeBase knowledge;
  private final AtomicInteger uncommitted = new AtomicInteger();
  private volatile long uncommittedSince;
  private int learned;
  private int calibrateAt;
  private int calibrateAtArticles;
  private boolean articlesChanged = true;

  IndexFeed(Database database, KnowledgeBase knowledge) {
    this.database = database;
    this.knowledge = knowledge;
  }

  /** True when the index is of a later record than this one: it must be begun again. */
  static boolean isAhead(KnowledgeBase knowledge, Database database) {
    return knowledge.revision() > database.read(session -> session.index().revision());
  }

  /**
   * Brings everything that the index missed, and the calibrations that were kept. The model is
   * asked about nothing yet, so that words serve soon: see {@link #embedSome}.
   */
  void catchUp() {
    boolean calibrated =
        knowledge.useCalibrations(database.read(session -> session.meta().calibrations()));
    long revision = knowledge.revision();
    int offset = 0;
    while (true) {
      int from = offset;
      List<Change> page = database.read(session -> session.index().after(revision, PAGE, from));
      if (page.isEmpty()) {
        break;
      }
      knowledge.catchingUp(() -> apply(page));
      offset += page.size();
    }
    learned =
        database.read(session -> session.articles().wordings() + session.outcomes().unanswered());
    if (calibrated) {
      calibrateAt = database.read(session -> session.meta().calibrateAt());
      calibrateAtArticles = database.read(session -> session.meta().calibrateAtArticles());
    }
    commit();
  }

  /**
   * Asks the model about some of what is found by its words only, and keeps the vectors. The index
   * stays as it is, so that this may run beside whatever happens.
   *
   * @return what to {@link #applyAgain} in the order of events; empty when nothing waits, or the
   *     model cannot be asked
   */
  List<Change> embedSome() {
    WordsOnly waiting = knowledge.wordsOnly(EMBEDDED_AT_ONCE);
    List<Change> changes = new ArrayList<>();
    waiting.articles().forEach(id -> changes.add(new Change(Kind.ARTICLE, id)));
    waiting.wordings().forEach(id -> changes.add(new Change(Kind.WORDING, id)));
    if (changes.isEmpty()) {
      waiting.questions().forEach(id -> changes.add(new Change(Kind.QUESTION, id)));
    }
    Missed missed = database.read(session -> missed(session, changes));
    try {
      database
          .vectors()
          .keeping(() -> knowledge.embed(missed.articles(), missed.wordings(), missed.questions()));
      return changes;
    } catch (EmbeddingException e) {
      return List.of();
    }
  }

  private record Missed(List<Article> articles, List<AskedAs> wordings, List<Question> questions) {}

  private static Missed missed(Session session, List<Change> changes) {
    Missed missed = new Missed(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Change change : changes) {
      switch (change.kind()) {
        case ARTICLE -> session.articles().find(change.key()).ifPresent(missed.articles()::add);
        case WORDING ->
            session
                .articles()
                .findWording(change.key())
                .or(() -> session.articles().findDismissal(change.key()))
                .ifPresent(missed.wordings()::add);
        case QUESTION ->
            session
                .cases()
                .find(change.key())
                .map(CaseRow::asked)
                .ifPresent(missed.questions()::add);
      }
    }
    return missed;
  }

  /** Brings what was brought before once more, with its meaning. */
  void applyAgain(List<Change> changes) {
    int before = learned;
    apply(changes);
    learned = before;
  }

  /** Brings what a write changed. */
  void apply(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    database.vectors().keeping(() -> database.read(session -> apply(session, changes)));
    if (uncommitted.getAndAdd(changes.size()) == 0) {
      uncommittedSince = System.nanoTime();
    }
  }

  private boolean apply(Session session, List<Change> changes) {
    List<Article> articles = new ArrayList<>();
    List<AskedAs> wordings = new ArrayList<>();
    List<AskedAs> dismissals = new ArrayList<>();
    List<String> unlearned = new ArrayList<>();
    for (Change change : changes) {
      articlesChanged |= change.kind() == Kind.ARTICLE;
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
                .ifPresentOrElse(
                    wordings::add,
                    () ->
                        session
                            .articles()
                            .findDismissal(change.key())
                            .ifPresentOrElse(dismissals::add, () -> unlearned.add(change.key())));
        case QUESTION -> question(session, change.key());
      }
    }
    knowledge.putAll(articles);
    if (!unlearned.isEmpty()) {
      knowledge.unlearn(unlearned);
    }
    knowledge.learnDismissals(dismissals);
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
    return outcome.given().isEmpty()
        && !outcome.setAside()
        && outcome.outcome() != Outcome.Kind.UNAVAILABLE;
  }

  /** Makes the index durable now and then. */
  void afterEvent() {
    if (uncommitted.get() >= COMMIT_EVERY) {
      commit();
    }
  }

  /**
   * Whether there is so much more to calibrate on than at the last time that it should be done
   * again.
   *
   * @param first before the first event: then any article counts, for they may come in many parts
   */
  boolean calibrationIsDue(boolean first) {
    boolean grown =
        learned >= calibrateAt || knowledge.size() >= Math.max(FIRST_ARTICLES, calibrateAtArticles);
    return (grown || (first && articlesChanged)) && knowledge.impairment().isEmpty();
  }

  /**
   * Fits probabilities and floors to what was learned so far, and keeps the fits; later, when the
   * model is not well now.
   */
  void calibrate() {
    if (knowledge.impairment().isPresent()) {
      calibrateAt = 0;
      return;
    }
    beginCalibration();
    keep(knowledge.calibrate());
  }

  /** Notes that articles from now on are not yet in the fit. */
  void beginCalibration() {
    articlesChanged = false;
  }

  /** Keeps what the knowledge base's own calibration returned, and when the next is due. */
  void keep(Map<String, String> fits) {
    calibrateAt = Math.max(FIRST_CALIBRATION, 2 * learned);
    calibrateAtArticles = 2 * knowledge.size();
    database.write(
        session -> {
          session.meta().setCalibrations(fits, calibrateAt, calibrateAtArticles);
          return fits;
        });
  }

  /** How many changes are not yet durable in the index. */
  int uncommitted() {
    return uncommitted.get();
  }

  /** How long the oldest of them has waited. */
  Duration age() {
    return uncommitted.get() == 0
        ? Duration.ZERO
        : Duration.ofNanos(System.nanoTime() - uncommittedSince);
  }

  /** Makes the index durable. */
  void commit() {
    knowledge.commit(database.read(session -> session.index().revision()));
    uncommitted.set(0);
  }
}
