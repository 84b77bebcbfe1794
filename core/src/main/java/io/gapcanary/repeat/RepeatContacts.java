package io.gapcanary.repeat;

import io.gapcanary.DeskSettings;
import io.gapcanary.Outcome;
import io.gapcanary.RelatedArticle;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.LinkStore;
import io.gapcanary.storage.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells whether a case returns to an earlier one: the latest case of the same customer about the
 * same subject that had closed when this one opened.
 *
 * <p>Sooner than a few minutes after that close it is a <em>reconnect</em>, a dropped line; later,
 * and within the window, a <em>repeat contact</em>. A case that opened while another of the
 * customer was open is neither.
 */
public final class RepeatContacts {
  /** No customer is compared with more of his own past than this. */
  private static final int MOST = 30;

  private final SameSubject sameSubject;
  private final Supplier<DeskSettings> settings;

  /** Decides by the settings' window and threshold. */
  public RepeatContacts(SameSubject sameSubject, Supplier<DeskSettings> settings) {
    this.sameSubject = sameSubject;
    this.settings = settings;
  }

  /** How a case relates to the customer's past. */
  public sealed interface Relation {
    /** It is a first contact, as far as one can see. */
    record First() implements Relation {}

    /** It repeats a case. */
    record Repeat(String caseId) implements Relation {}

    /** It continues a case that was cut off. */
    record Reconnect(String caseId) implements Relation {}
  }

  /**
   * Finds what a case returns to.
   *
   * @param matches the articles that its question matches
   * @param given the articles given in it
   */
  public Relation find(
      Session session, CaseRow row, List<RelatedArticle> matches, List<String> given) {
    if (row.customer() == null || row.concurrent() || !row.asks()) {
      return new Relation.First();
    }
    SameSubject.Side later = new SameSubject.Side(row.asked(), matches, given);
    Instant opened = row.openedAt();
    for (CaseRow earlier : past(session, row.customer(), row.id(), opened)) {
      if (earlier.closedAt() == null || !earlier.asks()) {
        continue;
      }
      boolean soon =
          Duration.between(earlier.closedAt(), opened).compareTo(settings.get().reconnectWithin())
              < 0;
      double same = sameSubject.probability(side(session, earlier), later, row.soundsAgain(), soon);
      if (same >= settings.get().sameSubject()) {
        return soon ? new Relation.Reconnect(earlier.id()) : new Relation.Repeat(earlier.id());
      }
    }
    return new Relation.First();
  }

  private List<CaseRow> past(Session session, String customer, String caseId, Instant opened) {
    return session
        .customers()
        .closedBetween(customer, caseId, opened.minus(settings.get().repeatWindow()), opened, MOST);
  }

  private static SameSubject.Side side(Session session, CaseRow row) {
    List<RelatedArticle> matches =
        session.outcomes().find(row.id()).map(Outcome::matches).orElse(List.of());
    List<String> given =
        session.links().given(row.id()).stream().map(LinkStore.Given::articleId).toList();
    return new SameSubject.Side(row.asked(), matches, given);
  }
}
