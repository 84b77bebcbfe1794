package io.gapcanary;

import io.gapcanary.privacy.IdentityHash;
import io.gapcanary.storage.Database;
import io.gapcanary.storage.RequestStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests that bear a key of their caller's, and how they were answered, so that one that is sent
 * again is answered as before and not carried out again. Thread-safe; made by {@link
 * Desk#keptAnswers}.
 *
 * <p>A request is noted before it is carried out and its answer is kept afterwards, each a
 * transaction of its own: durable as the desk's {@link DeskSettings#durability} has it, and beside
 * what the request itself writes, not within it. So:
 *
 * <ul>
 *   <li>while the answer is kept, the request is never carried out again;
 *   <li>when the process ends between the two, nobody can tell whether it was carried out. The next
 *       {@link Attempt.Begun} says so ({@link Ticket#interrupted}), and has the same {@link
 *       Ticket#id}: who carries it out must do so such that twice comes to the same as once, or
 *       refuse. Cases and messages that bear that id as theirs are heard once; changes that bear
 *       the version they are based on are made once.
 * </ul>
 *
 * <p>Kept for {@link #KEPT}, the latest {@link #MOST} of each caller; after the erasure of a
 * customer all answers so far are forgotten, for any may quote them, and their requests count as
 * interrupted.
 */
public final class KeptAnswers {
  /** How long a request is remembered. */
  public static final Duration KEPT = Duration.ofHours(24);

  /** How many requests of one caller are remembered at most. */
  public static final int MOST = 100_000;

  private static final int TRIMMED_EVERY = 500;

  private final Database database;
  private final IdentityHash hashes;
  private final InstantSource clock;
  private final int most;
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger erasures = new AtomicInteger();

  KeptAnswers(Database database, IdentityHash hashes, InstantSource clock) {
    this(database, hashes, clock, MOST);
  }

  KeptAnswers(Database database, IdentityHash hashes, InstantSource clock, int most) {
    this.database = database;
    this.hashes = hashes;
    this.clock = clock;
    this.most = most;
  }

  /**
   * How a request was answered.
   *
   * @param status as HTTP has it
   * @param headers those that belong to it, by name
   * @param body may be empty
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on as it is, never compared
  public record Answer(int status, Map<String, String> headers, byte[] body) {
    /** Takes a copy of the headers. */
    public Answer {
      headers = Map.copyOf(headers);
    }
  }

  /** What becomes of a request. */
  public sealed interface Attempt {
    /** It is to be carried out now. */
    record Begun(Ticket ticket) implements Attempt {}

    /** It was carried out before, and this was the answer. */
    record Answered(Answer answer) implements Attempt {}

    /** It is being carried out. */
    record Running() implements Attempt {}

    /** Its key came before with another request. */
    record Differs() implements Attempt {}
  }

  /**
   * Takes a request.
   *
   * @param caller tells them from all others
   * @param key of the caller's
   * @param fingerprint tells whether another request is the same
   */
  public Attempt take(String caller, String key, String fingerprint) {
    String id = hashes.of("request", caller + "\n" + key);
    if (!running.add(id)) {
      return new Attempt.Running();
    }
    try {
      Attempt attempt = taken(id, caller, hashes.of("fingerprint", fingerprint));
      if (!(attempt instanceof Attempt.Begun)) {
        running.remove(id);
      }
      return attempt;
    } catch (RuntimeException e) {
      running.remove(id);
      throw e;
    }
  }

  private Attempt taken(String id, String caller, String fingerprint) {
    Instant now = CaseLog.kept(clock.instant());
    Optional<RequestStore.Taken> before =
        database.read(session -> session.requests().find(id, now.minus(KEPT)));
    if (before.isEmpty()) {
      database.write(
          session -> {
            session.requests().take(id, caller, fingerprint, now);
            if (taken.incrementAndGet() % Math.min(TRIMMED_EVERY, most) == 0) {
              session.requests().trim(now.minus(KEPT), caller, most);
            }
            return id;
          });
      return new Attempt.Begun(new Ticket(id, now, false));
    }
    RequestStore.Taken request = before.get();
    if (!request.fingerprint().equals(fingerprint)) {
      return new Attempt.Differs();
    }
    RequestStore.Answered answer = request.answer();
    return answer == null
        ? new Attempt.Begun(new Ticket(id, request.at(), true))
        : new Attempt.Answered(new Answer(answer.status(), answer.headers(), answer.body()));
  }

  /** That a request is being carried out, until it is closed. For one thread. */
  public final class Ticket implements AutoCloseable {
    private final String row;
    private final String id;
    private final boolean interrupted;
    private final int erasuresBefore = erasures.get();

    private Ticket(String row, Instant at, boolean interrupted) {
      this.row = row;
      this.id = hashes.of("ticket", row + "\n" + at.toEpochMilli());
      this.interrupted = interrupted;
    }

    /** Tells the request from all others, and the same whenever it is sent again: 32 characters. */
    public String id() {
      return id;
    }

    /** Whether it may have been carried out before. */
    public boolean interrupted() {
      return interrupted;
    }

    /** Keeps how it was answered; an answer that may quote somebody erased meanwhile is not. */
    public void keep(Answer answer) {
      database.write(
          session -> {
            if (erasures.get() == erasuresBefore) {
              session
                  .requests()
                  .answer(
                      row,
                      new RequestStore.Answered(answer.status(), answer.headers(), answer.body()));
            }
            return row;
          });
    }

    /** Forgets the request: nothing of it was carried out. */
    public void withdraw() {
      database.write(
          session -> {
            session.requests().remove(row);
            return row;
          });
    }

    /** From now on it may be taken again. */
    @Override
    public void close() {
      running.remove(row);
    }
  }

  /** That somebody is erased, within that write: what is answered until it ends is not kept. */
  void erasing() {
    erasures.incrementAndGet();
  }
}
