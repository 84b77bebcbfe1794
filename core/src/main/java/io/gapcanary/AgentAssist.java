package io.gapcanary;

import io.gapcanary.kb.Matches;
import io.gapcanary.kb.Question;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's desktop talks to: it hears cases and suggests articles. Thread-safe; made by
 * {@link Desk#assist}.
 *
 * <p>Every event is durable when its method returns. Events may bear a time; those that do not
 * happen now.
 */
public final class AgentAssist {
  AgentAssist() {}

  /**
   * Opens a case. Opening an equal one again is harmless.
   *
   * @return its id
   * @throws ConflictException when a case of that id was opened with other content
   */
  public String open(CaseOpening opening) {
    throw new UnsupportedOperationException();
  }

  /**
   * Hears a message. A message id heard before is harmless; a message on a closed case opens it
   * again.
   *
   * @throws NotFoundException when there is no such case
   * @throws ConflictException when that message id was heard with other content
   */
  public void hear(String caseId, Message message) {
    throw new UnsupportedOperationException();
  }

  /**
   * Suggests articles for a case as it stands. Changes nothing.
   *
   * @throws NotFoundException when there is no such case
   */
  public Suggestions suggest(String caseId) {
    throw new UnsupportedOperationException();
  }

  /** Suggests articles for a text of which no case is known. Its personal data is masked first. */
  public Suggestions suggest(Question question) {
    throw new UnsupportedOperationException();
  }

  /**
   * Asks the articles themselves: up to ten matches with their evidence, whatever the verdict. The
   * question's personal data is masked first.
   */
  public Matches ask(Question question) {
    throw new UnsupportedOperationException();
  }

  /**
   * Notes what the agent did with an article. A link is learned at once; a dismissal takes it back.
   *
   * @param at when; {@code null}: now
   * @throws NotFoundException when there is no such case or article
   */
  public void link(String caseId, String articleId, LinkAction action, @Nullable Instant at) {
    throw new UnsupportedOperationException();
  }

  /**
   * Closes a case and judges it. Closing it again in the same way is harmless.
   *
   * @throws NotFoundException when there is no such case
   */
  public Outcome close(String caseId, Closing closing) {
    throw new UnsupportedOperationException();
  }

  /** The outcome of a case that has closed. */
  public Optional<Outcome> outcome(String caseId) {
    throw new UnsupportedOperationException();
  }

  /** The case of an id, as it is kept. */
  public Optional<SupportCase> find(String caseId) {
    throw new UnsupportedOperationException();
  }
}
