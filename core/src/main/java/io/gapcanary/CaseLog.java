package io.gapcanary;

import io.gapcanary.cases.ArticleAddresses;
import io.gapcanary.cases.CaseQuestion;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.flood.Fingerprint;
import io.gapcanary.flood.FloodGuard;
import io.gapcanary.kb.AskedAs;
import io.gapcanary.kb.Language;
import io.gapcanary.privacy.IdentityHash;
import io.gapcanary.privacy.Masking;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.LinkStore;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what happens in cases: masked, in order, each event once. What a case asks and what
 * was given in it is kept up with every event; what it comes to is {@link CaseClosing}'s to say.
 */
final class CaseLog {
  /** Of very long cases the first and the last messages of the customer make the question. */
  private static final int FIRST_MESSAGES = 20;

  private static final int LAST_MESSAGES = 10;

  private final Masking masking;
  private final IdentityHash identities;
  private final ArticleAddresses addresses;
  private final FloodGuard floods;
  private final DeskSettings settings;
  private final OpenCaseChanges changes;

  CaseLog(
      Masking masking,
      IdentityHash identities,
      ArticleAddresses addresses,
      FloodGuard floods,
      DeskSettings settings,
      OpenCaseChanges changes) {
    this.masking = masking;
    this.identities = identities;
    this.addresses = addresses;
    this.floods = floods;
    this.settings = settings;
    this.changes = changes;
  }

  /**
   * Opens a case; an equal one that is there already stays as it is.
   *
   * @throws ConflictException when one of that id is there with other content
   */
  void open(Session session, String id, CaseOpening opening, Instant at, boolean onClock) {
    String hash = openingHash(opening);
    CaseRow before = session.cases().find(id).orElse(null);
    if (before != null) {
      if (!before.openingHash().equals(hash)) {
        throw new ConflictException("Case " + id + " was opened before, with other content");
      }
      return;
    }
    Set<String> hashes = hashes(opening);
    String customer = hashes.isEmpty() ? null : session.customers().identify(hashes);
    boolean concurrent = customer != null && session.customers().anyOpen(customer, at);
    save(
        session,
        new CaseRow(
            id,
            hash,
            at,
            at,
            onClock,
            null,
            masked(opening.channel()),
            opening.product(),
            opening.version(),
            opening.language(),
            masked(opening.segment()),
            opening.tags().stream().map(masking::mask).toList(),
            masked(opening.agentId()),
            customer,
            concurrent,
            null,
            null,
            "",
            Objects.requireNonNullElse(opening.language(), ""),
            false));
  }

  private @Nullable String masked(@Nullable String text) {
    return text == null ? null : masking.mask(text);
  }

  private Set<String> hashes(CaseOpening opening) {
    Set<String> hashes = new LinkedHashSet<>();
    if (opening.customerId() != null) {
      hashes.add(identities.of("customer", opening.customerId()));
    }
    opening.identities().forEach(known -> hashes.add(identities.of(known.type(), known.value())));
    return hashes;
  }

  /** Tells whether two openings are the same, and nothing else about them. */
  private String openingHash(CaseOpening opening) {
    List<Object> content = new ArrayList<>();
    content.add(String.valueOf(opening.openedAt()));
    content.add(String.valueOf(opening.customerId()));
    opening.identities().forEach(known -> content.add(List.of(known.type(), known.value())));
    content.add(
        List.of(
            String.valueOf(opening.channel()),
            String.valueOf(opening.product()),
            String.valueOf(opening.version()),
            String.valueOf(opening.language()),
            String.valueOf(opening.segment()),
            String.valueOf(opening.agentId())));
    content.add(opening.tags());
    return identities.of("opening", DeskJson.line(content));
  }

  void save(Session session, CaseRow row) {
    OptionalLong alike = Fingerprint.of(row.question());
    session
        .cases()
        .save(
            row,
            row.lastAt().plus(settings.closeAfter()),
            alike.isPresent() ? alike.getAsLong() : null);
    changes.changed(row.id());
  }

  /**
   * Hears a message, once.
   *
   * @return false when it was heard before
   * @throws ConflictException when its id was heard with other content
   */
  boolean hear(Session session, CaseRow row, Message message, Instant at, boolean onClock) {
    String hash =
        identities.of(
            "message", message.from().wireName() + "\n" + message.at() + "\n" + message.text());
    if (message.id() != null) {
      String before = session.messages().findHash(row.id(), message.id()).orElse(null);
      if (before != null) {
        if (!before.equals(hash)) {
          throw new ConflictException(
              "Message "
                  + message.id()
                  + " of case "
                  + row.id()
                  + " was heard before, with other content");
        }
        return false;
      }
    }
    Message masked = new Message(message.id(), message.from(), masking.mask(message.text()), at);
    session.messages().append(row.id(), masked, hash, at);
    CaseRow heard = row.after(at, onClock);
    switch (message.from()) {
      case CUSTOMER -> heard = asking(session, heard);
      case AGENT ->
          addresses
              .in(message.text())
              .forEach(article -> session.links().give(row.id(), article, true, row.id()));
      case SYSTEM -> {}
    }
    CaseRow reopened = heard.open() ? heard : heard.reopened();
    save(session, reopened);
    learn(session, reopened, at);
    return true;
  }

