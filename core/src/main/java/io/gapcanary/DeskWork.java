package io.gapcanary;

import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.CaseStore;
import io.gapcanary.storage.Database;
import io.gapcanary.storage.IndexLog.Change;
import io.gapcanary.storage.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The order in which things happen on a desk: one event at a time, each kept whole or not at all,
 * the index brought up to date behind it. Events that wait for their turn share a commit with the
 * one before, unless that changed the index; each returns when it is safe on disk.
 *
 * <p>Before an event, cases that are overdue by its time close, each at the moment it was due.
 * Cases whose events bear times live on those; the others live on the clock.
 */
final class DeskWork {
  /** How often what can wait looks whether anything live still waits. */
  private static final Duration GIVEN_WAY = Duration.ofMillis(1);

  /** So many events share a commit at most, and so long, so that none waits for too many others. */
  private static final int EVENTS_A_COMMIT = 64;

  private static final long LONGEST_GROUP = 10_000_000; // nanoseconds

  /** So often at most, where it need not be the last. */
  private static final int MOMENTS = 50;

  private final Database database;
  private final KnowledgeBase knowledge;
  private final IndexFeed feed;
  private final CaseClosing closing;
  private final DeskSettings settings;
  private final InstantSource clock;
  private final ReentrantLock order = new ReentrantLock();

  /**
   * Held while the model is asked beside events, and while texts go for ever; before the order. In
   * turns, for a backlog of embeddings takes it again and again.
   */
  private final ReentrantLock embedding = new ReentrantLock(true);

  private @Nullable Instant asOf;
  private boolean anyUnavailable;
  private long groupBegun;
  private volatile boolean embeddedBeside;
  private volatile boolean calibratedBeside;
  private final GivingWay giveWay = new GivingWay(System::nanoTime, GivingWay::sleep);

  DeskWork(
      Database database,
      KnowledgeBase knowledge,
      IndexFeed feed,
      CaseClosing closing,
      DeskSettings settings,
      InstantSource clock) {
    this.database = database;
    this.knowledge = knowledge;
    this.feed = feed;
    this.closing = closing;
    this.settings = settings;
    this.clock = clock;
    this.asOf = database.read(session -> session.meta().findAsOf()).orElse(null);
    this.anyUnavailable = !database.read(session -> session.outcomes().unavailable()).isEmpty();
  }

  /** When something happens. */
  record When(Instant at, boolean onClock) {}

  /** The time that an event bears, or else the clock's. */
  When when(@Nullable Instant at) {
    return at == null
        ? new When(CaseLog.kept(clock.instant()), true)
        : new When(CaseLog.kept(at), false);
  }

  /** The time of the latest event, or the clock's while there was none. */
  Instant now() {
    Instant latest = asOf;
    return latest == null ? clock.instant() : latest;
  }

  Instant clockNow() {
    return CaseLog.kept(clock.instant());
  }

  /** Lets an event happen. */
  <T> T event(When when, Function<Session, T> happening) {
    Database.Grouped<T> happened = happen(when, happening);
    if (happened.group() != null) {
      happened.group().await();
    }
    return happened.result();
  }

  private <T> Database.Grouped<T> happen(When when, Function<Session, T> happening) {
    giveWay.toEvent();
    order.lock();
    try {
      if (!embeddedBeside) {
        embedWithin();
      }
      retryUnavailable();
      closeDue(when.onClock(), when.at());
      boolean first = asOf == null;
      Database.Grouped<T> result = writeInGroup(at(when.at(), happening));
      reached(when.at());
      if (!leftToOthers(when) && feed.calibrationIsDue(first)) {
        feed.calibrate();
      }
      feed.afterEvent();
      return result;
    } finally {
      leave();
    }
  }

  /** Lets the next one in. Who leaves nobody behind who would, makes the group safe. */
  private void leave() {
    try {
      if (!order.hasQueuedThreads()) {
        database.commitGroup();
      }
    } finally {
      order.unlock();
    }
  }

  /** What happens, with the time of the latest event. */
  private <T> Function<Session, T> at(Instant time, Function<Session, T> happening) {
    return session -> {
      T happened = happening.apply(session);
      if (asOf == null || time.isAfter(asOf)) {
        session.meta().setAsOf(time);
      }
      return happened;
    };
  }

