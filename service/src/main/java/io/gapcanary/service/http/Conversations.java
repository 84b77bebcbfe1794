package io.gapcanary.service.http;

import io.gapcanary.AgentAssist;
import io.gapcanary.CaseOpening;
import io.gapcanary.Closing;
import io.gapcanary.Desk;
import io.gapcanary.Message;
import io.gapcanary.Outcome;
import io.gapcanary.Suggestions;
import io.gapcanary.kb.Question;

/**
 * The live cases as HTTP and pages reach them: what happens is counted and told to those who listen
 * to the case. Thread-safe.
 */
public final class Conversations {
  private final AgentAssist assist;
  private final CaseStreams streams;
  private final DeskMetrics metrics;

  /** Conversations on a desk. */
  public Conversations(Desk desk, CaseStreams streams, DeskMetrics metrics) {
    this.assist = desk.assist();
    this.streams = streams;
    this.metrics = metrics;
  }

  /** Opens a case. */
  public String open(CaseOpening opening) {
    String id = assist.open(opening);
    tellOfList(id);
    return id;
  }

  private void tellOfList(String caseId) {
    if (streams.isListFollowed()) {
      streams.tellOfList(assist.agentOf(caseId).orElse(null));
    }
  }

  /** Hears a message and suggests. */
  public Suggestions hear(String caseId, Message message) {
    assist.hear(caseId, message);
    Suggestions suggestions = metrics.suggesting(() -> assist.suggestAfter(caseId, message));
    streams.tell(caseId, told(suggestions));
    tellOfList(caseId);
    return suggestions;
  }

  /** What those who listen to a case are told of suggestions. */
  static CaseStreams.Told told(Suggestions suggestions) {
    return new CaseStreams.Told("suggestions", suggestions);
  }

  /** What they are told of its end. */
  static CaseStreams.Told told(Outcome outcome) {
    return new CaseStreams.Told("closed", outcome);
  }

  /** Suggests for a case as it stands. */
  public Suggestions suggest(String caseId) {
    return metrics.suggesting(() -> assist.suggest(caseId));
  }

  /** Suggests for a text of no case. */
  public Suggestions suggest(Question question) {
    return metrics.suggesting(() -> assist.suggest(question));
  }

  /** Closes a case. */
  public Outcome close(String caseId, Closing closing) {
    Outcome outcome = assist.close(caseId, closing);
    metrics.closed(outcome);
    streams.tell(caseId, told(outcome));
    tellOfList(caseId);
    return outcome;
  }
}
