package io.gapcanary.storage;

import io.gapcanary.Resolution;
import io.gapcanary.kb.Question;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case as it is stored, without its messages.
 *
 * @param openingHash tells whether another opening is the same
 * @param openedAt when it opened
 * @param lastAt its latest event
 * @param onClock true when that event bore no time of its own
 * @param closedAt when it closed, or {@code null} while it is open
 * @param customer the customer's key, or {@code null}
 * @param concurrent true when another case of the customer was open when it opened
 * @param handleMinutes as told, or {@code null}
 * @param question what it asks; may be empty
 * @param spoken the language of the question
 * @param soundsAgain true when the customer says it is not the first contact
 */
public record CaseRow(
    String id,
    String openingHash,
    Instant openedAt,
    Instant lastAt,
    boolean onClock,
    @Nullable Instant closedAt,
    @Nullable String channel,
    @Nullable String product,
    @Nullable String version,
    @Nullable String language,
    @Nullable String segment,
    List<String> tags,
    @Nullable String agentId,
    @Nullable String customer,
    boolean concurrent,
    @Nullable Resolution resolution,
    @Nullable Double handleMinutes,
    String question,
    String spoken,
    boolean soundsAgain) {
  /** Takes a copy. */
  public CaseRow {
    tags = List.copyOf(tags);
  }

  /** True until it closes, and again after a later message. */
  public boolean open() {
    return closedAt == null;
  }

  /** True once something was asked. */
  public boolean asks() {
    return !question.isEmpty();
  }

  /** What it asks, at a time. */
  public Question asked(Instant at) {
    return new Question(question, language, product, version, at);
  }

  /** What it asks, when it closed or last said something. */
  public Question asked() {
    return asked(closedAt == null ? lastAt : closedAt);
  }

  /** The customer, or for an unknown one the case itself: unknown customers count one each. */
  public String customerOrSelf() {
    return customer == null ? "case " + id : customer;
  }

  /** The same case after an event. */
  public CaseRow after(Instant event, boolean clocked) {
    Instant latest = event.isAfter(lastAt) ? event : lastAt;
    return new CaseRow(
        id,
        openingHash,
        openedAt,
        latest,
        clocked,
        closedAt,
        channel,
        product,
        version,
        language,
        segment,
        tags,
        agentId,
        customer,
        concurrent,
        resolution,
        handleMinutes,
        question,
        spoken,
        soundsAgain);
  }

  /** The same case, asking something else. */
  public CaseRow asking(String newQuestion, String newSpoken, boolean again) {
    return new CaseRow(
        id,
        openingHash,
        openedAt,
        lastAt,
        onClock,
        closedAt,
        channel,
        product,
        version,
        language,
        segment,
        tags,
        agentId,
        customer,
        concurrent,
        resolution,
        handleMinutes,
        newQuestion,
        newSpoken,
        again);
  }

  /** The same case, open again. */
  public CaseRow reopened() {
    return new CaseRow(
        id,
        openingHash,
        openedAt,
        lastAt,
        onClock,
        null,
        channel,
        product,
        version,
        language,
        segment,
        tags,
        agentId,
        customer,
        concurrent,
        resolution,
        handleMinutes,
        question,
        spoken,
        soundsAgain);
  }

  /** The same case, closed. */
  public CaseRow closed(
      Instant at, List<String> allTags, @Nullable Resolution how, @Nullable Double minutes) {
    return new CaseRow(
        id,
        openingHash,
        openedAt,
        lastAt,
        onClock,
        at,
        channel,
        product,
        version,
        language,
        segment,
        allTags,
        agentId,
        customer,
        concurrent,
        how,
        minutes,
        question,
        spoken,
        soundsAgain);
  }
}