  private void reached(Instant time) {
    if (asOf == null || time.isAfter(asOf)) {
      asOf = time;
    }
  }

  /**
   * Lets something of the past happen, behind everything live that waits. No case is due by it, and
   * no calibration is made in it.
   *
   * @param last when the last of it happened
   */
  <T> T past(Instant last, Function<Session, T> happening) {
    giveWay();
    order.lock();
    try {
      T result = write(at(last, happening));
      reached(last);
      feed.afterEvent();
      return result;
    } finally {
      leave();
    }
  }

  /** Does something that is of no time of its own, behind everything live that waits. */
  <T> T later(Function<Session, T> work) {
    giveWay();
    order.lock();
    try {
      T done = write(work);
      feed.afterEvent();
      return done;
    } finally {
      leave();
    }
  }

  /**
   * Removes something, likewise. The model is not asked about it meanwhile, so that no vector of it
   * is kept afterwards.
   */
  <T> T remove(Function<Session, T> work) {
    embedding.lock();
    try {
      return later(work);
    } finally {
      embedding.unlock();
    }
  }

  private void giveWay() {
    while (order.hasQueuedThreads()) {
      LockSupport.parkNanos(GIVEN_WAY.toNanos());
    }
  }

  private <T> Database.Grouped<T> writeInGroup(Function<Session, T> work) {
    List<Change> changes = new ArrayList<>();
    Database.Grouped<T> result =
        database.writeInGroup(
            session -> {
              T done = work.apply(session);
              changes.addAll(session.index().changes());
              return done;
            });
    Database.Group group = result.group();
    if (group != null) {
      groupBegun = group.size() == 1 ? System.nanoTime() : groupBegun;
      if (!changes.isEmpty()
          || group.size() >= EVENTS_A_COMMIT
          || System.nanoTime() - groupBegun > LONGEST_GROUP) {
        database.commitGroup();
      }
    }
    feed.apply(changes);
    return result;
  }

  /** Writes something that is no event of a case. */
  <T> T change(Function<Session, T> work) {
    order.lock();
    try {
      return write(work);
    } finally {
      leave();
    }
  }

  /**
   * Lets nothing happen while work goes on that replaces what was derived.
   *
   * @param work returns what the index has to catch up on
   */
  void replacing(Supplier<List<Change>> work) {
    order.lock();
    try {
      database.commitGroup();
      feed.apply(work.get());
      anyUnavailable = !database.read(session -> session.outcomes().unavailable()).isEmpty();
    } finally {
      leave();
    }
  }

  /** Lets events that are under way or wait go first, for a moment. */
  void giveWayAMoment() {
    for (int i = 0; i < MOMENTS && order.isLocked(); i++) {
      LockSupport.parkNanos(GIVEN_WAY.toNanos());
    }
  }

  /**
   * A live conversation does not wait for a calibration that somebody makes beside it. A history
   * does, for it must come out the same each time.
   */
  private boolean leftToOthers(When when) {
    return calibratedBeside && when.onClock();
  }

  /** Fits probabilities and floors to articles that came, unless somebody does it beside. */
  void calibrateToArticles() {
    order.lock();
    try {
      if (!calibratedBeside && feed.calibrationIsDue(false)) {
        feed.calibrate();
      }
    } finally {
      leave();
    }
  }

  /**
   * Fits probabilities and floors, when that is due, beside whatever happens.
   *
   * @return whether it was due
   */
  boolean calibrateBeside() {
    calibratedBeside = true;
    order.lock();
    try {
      if (!feed.calibrationIsDue(false)) {
        return false;
      }
      feed.beginCalibration();
    } finally {
      leave();
    }
    Map<String, String> fits;
    try {
      fits = knowledge.calibrate(giveWay);
    } catch (CancellationException e) {
      return false; // due still when the desk opens again
    }
    order.lock();
    try {
      feed.keep(fits);
    } finally {
      leave();
    }
    return true;
  }

  /** Lets a fit that goes on beside end without a result, and any that would begin. */
  void endCalibration() {
    giveWay.end();
  }

  /** Fits probabilities and floors to what the desk has learned. */
  void calibrate() {
    order.lock();
    try {
      feed.calibrate();
    } finally {
      leave();
    }
  }

