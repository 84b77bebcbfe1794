package io.gapcanary.repeat;

import io.gapcanary.CustomerContacts;
import io.gapcanary.CustomerContacts.Afterwards;
import io.gapcanary.CustomerContacts.Contact;
import io.gapcanary.CustomerContacts.GivenArticle;
import io.gapcanary.Outcome;
import io.gapcanary.storage.ArticleStore;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.LinkStore;
import io.gapcanary.storage.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tells what a case's customer came for besides it, and whether it helped. */
public final class Contacts {
  private static final int MOST = 10;

  private final Duration window;

  /**
   * @param window within which one who comes back counts as having come back
   */
  public Contacts(Duration window) {
    this.window = window;
  }

  /**
   * The customer's contacts besides a case.
   *
   * @param now the desk's time
   */
  public CustomerContacts besides(Session session, CaseRow row, Instant now) {
    String customer = row.customer();
    if (customer == null) {
      return new CustomerContacts(false, 0, List.of());
    }
    List<CaseRow> latest = session.contacts().latestOf(customer, row.id(), MOST);
    Returns returns = Returns.among(session, Stream.concat(latest.stream(), Stream.of(row)));
    return new CustomerContacts(
        true,
        session.contacts().countOf(customer, row.id()),
        latest.stream().map(one -> contact(session, one, returns, now)).toList());
  }

  /** In which case a customer came back after which: by repeating it, or by reconnecting to it. */
  private record Returns(Map<String, String> repeats, Map<String, String> reconnects) {
    static Returns among(Session session, Stream<CaseRow> rows) {
      Returns returns = new Returns(new HashMap<>(), new HashMap<>());
      rows.flatMap(row -> session.outcomes().find(row.id()).stream()).forEach(returns::note);
      return returns;
    }

    private void note(Outcome outcome) {
      if (outcome.repeatOf() != null) {
        repeats.put(outcome.repeatOf(), outcome.caseId());
      }
      if (outcome.reconnectOf() != null) {
        reconnects.put(outcome.reconnectOf(), outcome.caseId());
      }
    }
  }

  private Contact contact(Session session, CaseRow row, Returns returns, Instant now) {
    String repeat = returns.repeats().get(row.id());
    String reconnect = returns.reconnects().get(row.id());
    return new Contact(
        row.id(),
        row.openedAt(),
        row.channel(),
        row.product(),
        row.question(),
        session.links().given(row.id()).stream().map(given -> article(session, given)).toList(),
        row.resolution(),
        afterwards(row, repeat != null, reconnect != null, now),
        repeat == null ? reconnect : repeat);
  }

  private static GivenArticle article(Session session, LinkStore.Given given) {
    return new GivenArticle(
        given.articleId(),
        session
            .articles()
            .findHeading(given.articleId())
            .map(ArticleStore.Heading::title)
            .orElse(given.articleId()));
  }

  private Afterwards afterwards(CaseRow row, boolean repeated, boolean reconnected, Instant now) {
    if (repeated) {
      return Afterwards.CAME_BACK;
    }
    if (reconnected) {
      return Afterwards.RECONNECTED;
    }
    if (row.closedAt() == null) {
      return Afterwards.STILL_OPEN;
    }
    return row.closedAt().plus(window).isBefore(now)
        ? Afterwards.STAYED_AWAY
        : Afterwards.TOO_EARLY;
  }
}
