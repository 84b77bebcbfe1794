package io.gapcanary;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A program elsewhere that is told what happens to gaps, and what a week brought.
 *
 * @param id {@code wh-} and some letters
 * @param url where it is told
 * @param events what it is told of
 * @param growth at how many cases it is told that a gap has grown, ascending
 * @param enabled false: it is told nothing, and what happens meanwhile is not kept for it
 * @param createdAt when it was set up
 * @param createdBy who did
 * @param waiting how many deliveries wait for it
 * @param dead how many were given up
 */
public record Webhook(
    String id,
    URI url,
    Set<Event> events,
    List<Integer> growth,
    boolean enabled,
    Instant createdAt,
    String createdBy,
    int waiting,
    int dead) {

  /** What a program may be told of. */
  public enum Event implements WireName {
    /** A gap is there. */
    RAISED,
    /** A gap reached one of {@link Webhook#growth}. */
    GROWN,
    /** A gap that was done with is open again. */
    REOPENED,
    /** Evidence proved a gap fixed. */
    VERIFIED,
    /** A gap is one no more: more cases showed that it may have been chance. */
    WITHDRAWN,
    /** Customers suddenly come back more often after an article. */
    WORSE,
    /** Open cases of several customers ask what has no gap yet. */
    FORMING,
    /** A week is over: its {@link WeeklyReport}. */
    REPORT
  }

  /** Takes copies. */
  public Webhook {
    events = Collections.unmodifiableSet(new TreeSet<>(events));
    growth = List.copyOf(growth);
  }

  /**
   * What somebody wants of one.
   *
   * @param url http or https, with a host and without a user
   * @param events at least one
   * @param growth whole numbers from 2 on, at most 20
   */
  public record Wish(URI url, Set<Event> events, Set<Integer> growth, boolean enabled) {
    private static final int LONGEST_URL = 2000;
    private static final int MOST_STEPS = 20;

    /** When nothing else is said: at so many cases. */
    public static final Set<Integer> USUAL_GROWTH = Set.of(10, 50, 100, 500, 1000);

    /** Takes copies and refuses what cannot be one. */
    public Wish {
      events = Set.copyOf(events);
      growth = Set.copyOf(growth);
      String scheme = url.getScheme();
      if (url.getHost() == null
          || !("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
        throw new IllegalArgumentException(
            "url must be an address such as https://example.com/hooks");
      }
      if (url.getRawUserInfo() != null) {
        throw new IllegalArgumentException("url must not carry a user or a password");
      }
      if (url.toString().length() > LONGEST_URL) {
        throw new IllegalArgumentException("url has more than " + LONGEST_URL + " characters");
      }
      if (events.isEmpty()) {
        throw new IllegalArgumentException("events must name at least one event");
      }
      if (growth.size() > MOST_STEPS || growth.stream().anyMatch(cases -> cases < 2)) {
        throw new IllegalArgumentException(
            "growth must be at most " + MOST_STEPS + " whole numbers from 2 on");
      }
    }
  }

  /**
   * Something that a program is still to be told, or that was given up.
   *
   * @param id its number
   * @param webhook whose it is
   * @param message the same at every attempt, so that a receiver knows what it has had
   * @param gapId the gap, or {@code null} for a test, a report or an article
   * @param rise the number of an article's {@link ArticleRise}, or {@code null}
   * @param event what happened, or {@code null} for a test
   * @param cases how many the gap had then, or how many open ones asked what has no gap
   * @param at the desk's time of it; of a report, when it was due
   * @param attempts how many were made
   * @param nextAt when the next is due; of one that was given up, when the last was
   * @param deadAt when it was given up, or {@code null}
   * @param error why the last attempt failed, or {@code null}
   * @param subject the number of what has no gap yet, or {@code null}
   */
  public record Delivery(
      long id,
      String webhook,
      String message,
      @Nullable String gapId,
      @Nullable Long rise,
      @Nullable Event event,
      int cases,
      Instant at,
      int attempts,
      Instant nextAt,
      @Nullable Instant deadAt,
      @Nullable String error,
      @Nullable Long subject) {}
}
