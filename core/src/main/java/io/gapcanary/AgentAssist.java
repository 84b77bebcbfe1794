package io.gapcanary;

import io.gapcanary.cases.CaseQuestion;
import io.gapcanary.exchange.Flaw;
import io.gapcanary.exchange.UnusableException;
import io.gapcanary.kb.Explanation;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Matches;
import io.gapcanary.kb.Question;
import io.gapcanary.kb.Scope;
import io.gapcanary.privacy.Masking;
import io.gapcanary.repeat.Contacts;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.LinkStore;
import io.gapcanary.storage.Session;
import io.gapcanary.suggest.Suggesting;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's desktop talks to: it hears cases and suggests articles. Thread-safe; made by
 * {@link Desk#assist}.
 *
 * <p>Every event is durable when its method returns. Events may bear a time; those that do not
 * happen now.
 */
public final class AgentAssist {
  private final DeskWork work;
  private final CaseLog log;
  private final KnowledgeBase knowledge;
  private final Suggesting suggesting;
  private final Masking masking;
  private final RecentMatches recent;
  private volatile BiConsumer<SuggestionStage, Duration> watch = (stage, took) -> {};

  AgentAssist(
      DeskWork work,
      CaseLog log,
      KnowledgeBase knowledge,
      Suggesting suggesting,
      Masking masking,
      RecentMatches recent) {
    this.work = work;
    this.log = log;
    this.knowledge = knowledge;
    this.suggesting = suggesting;
    this.masking = masking;
    this.recent = recent;
  }

  /**
   * Opens a case. Opening an equal one again is harmless.
   *
   * @return its id
   * @throws ConflictException when a case of that id was opened with other content
   */
  public String open(CaseOpening opening) {
    String id = opening.id() == null ? UUID.randomUUID().toString() : opening.id();
    DeskWork.When when = work.when(opening.openedAt());
    return work.event(
        when,
        session -> {
          log.open(session, id, opening, when.at(), when.onClock());
          return id;
        });
  }

  /**
   * Hears a message. A message id heard before is harmless; a message on a closed case opens it
   * again.
   *
   * @throws NotFoundException when there is no such case
   * @throws ConflictException when that message id was heard with other content
   */
  public void hear(String caseId, Message message) {
    DeskWork.When when = work.when(message.at());
    work.event(
        when,
        session ->
            log.hear(session, DeskWork.get(session, caseId), message, when.at(), when.onClock()));
  }

  /**
   * Tells how long each stage of each suggestion takes, on the thread that asked for it.
   *
   * @param watcher must be thread-safe and quick; the one before is told no more
   */
  public void watch(BiConsumer<SuggestionStage, Duration> watcher) {
    watch = watcher;
  }

  private <T> T watched(SuggestionStage stage, Supplier<T> work) {
    long begun = System.nanoTime();
    T done = work.get();
    watch.accept(stage, Duration.ofNanos(System.nanoTime() - begun));
    return done;
  }

  /**
   * Suggests articles for a case as it stands. Changes nothing.
   *
   * @throws NotFoundException when there is no such case
   */
  public Suggestions suggest(String caseId) {
    return suggest(caseId, false);
  }

  /**
   * Suggests likewise after a message that was just heard. What an agent says asks nothing: while
   * the case's question and the articles are the same as when they were last searched for it, and
   * that was less than a minute ago, they are not searched again.
   *
   * @throws NotFoundException when there is no such case
   */
  public Suggestions suggestAfter(String caseId, Message heard) {
    return suggest(caseId, heard.from() != Author.CUSTOMER);
  }

  private Suggestions suggest(String caseId, boolean asBefore) {
    CaseRow row =
        watched(
            SuggestionStage.QUESTION, () -> work.read(session -> DeskWork.get(session, caseId)));
    if (!row.asks()) {
      return Suggesting.tooLittleText();
    }
    Question question = row.asked(row.lastAt());
    Matches matches =
        watched(
            SuggestionStage.MATCH,
            () ->
                (asBefore ? recent.find(caseId, question) : Optional.<Matches>empty())
                    .orElseGet(() -> search(caseId, question)));
    return advise(question, matches, row);
  }

  private Matches search(String caseId, Question question) {
    return recent.search(caseId, question, () -> match(question, Scope.except(caseId)));
  }

  private Suggestions advise(Question question, Matches matches, @Nullable CaseRow row) {
    return watched(
        SuggestionStage.ADVICE,
        () -> work.read(session -> suggesting.of(session, question, matches, row)));
  }

  /** Suggests articles for a text of which no case is known. Its personal data is masked first. */
  public Suggestions suggest(Question question) {
    CaseQuestion asked =
        watched(
            SuggestionStage.QUESTION,
            () -> CaseQuestion.of(masking.mask(question.text()), work.settings().questionLength()));
    if (asked.isEmpty()) {
      return Suggesting.tooLittleText();
    }
    Question distilled = question.withText(asked.text());
    Matches matches = watched(SuggestionStage.MATCH, () -> match(distilled, Scope.ALL));
    return advise(distilled, matches, null);
  }

  /**
   * Asks the articles themselves: up to ten matches with their evidence, whatever the verdict. The
   * question's personal data is masked first, and what asks nothing in it (greetings, signatures,
   * quoted mail) left out.
   */
  public Matches ask(Question question) {
    String masked = masking.mask(question.text());
    String asked = CaseQuestion.asked(masked, work.settings().questionLength());
    return match(question.withText(asked), Scope.ALL);
  }

  /**
   * Says how what is suggested for a case comes about, for each match and for each of these
   * articles.
   *
   * @throws NotFoundException when there is no such case or article
   * @throws UncheckedIOException when the index cannot be read
   */
  public Explanation explain(String caseId, List<String> articleIds) {
    CaseRow row = work.read(session -> DeskWork.get(session, caseId));
    requireArticles(articleIds);
    return knowledge.explain(row.asked(row.lastAt()), articleIds, Scope.except(caseId));
  }

  /**
   * The same for a text of which no case is known. Its personal data is masked first.
   *
   * @throws NotFoundException when there is no such article
   * @throws UncheckedIOException when the index cannot be read
   */
  public Explanation explain(Question question, List<String> articleIds) {
    requireArticles(articleIds);
    String asked =
        CaseQuestion.of(masking.mask(question.text()), work.settings().questionLength()).text();
    return knowledge.explain(question.withText(asked), articleIds, Scope.ALL);
  }

  private void requireArticles(List<String> ids) {
    for (String id : ids) {
      if (work.read(session -> session.articles().findHeading(id)).isEmpty()) {
        throw new NotFoundException("There is no article " + id);
      }
    }
  }

  private Matches match(Question question, Scope scope) {
    try {
      return knowledge.match(question, scope);
    } catch (UncheckedIOException e) {
      return Matches.unavailable("The index cannot be read: " + e.getMessage());
    }
  }

  /**
   * Notes what the agent did with an article. A link is learned at once; a dismissal takes it back.
   * A case that has closed is judged again.
   *
   * @param at when; {@code null}: now
   * @throws NotFoundException when there is no such case or article
   */
  public void link(String caseId, String articleId, LinkAction action, @Nullable Instant at) {
    DeskWork.When when = work.when(at);
    work.event(when, session -> link(session, caseId, articleId, action, when));
  }

  private boolean link(
      Session session, String caseId, String articleId, LinkAction action, DeskWork.When when) {
    CaseRow row = DeskWork.get(session, caseId);
    if (session.articles().findHeading(articleId).isEmpty()) {
      throw new NotFoundException("There is no article " + articleId);
    }
    if (!when.onClock() && session.links().isLastLink(caseId, articleId, action, when.at())) {
      return false;
    }
    log.link(session, row, articleId, action, when.at(), when.onClock());
    if (!row.open() && action != LinkAction.OPENED) {
      work.judge(session, DeskWork.get(session, caseId));
    }
    return true;
  }

  /**
   * Closes a case and judges it. Closing it again in the same way is harmless; in another way, it
   * is judged again.
   *
   * @throws NotFoundException when there is no such case
   * @throws UnusableException when the closing's time lies before the case opened, and before all
   *     that was said in it
   */
  public Outcome close(String caseId, Closing closing) {
    DeskWork.When when = work.when(closing.at());
    return work.event(
        when,
        session -> {
          CaseRow row = DeskWork.get(session, caseId);
          if (closing.at() != null) {
            requireOpened(session, row, when.at());
          }
          Optional<Outcome> before = session.outcomes().find(caseId);
          return before.isPresent() && saysNothingNew(row, closing)
              ? before.get()
              : work.close(session, caseId, closing, when.at());
        });
  }

  /** A case that opened on the clock may live on the times that its messages bear. */
  private static void requireOpened(Session session, CaseRow row, Instant at) {
    if (at.isBefore(row.openedAt())
        && session.messages().list(row.id()).stream()
            .map(Message::at)
            .noneMatch(said -> said != null && !said.isAfter(at))) {
      throw new UnusableException(
          Flaw.of(Flaw.Kind.CASE, row.id(), Flaw.Reason.CLOSED_BEFORE_OPENED));
    }
  }

  private static boolean saysNothingNew(CaseRow row, Closing closing) {
    return !row.open()
        && (closing.at() == null || CaseLog.kept(closing.at()).equals(row.closedAt()))
        && (closing.resolution() == null || closing.resolution() == row.resolution())
        && (closing.handleMinutes() == null || closing.handleMinutes().equals(row.handleMinutes()))
        && row.tags().containsAll(closing.tags());
  }

  /** The outcome of a case that has closed. */
  public Optional<Outcome> outcome(String caseId) {
    return work.read(session -> session.outcomes().find(caseId));
  }

  /**
   * A page of the cases, the one that opened last first.
   *
   * @throws IllegalArgumentException when the filter's cursor is none
   */
  public CasePage list(CaseFilter filter) {
    return work.read(session -> session.contacts().list(filter));
  }

  /**
   * What a case's customer came for besides it, and whether that helped.
   *
   * @throws NotFoundException when there is no such case
   */
  public CustomerContacts contacts(String caseId) {
    Contacts contacts = new Contacts(work.settings().repeatWindow());
    return work.read(
        session -> contacts.besides(session, DeskWork.get(session, caseId), work.now()));
  }

  /** Whose a case is; empty when there is no such case, or it is nobody's. */
  public Optional<String> agentOf(String caseId) {
    return work.read(session -> session.cases().find(caseId).map(CaseRow::agentId));
  }

  /** The case of an id, as it is kept. */
  public Optional<SupportCase> find(String caseId) {
    return work.read(session -> session.cases().find(caseId).map(row -> supportCase(session, row)));
  }

  private static SupportCase supportCase(Session session, CaseRow row) {
    return new SupportCase(
        row.id(),
        row.openedAt(),
        row.closedAt(),
        row.channel(),
        row.product(),
        row.version(),
        row.language(),
        row.segment(),
        row.tags(),
        row.agentId(),
        row.resolution(),
        row.question(),
        session.messages().list(row.id()),
        session.links().given(row.id()).stream().map(LinkStore.Given::articleId).toList());
  }
}
