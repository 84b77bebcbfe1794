package io.gapcanary;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an agent sees beside the conversation.
 *
 * @param verdict {@code answered}, {@code no-match}, {@code too-little-text} or {@code unavailable}
 * @param reason why nothing is suggested, or {@code null}
 * @param answerable the probability, in [0, 1], that some article answers
 * @param degraded true when the meaning model should have been asked and could not
 * @param suggestions at most three, best first; empty unless {@code answered}
 * @param gap the open gap that the question belongs to, or {@code null}
 * @param forming what other open cases ask too and has no gap yet, or {@code null}; known some
 *     seconds after the question was asked
 */
public record Suggestions(
    String verdict,
    @Nullable String reason,
    double answerable,
    boolean degraded,
    List<Suggestion> suggestions,
    @Nullable KnownGap gap,
    @Nullable Forming forming) {
  /** Takes a copy. */
  public Suggestions {
    suggestions = List.copyOf(suggestions);
  }

  /**
   * An article for the customer.
   *
   * @param articleId the article
   * @param title its title
   * @param url its address, if it has one
   * @param probability that it answers, in [0, 1]
   * @param passage the part that is nearest to the question
   * @param why short sentences in the customer's language, the most telling first
   * @param warnings what to mind before giving it
   * @param reply what may go into a reply to the customer: how to do it, and the article's address;
   *     {@code null} for an internal article, of which nothing may
   * @param evidence what the sentences of {@code why} tell, in their order
   */
  public record Suggestion(
      String articleId,
      String title,
      @Nullable String url,
      double probability,
      String passage,
      List<String> why,
      List<Warning> warnings,
      @Nullable String reply,
      List<Evidence> evidence) {
    /** Takes copies. */
    public Suggestion {
      why = List.copyOf(why);
      warnings = List.copyOf(warnings);
      evidence = List.copyOf(evidence);
    }
  }

  /**
   * Why an article is suggested, for whoever says it in a language of their own.
   *
   * <p>Codes and their details: {@code asked-as} (wording), {@code words} (words), {@code meaning}.
   *
   * @param code a stable name
   * @param details what there is to tell, by name: texts and lists of texts
   */
  public record Evidence(String code, Map<String, Object> details) {
    /** Takes a copy. */
    public Evidence {
      details = Collections.unmodifiableMap(new TreeMap<>(details));
    }
  }

  /**
   * Something to mind before giving an article.
   *
   * <p>Codes and their details: {@code given-before} (on, case), {@code incomplete} (given,
   * returned, rate, expected), {@code worse-lately} (since, kind, given, returned, formerGiven,
   * formerReturned), {@code dismissed} (voices), {@code not-validated}, {@code other-language}
   * (language), {@code internal}, {@code version-unreadable} (version).
   *
   * @param code a stable name
   * @param text a sentence in the customer's language
   * @param details what the sentence tells, by name: texts and numbers
   */
  public record Warning(String code, String text, Map<String, Object> details) {
    /** Takes a copy. */
    public Warning {
      details = Collections.unmodifiableMap(new TreeMap<>(details));
    }

    /** One that says all by its code. */
    public Warning(String code, String text) {
      this(code, text, Map.of());
    }
  }

  /**
   * The gap that a question belongs to, as much as an agent needs of it.
   *
   * @param id the gap
   * @param title a customer's words
   * @param cases how many cases it has
   * @param owner who sees to it, or {@code null} when nobody does yet
   * @param placeThisWeek 1 when the case at hand is the first in seven days, 2 for the second, …
   * @param openNow how many other cases that are open now ask the same
   * @param solved in how many cases it was solved without an article
   * @param solutions what the agents wrote there, the latest first; at most two
   * @param text all that in a sentence or two, in the customer's language
   */
  public record KnownGap(
      String id,
      String title,
      int cases,
      @Nullable String owner,
      int placeThisWeek,
      int openNow,
      int solved,
      List<Solution> solutions,
      String text) {
    /** Takes a copy. */
    public KnownGap {
      solutions = List.copyOf(solutions);
    }

    /**
     * How an agent solved it without an article.
     *
     * @param caseId the case
     * @param at when it closed
     * @param quote the message of the agent's that says most, masked and short
     */
    public record Solution(String caseId, Instant at, String quote) {}
  }

  /**
   * What other cases that are open now ask too and nothing answers, without a gap so far.
   *
   * @param openNow how many other cases
   * @param text that in a sentence, in the customer's language
   */
  public record Forming(int openNow, String text) {}
}
