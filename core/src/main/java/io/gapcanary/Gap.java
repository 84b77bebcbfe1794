package io.gapcanary;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A thing that the knowledge base does not do, grouped from cases.
 *
 * @param id {@code gap-1}, {@code gap-2}, … in order of appearance
 * @param state where it stands
 * @param remedy what is to cure it
 * @param kind what is missing
 * @param title a readable phrase in the customers' own words, masked
 * @param languages of its questions, the commonest first
 * @param versions those that the customers of its cases have, the commonest first, at most three;
 *     {@link Kind#SUPERSEDED} only, else empty
 * @param cases the evidence, in order of arrival
 * @param customers distinct ones; cases without a customer count one each
 * @param articleId the article concerned; {@code null} for {@link Kind#MISSING} only
 * @param relatedArticles the articles nearest to its questions
 * @param questions representative ones, masked
 * @param firstSeen the close of its first case
 * @param lastSeen the close of its latest case
 * @param detectedAt the time of the event that raised it
 * @param impact what it costs
 * @param repeatRate how often customers came back; {@link Kind#INCOMPLETE} only, else {@code null}
 * @param followUps what they came back to ask; {@link Kind#INCOMPLETE} only, else empty
 * @param owner who sees to it
 * @param version grows with every change a person or evidence makes; see {@link GapBoard#change}
 * @param history what happened to it, oldest first
 */
public record Gap(
    String id,
    State state,
    Remedy remedy,
    Kind kind,
    String title,
    List<String> languages,
    List<String> versions,
    List<String> cases,
    int customers,
    @Nullable String articleId,
    List<RelatedArticle> relatedArticles,
    List<String> questions,
    Instant firstSeen,
    Instant lastSeen,
    Instant detectedAt,
    Impact impact,
    @Nullable RepeatRate repeatRate,
    List<String> followUps,
    @Nullable String owner,
    long version,
    List<Event> history) {

  /** What the knowledge base does not do. */
  public enum Kind implements WireName {
    /** No article at all. */
    MISSING,
    /** An article that customers come back after. */
    INCOMPLETE,
    /** An article for other versions only. */
    SUPERSEDED,
    /** An article that questions do not lead to. */
    UNFINDABLE,
    /** An article in other languages only. */
    UNTRANSLATED
  }

  /** Where a gap stands. */
  public enum State implements WireName {
    OPEN,
    ASSIGNED,
    DRAFTED,
    PUBLISHED,
    /** Proved fixed by evidence; nobody can set it. */
    VERIFIED,
    /** Somebody decided that it is none, and said why. */
    DISMISSED;

    /** True while somebody should see to it. */
    public boolean live() {
      return this != VERIFIED && this != DISMISSED;
    }

    /**
     * True when a person may bring a gap from this state to another one. A gap that is done with is
     * opened again before anything else happens to it.
     */
    public boolean mayBecome(State next) {
      return switch (this) {
        case OPEN, ASSIGNED, DRAFTED, PUBLISHED -> next != VERIFIED;
        case VERIFIED -> next == OPEN || next == ASSIGNED || next == DISMISSED;
        case DISMISSED -> next == OPEN || next == ASSIGNED;
      };
    }
  }

  /** What is to cure a gap. For all but an article the proof is that the question stops coming. */
  public enum Remedy implements WireName {
    ARTICLE,
    /** The product is mended. */
    PRODUCT_FIX,
    /** Something is done in another way. */
    PROCESS,
    /** Agents learn what they did not know. */
    TRAINING
  }

  /** Takes copies. */
  public Gap {
    languages = List.copyOf(languages);
    versions = List.copyOf(versions);
    cases = List.copyOf(cases);
    relatedArticles = List.copyOf(relatedArticles);
    questions = List.copyOf(questions);
    followUps = List.copyOf(followUps);
    history = List.copyOf(history);
  }

  /**
   * What to do about it; {@code null} when there is nothing to be done: its remedy is there and
   * waits for its proof, or it is verified or dismissed.
   */
  public WeeklyReport.@Nullable Step step() {
    return switch (state) {
      case OPEN, ASSIGNED, DRAFTED -> WeeklyReport.Step.of(this);
      case PUBLISHED, VERIFIED, DISMISSED -> null;
    };
  }

  /**
   * How its questions were answered when its remedy was last there; {@code null} when it was not
   * since the gap was opened, or when the gap is done with.
   */
  public @Nullable Replayed replayed() {
    for (Event event : state.live() ? history.reversed() : List.<Event>of()) {
      boolean its = !event.details().containsKey("of");
      if (its && event.what() == Event.What.REPLAYED) {
        return Replayed.of(event, kind);
      }
      if (its && (event.what() == Event.What.REOPENED || reopens(event))) {
        return null;
      }
    }
    return null;
  }

  private static boolean reopens(Event event) {
    return event.what() == Event.What.STATE
        && Set.of("verified", "dismissed").contains(String.valueOf(event.details().get("from")));
  }

  /**
   * How the questions of a gap were answered when its remedy was there.
   *
   * @param at when they were asked
   * @param answered how many an article answered
   * @param asked of how many
   * @param passes true when these are enough to prove the gap fixed, once it is quiet too; always
   *     for {@link Kind#INCOMPLETE}, which its returns prove
   * @param harmed how many questions of other cases the articles lead elsewhere than before
   * @param others of how many; 0 when none was asked
   * @param degraded true when search or the meaning model was not well: it proves nothing
   */
  public record Replayed(
      Instant at,
      int answered,
      int asked,
      boolean passes,
      int harmed,
      int others,
      boolean degraded) {
    private static Replayed of(Event event, Kind kind) {
      int answered = number(event, "answered");
      int asked = number(event, "asked");
      boolean degraded = number(event, "degraded") > 0;
      return new Replayed(
          event.at(),
          answered,
          asked,
          kind == Kind.INCOMPLETE || (!degraded && GapReplay.isEnough(answered, asked)),
          number(event, "harmed"),
          number(event, "others"),
          degraded);
    }

    private static int number(Event event, String name) {
      return event.details().get(name) instanceof Number number ? number.intValue() : 0;
    }
  }

  /**
   * Something that happened to a gap.
   *
   * @param at when
   * @param by a person, or {@code evidence}
   * @param what it was
   * @param details what else there is to say of it, by name: texts, and numbers as {@link Integer};
   *     see {@link What}. With {@code of}, it happened to that gap before it joined this one.
   * @param reason in that person's words, masked, or {@code null}
   */
  public record Event(
      Instant at, String by, What what, Map<String, Object> details, @Nullable String reason) {

    /** Takes a copy, in the order of the names, so that a gap is always told in the same words. */
    public Event {
      details = Collections.unmodifiableMap(new TreeMap<>(details));
    }

    /** What may happen to a gap, each with its details. */
    public enum What implements WireName {
      /**
       * {@code kind} and {@code customers}; of an incomplete one {@code returned}, {@code given}.
       */
      RAISED,
      /** {@code from}, {@code to}; by evidence with the {@code article} that agents give. */
      STATE,
      /** {@code owner}; absent: nobody. */
      OWNER,
      /** {@code from}, {@code to}. */
      REMEDY,
      /**
       * Its questions were asked again, and it stays: {@code answered}, {@code asked}, and {@code
       * article}, the one that answers most; where articles came for it, {@code others}, the
       * questions of other cases that were asked too, and {@code harmed}, those that these lead
       * elsewhere; {@code degraded} where search or the meaning model was not well.
       */
      REPLAYED,
      /**
       * {@code by}: {@code replay} ({@code answered}, {@code asked}, {@code article}, {@code days}
       * of quiet; old ones without), {@code returns} ({@code returned}, {@code given}), {@code
       * quiet} ({@code days}) or {@code agents} ({@code article}).
       */
      VERIFIED,
      /**
       * More cases showed that it may have been chance, and it is in the list no more until
       * evidence raises it again: {@code returned}, {@code given}, each customer's chain once; or
       * cases of it were set aside as a machine's, and too few {@code customers} are left.
       */
      WITHDRAWN,
      /**
       * Customers went on missing it: {@code customers}, or of an incomplete one {@code returned}
       * and {@code given}; old ones without.
       */
      REOPENED,
      /** {@code from}, {@code to}, {@code article}. */
      RECLASSIFIED,
      /**
       * {@code gap} joined it, of {@code state}, and of {@code owner} and {@code remedy} where
       * somebody had decided.
       */
      MERGED,
      /** {@code cases} of it became a gap of their own; or of that one: {@code from}. */
      SPLIT,
      /**
       * {@code cases} of it went to a gap that they are more like, {@code to}; or came {@code from}
       * one.
       */
      MOVED,
      /**
       * Past cases were judged again: {@code settings} (what was changed), {@code before} and
       * {@code after} (its cases), and {@code from} for one that was a part of another gap.
       */
      RECALCULATED,
      /** {@code text}, a sentence of an early version. */
      OTHER
    }
  }
}
