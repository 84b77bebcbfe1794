package io.gapcanary;

import io.gapcanary.kb.Article;
import io.gapcanary.kb.AskedAs;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.Database;
import io.gapcanary.storage.IndexLog.Change;
import io.gapcanary.storage.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the search index in step with the record: what changed there is looked up and brought here,
 * at once while the desk is open and all that was missed when it opens.
 */
final class IndexFeed {
  private static final int PAGE = 1000;
  private static final Duration COMMIT_EVERY = Duration.ofSeconds(30);

  private final Database database;
  private final KnowledgeBase knowledge;
  private final InstantSource clock;
  private Instant committedAt;
  private boolean dirty;

  IndexFeed(Database database, KnowledgeBase knowledge, InstantSource clock) {
    this.database = database;
    this.knowledge = knowledge;
    this.clock = clock;
    this.committedAt = clock.instant();
  }

  /** True when the index is of a later record than this one: it must be begun again. */
  static boolean isAhead(KnowledgeBase knowledge, Database database) {
    return knowledge.revision() > database.read(session -> session.index().revision());
  }

  /** Brings everything that the index missed. */
  void catchUp() {
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
    commit();
  }

  /** Brings what a write changed. */
  void apply(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    database.vectors().keeping(() -> database.read(session -> apply(session, changes)));
    dirty = true;
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
    }
    return true;
  }

  private void question(Session session, String caseId) {
    if (session.gaps().isRemembered(caseId)) {
      session
          .cases()
          .find(caseId)
          .map(CaseRow::asked)
          .ifPresent(q -> knowledge.remember(caseId, q));
    } else {
      knowledge.forget(List.of(caseId));
    }
  }

  /** Makes the index durable when that was some time ago. */
  void commitSometimes() {
    if (dirty && Duration.between(committedAt, clock.instant()).compareTo(COMMIT_EVERY) > 0) {
      commit();
    }
  }

  /** Makes the index durable. */
  void commit() {
    knowledge.commit(database.read(session -> session.index().revision()));
    committedAt = clock.instant();
    dirty = false;
  }
}
