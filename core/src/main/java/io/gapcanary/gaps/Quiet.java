package io.gapcanary.gaps;

import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells when customers have stopped missing a gap.
 *
 * <p>Before the remedy was there, {@code n} distinct customers came in a span {@code s}: the last
 * eight weeks, or less when the gap is younger, but at least a week. In a quiet time {@code q},
 * counted from the remedy or from the latest case after it, {@code n q ÷ s} customers would have
 * come. When that is three or more, nobody coming is chance in less than one of twenty times (e⁻³
 * is 0.0498); and {@code q} is at least a week, so that a weekend proves nothing.
 */
final class Quiet {
  private static final double WOULD_HAVE_COME = 3;
  private static final Duration LEAST = Duration.ofDays(7);
  private static final Duration LOOKED_BACK = Duration.ofDays(56);

  private Quiet() {}

  /** How long it has been quiet; nothing when its remedy is not there. */
  static Duration since(Session session, GapRow gap, Instant now) {
    Instant published = gap.publishedAt();
    if (published == null) {
      return Duration.ZERO;
    }
    Instant latest = session.gapSizes().latestStrong(gap.key()).orElse(published);
    return Duration.between(latest.isAfter(published) ? latest : published, now);
  }

  /** How long it has been quiet, when that is proof. */
  static Optional<Duration> of(Session session, GapRow gap, Instant now) {
    Instant published = gap.publishedAt();
    Duration quiet = since(session, gap, now);
    if (published == null || quiet.compareTo(LEAST) < 0) {
      return Optional.empty();
    }
    double wouldHaveCome = perMilli(session, gap, published) * quiet.toMillis();
    return wouldHaveCome >= WOULD_HAVE_COME ? Optional.of(quiet) : Optional.empty();
  }

  private static double perMilli(Session session, GapRow gap, Instant published) {
    Instant from = published.minus(LOOKED_BACK);
    Instant first =
        session.gapSizes().firstCase(gap.key()).filter(at -> at.isAfter(from)).orElse(from);
    Duration span = Duration.between(first, published);
    Duration counted = span.compareTo(LEAST) < 0 ? LEAST : span;
    int customers =
        session
            .gapSizes()
            .strongCustomers(gap.key(), published.minus(counted).minusMillis(1), published);
    return (double) customers / counted.toMillis();
  }
}