  /**
   * Gives some of what is found by its words only its meaning, beside whatever happens.
   *
   * @return how much; 0 when nothing waits, or the model cannot be asked
   */
  int embedSome() {
    embeddedBeside = true;
    embedding.lock();
    try {
      List<Change> embedded = feed.embedSome();
      if (!embedded.isEmpty()) {
        order.lock();
        try {
          putAgain(embedded);
        } finally {
          leave();
        }
      }
      return embedded.size();
    } finally {
      embedding.unlock();
    }
  }

  /** Where nobody does it beside, events do it. */
  private void embedWithin() {
    if (knowledge.impairment().isPresent()) {
      List<Change> embedded = feed.embedSome();
      if (!embedded.isEmpty()) {
        putAgain(embedded);
      }
    }
  }

  private void putAgain(List<Change> embedded) {
    database.write(session -> session); // the vectors are kept first
    feed.applyAgain(embedded);
  }

  private <T> T write(Function<Session, T> work) {
    List<Change> changes = new ArrayList<>();
    T result =
        database.write(
            session -> {
              T done = work.apply(session);
              changes.addAll(session.index().changes());
              return done;
            });
    feed.apply(changes);
    return result;
  }

  /** Closes what is due by now, on the clock and by the time of the latest event. */
  int closeOverdue() {
    order.lock();
    try {
      retryUnavailable();
      int closed = closeDue(true, clockNow());
      return asOf == null ? closed : closed + closeDue(false, asOf);
    } finally {
      leave();
    }
  }

  /** Closes everything that is open, in the order in which it would close itself. */
  int closeRemaining() {
    order.lock();
    try {
      return closeDue(true, Instant.ofEpochMilli(Long.MAX_VALUE))
          + closeDue(false, Instant.ofEpochMilli(Long.MAX_VALUE));
    } finally {
      leave();
    }
  }

  private int closeDue(boolean onClock, Instant latest) {
    int closed = 0;
    while (true) {
      Optional<CaseStore.Due> due =
          database.readOwn(session -> session.cases().findDue(onClock, latest));
      if (due.isEmpty()) {
        return closed;
      }
      write(session -> close(session, due.get().caseId(), Closing.now(), due.get().at()));
      closed++;
    }
  }

  /** Closes a case within an event. */
  Outcome close(Session session, String caseId, Closing how, Instant at) {
    CaseRow row = get(session, caseId);
    Outcome outcome = closing.close(session, row, how, at);
    anyUnavailable |= outcome.outcome() == Outcome.Kind.UNAVAILABLE;
    return outcome;
  }

  /** Judges a closed case again within an event. */
  Outcome judge(Session session, CaseRow row) {
    Outcome outcome = closing.judge(session, row);
    anyUnavailable |= outcome.outcome() == Outcome.Kind.UNAVAILABLE;
    return outcome;
  }

  static CaseRow get(Session session, String caseId) {
    return session
        .cases()
        .find(caseId)
        .orElseThrow(() -> new NotFoundException("There is no case " + caseId));
  }

  /** Cases that could not be judged are asked again when search and model are well. */
  private void retryUnavailable() {
    if (!anyUnavailable || knowledge.impairment().isPresent()) {
      return;
    }
    anyUnavailable = false;
    try {
      for (String caseId : database.readOwn(session -> session.outcomes().unavailable())) {
        write(
            session ->
                session
                    .cases()
                    .find(caseId)
                    .filter(row -> !row.open())
                    .map(row -> judge(session, row)));
      }
    } catch (RuntimeException e) {
      anyUnavailable = true;
      throw e;
    }
  }

  /** Reads beside whatever happens. */
  <T> T read(Function<Session, T> work) {
    return database.read(work);
  }

  /** Asks about what might be: nothing that the meaning model is asked on the way is kept. */
  <T> T supposing(Supplier<T> work) {
    return database.vectors().passing(work);
  }

  DeskSettings settings() {
    return settings;
  }

  /**
   * Runs work while nothing happens on the desk, and nothing is asked of the model beside; all that
   * happened before is safe on disk.
   */
  <T> T alone(Supplier<T> work) {
    embedding.lock();
    try {
      order.lock();
      try {
        database.commitGroup();
        return work.get();
      } finally {
        leave();
      }
    } finally {
      embedding.unlock();
    }
  }

  /** What there is to do still. */
  Workload load() {
    return new Workload(order.getQueueLength(), feed.uncommitted(), feed.age());
  }
}
