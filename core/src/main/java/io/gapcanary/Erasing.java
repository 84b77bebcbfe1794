package io.gapcanary;

import io.gapcanary.gaps.GapRules;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.privacy.IdentityHash;
import io.gapcanary.storage.Database;
import io.gapcanary.storage.ErasureStore;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Erases customers: in one write from the record, then from the index, then from what the files
 * hold of what was deleted. The write notes that the rest is due, so that it is finished whatever
 * happens.
 */
final class Erasing {
  private static final System.Logger LOG = System.getLogger(Erasing.class.getName());

  private final DeskWork work;
  private final Database database;
  private final KnowledgeBase knowledge;
  private final IndexFeed feed;
  private final IdentityHash identities;
  private final GapRules rules;
  private final KeptAnswers answers;
  private final Runnable forgetting;

  /**
   * @param forgetting forgets what is in memory only
   */
  Erasing(
      DeskWork work,
      Database database,
      KnowledgeBase knowledge,
      IndexFeed feed,
      IdentityHash identities,
      GapRules rules,
      KeptAnswers answers,
      Runnable forgetting) {
    this.work = work;
    this.database = database;
    this.knowledge = knowledge;
    this.feed = feed;
    this.identities = identities;
    this.rules = rules;
    this.answers = answers;
    this.forgetting = forgetting;
  }

  Erasure erase(Collection<Identity> known) {
    List<String> hashes =
        known.stream().map(one -> identities.of(one.type(), one.value())).toList();
    return work.alone(
        () -> {
          Erasure erased = work.change(session -> erase(session, hashes));
          forgetting.run();
          finish();
          return erased;
        });
  }

  private Erasure erase(Session session, List<String> hashes) {
    ErasureStore store = session.erasures();
    Set<String> customers = store.customers(hashes);
    if (customers.isEmpty()) {
      return Erasure.NOTHING;
    }
    List<String> cases = store.cases(customers);
    Set<String> vectors =
        store.texts(cases).stream()
            .flatMap(text -> knowledge.vectorHashes(text).stream())
            .collect(Collectors.toSet());
    Set<Long> gaps = store.gaps(cases);
    int messages = store.messages(cases);
    int wordings = store.removeWordings(cases);
    for (String id : cases) {
      session.floods().removeCase(id);
      session.gapCases().withdraw(id);
      store.removeCase(id);
    }
    customers.forEach(store::removeCustomer);
    store.removeVectors(vectors);
    database.vectors().forget(vectors);
    answers.erasing();
    session.requests().forgetAnswers();
    session.meta().setScrubDue(true);
    return new Erasure(cases.size(), messages, wordings, retitled(session, gaps));
  }

  private List<String> retitled(Session session, Set<Long> keys) {
    List<String> ids = new ArrayList<>();
    for (long key : keys) {
      GapRow gap = session.gaps().find(key).orElse(null);
      if (gap != null) {
        session.erasures().removeTitlesOfMerged(key);
        if (gap.id() == null) {
          session.gaps().setTitle(key, "");
        } else {
          rules.retitle(session, gap);
          ids.add(gap.id());
        }
      }
    }
    return ids;
  }

  /** Does what is due still of an erasure. */
  void finish() {
    if (!database.read(session -> session.meta().isScrubDue())) {
      return;
    }
    feed.commit();
    database.write(
        session -> {
          session.erasures().removeTraces();
          return session;
        });
    feed.commit();
    knowledge.purge();
    if (database.scrub()) {
      database.write(
          session -> {
            session.meta().setScrubDue(false);
            return session;
          });
    } else {
      LOG.log(
          System.Logger.Level.WARNING,
          "Somebody was reading while a customer was erased: the files are written anew when the desk opens again");
    }
  }
}
