package io.gapcanary;

import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Matches;
import io.gapcanary.kb.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What was found for cases lately, so that the articles are not searched again for a question that
 * is still the same. Thread-safe.
 *
 * <p>Kept for {@link #KEPT}, and only as long as no article, floor or fit changes.
 */
final class RecentMatches {
  static final Duration KEPT = Duration.ofMinutes(1);

  private static final int MOST = 4096;

  private final LongSupplier changes;
  private final LongSupplier nanos;
  private final Map<String, Found> found = new LinkedHashMap<>();

  /** What was found, when, and of which state of the articles. */
  private record Found(Question question, Matches matches, long changes, long at) {}

  /**
   * Begins with none.
   *
   * @param changes as of {@link KnowledgeBase#changes}
   * @param nanos a clock as of {@link System#nanoTime}
   */
  RecentMatches(LongSupplier changes, LongSupplier nanos) {
    this.changes = changes;
    this.nanos = nanos;
  }

  /** What was found when the case last asked the same. */
  synchronized Optional<Matches> find(String caseId, Question question) {
    forgetOld();
    return Optional.ofNullable(found.get(caseId))
        .filter(one -> one.question().equals(timeless(question)))
        .filter(one -> one.changes() == changes.getAsLong())
        .map(Found::matches);
  }

  /**
   * Searches the articles, and keeps what was found. What was found without the meaning model that
   * should have been asked is not kept: the model may be well again the next time.
   */
  Matches search(String caseId, Question question, Supplier<Matches> articles) {
    long before = changes.getAsLong();
    Matches matches = articles.get();
    synchronized (this) {
      forgetOld();
      found.remove(caseId);
      if (!matches.degraded() && found.size() < MOST) {
        found.put(caseId, new Found(timeless(question), matches, before, nanos.getAsLong()));
      }
    }
    return matches;
  }

  /** Forgets everything. */
  synchronized void forget() {
    found.clear();
  }

  private void forgetOld() {
    Iterator<Found> oldest = found.values().iterator();
    while (oldest.hasNext() && nanos.getAsLong() - oldest.next().at() > KEPT.toNanos()) {
      oldest.remove();
    }
  }

  private static Question timeless(Question question) {
    return new Question(
        question.text(),
        question.language(),
        question.product(),
        question.version(),
        Instant.EPOCH);
  }
}