  private CaseRow asking(Session session, CaseRow row) {
    CaseQuestion question =
        CaseQuestion.of(
            session.messages().customerTexts(row.id(), FIRST_MESSAGES, LAST_MESSAGES),
            settings.questionLength());
    CaseRow asking = row.asking(question.text(), row.spoken(), question.soundsAgain());
    String spoken =
        question.isEmpty()
            ? Objects.requireNonNullElse(row.language(), "")
            : Language.primary(asking.asked().spoken());
    return asking.asking(question.text(), spoken, question.soundsAgain());
  }

  /** Notes what the agent did with an article. */
  void link(
      Session session,
      CaseRow row,
      String articleId,
      LinkAction action,
      Instant at,
      boolean onClock) {
    boolean takesBack = isGiven(session, row, articleId) || wasLinked(session, row, articleId);
    session.links().append(row.id(), articleId, action, at);
    CaseRow linked = row.after(at, onClock);
    save(session, linked);
    if (action == LinkAction.DISMISSED && !isGiven(session, row, articleId)) {
      session.articles().unlearn(wordingId(row.id(), articleId));
      if (!takesBack && row.asks() && !floods.holds(session, row)) {
        learnDismissal(session, row, articleId, at);
      }
    }
    learn(session, linked, at);
  }

  private static boolean isGiven(Session session, CaseRow row, String articleId) {
    return session.links().given(row.id()).stream()
        .anyMatch(given -> given.articleId().equals(articleId));
  }

  private static boolean wasLinked(Session session, CaseRow row, String articleId) {
    return session.links().anyLinked(row.id(), articleId);
  }

  /** Learns that an article does not answer the question of a case. */
  private static void learnDismissal(Session session, CaseRow row, String articleId, Instant at) {
    String id = dismissalId(row.id(), articleId);
    if (session.articles().findDismissal(id).isEmpty()) {
      session.articles().learnDismissal(new AskedAs(id, articleId, row.question(), row.id(), at));
    }
  }

  /**
   * Learns the question of a case for each article given in it, as soon as there is a question;
   * what is given after all was not dismissed. Nothing is learned from a flood.
   */
  void learn(Session session, CaseRow row, Instant at) {
    if (!row.asks()) {
      return;
    }
    List<LinkStore.Given> all = session.links().given(row.id());
    if (all.isEmpty() || floods.holds(session, row)) {
      return;
    }
    for (LinkStore.Given given : all) {
      session.articles().unlearn(dismissalId(row.id(), given.articleId()));
      String id = wordingId(row.id(), given.articleId());
      if (given.origin().equals(row.id()) && session.articles().findWording(id).isEmpty()) {
        session.articles().learn(new AskedAs(id, given.articleId(), row.question(), row.id(), at));
      }
    }
  }

  /**
   * Learns all that a case teaches that was set aside while its agent worked on it: what was given
   * in it, and what was dismissed.
   */
  void learnAfterwards(Session session, CaseRow row, Instant at) {
    learn(session, row, at);
    if (row.asks()) {
      dismissed(session, row)
          .forEach((articleId, when) -> learnDismissal(session, row, articleId, when));
    }
  }

  /** What was dismissed and never given, with the time of the first dismissal. */
  private static Map<String, Instant> dismissed(Session session, CaseRow row) {
    Map<String, Instant> dismissed = new LinkedHashMap<>();
    Set<String> given = new HashSet<>();
    session.links().given(row.id()).forEach(one -> given.add(one.articleId()));
    for (LinkStore.Linked linked : session.links().list(row.id())) {
      switch (linked.action()) {
        case LINKED -> given.add(linked.articleId());
        case DISMISSED -> dismissed.putIfAbsent(linked.articleId(), linked.at());
        case OPENED -> {}
      }
    }
    dismissed.keySet().removeAll(given);
    return dismissed;
  }

  private static String wordingId(String caseId, String articleId) {
    return caseId + "\n" + articleId;
  }

  private static String dismissalId(String caseId, String articleId) {
    return wordingId(caseId, articleId) + "\ndismissed";
  }

  /** The day of a time, where the desk is. */
  LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, settings.timeZone());
  }

  /** Times are kept to the millisecond. */
  static Instant kept(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS);
  }
}
