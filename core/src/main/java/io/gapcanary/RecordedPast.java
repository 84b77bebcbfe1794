package io.gapcanary;

import io.gapcanary.exchange.CaseLine;
import io.gapcanary.exchange.History;
import io.gapcanary.kb.Article;
import io.gapcanary.storage.ArticleStore.Arrival;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.CaseStore;
import io.gapcanary.storage.Database;
import io.gapcanary.storage.IndexLog;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets the closed cases of a desk happen again on another one, in the order of their times, from
 * what is stored of them: masked texts, customers by their hashes. Articles come when they came, as
 * they are now: before the first case that opened after it.
 */
final class RecordedPast {
  private final Database from;
  private final Desk onto;
  private final PriorityQueue<Arriving> arriving =
      new PriorityQueue<>(
          Comparator.comparing(Arriving::at)
              .thenComparing(Arriving::edition)
              .thenComparing(Arriving::id));
  private long judged;
  private long revision;

  /** An article that comes later, or its next edition. */
  private record Arriving(Instant at, String id, boolean edition) {}

  RecordedPast(Database from, Desk onto) {
    this.from = from;
    this.onto = onto;
  }

  /**
   * Lets everything happen that the record holds now.
   *
   * @param progress is told how many events have happened, and how many there are
   */
  void replay(BiConsumer<Integer, Integer> progress) {
    revision = from.read(session -> session.index().revision());
    List<CaseStore.Judged> cases = from.read(session -> session.cases().judgedAfter(0));
    judged = cases.isEmpty() ? 0 : cases.getLast().sequence();
    begin();
    History history =
        new History(
            place -> {
              Optional<CaseLine> line = line(cases.get((int) place).caseId());
              line.ifPresent(one -> arrive(one.opening().openedAt()));
              return line.orElse(null);
            });
    for (int i = 0; i < cases.size(); i++) {
      long place = i;
      line(cases.get(i).caseId()).ifPresent(line -> history.add(place, line));
      progress.accept(0, 0);
    }
    history.replay(onto, done -> progress.accept(done, history.size()));
    arrive(Instant.MAX);
  }

  private void begin() {
    List<Long> people = from.read(session -> session.floods().ofPeople());
    onto.floods().use(people);
    List<Article> first = new ArrayList<>();
    from.read(
        session -> {
          for (Arrival arrival : session.articles().arrivals()) {
            if (arrival.cameAt() == null) {
              session.articles().find(arrival.id()).ifPresent(first::add);
            } else {
              arriving.add(new Arriving(arrival.cameAt(), arrival.id(), false));
            }
            if (arrival.editionAt() != null) {
              arriving.add(new Arriving(arrival.editionAt(), arrival.id(), true));
            }
          }
          session.articles().gone().stream().map(RecordedPast::gone).forEach(first::add);
          return first;
        });
    onto.articles().putAll(first);
  }

  /** An article that cases were given and of which nothing is left: suggested to nobody. */
  private static Article gone(String id) {
    return Article.builder(id, id, id)
        .language("en")
        .confidence(Article.Confidence.ARCHIVED)
        .build();
  }

  private void arrive(@Nullable Instant until) {
    while (!arriving.isEmpty() && until != null && !arriving.peek().at().isAfter(until)) {
      Arriving next = arriving.remove();
      Optional<Article> article = from.read(session -> session.articles().find(next.id()));
      if (next.edition()) {
        article.ifPresent(onto.articles()::renew);
      } else {
        article.ifPresent(onto.articles()::put);
      }
    }
  }

  /** A case as it is now; empty when it is gone. */
  private Optional<CaseLine> line(String caseId) {
    return from.read(session -> session.cases().find(caseId).map(row -> line(session, row)));
  }

  private static CaseLine line(Session session, CaseRow row) {
    List<Message> messages = session.messages().list(row.id());
    List<CaseLine.Link> links = new ArrayList<>();
    session
        .links()
        .list(row.id())
        .forEach(link -> links.add(new CaseLine.Link(link.articleId(), link.action(), link.at())));
    session
        .links()
        .givenByAddress(row.id())
        .forEach(
            article -> links.add(new CaseLine.Link(article, LinkAction.LINKED, sent(messages))));
    links.sort(Comparator.comparing(link -> Objects.requireNonNull(link.at())));
    CaseOpening opening =
        CaseOpening.builder()
            .id(row.id())
            .openedAt(row.openedAt())
            .customerId(row.customer())
            .channel(row.channel())
            .product(row.product())
            .version(row.version())
            .language(row.language())
            .segment(row.segment())
            .agentId(row.agentId())
            .build();
    return new CaseLine(
        row.id(),
        opening,
        messages.stream().map(RecordedPast::withoutAddresses).toList(),
        links,
        new Closing(closedAt(row), row.resolution(), row.handleMinutes(), row.tags()));
  }

  /** A case that opened on the clock may have closed on earlier times that its messages bore. */
  private static @Nullable Instant closedAt(CaseRow row) {
    Instant at = row.closedAt();
    return at != null && at.isBefore(row.openedAt()) ? row.openedAt() : at;
  }

  /** What an agent gave by address is in the record: it is not to be read again from the text. */
  private static Message withoutAddresses(Message message) {
    return message.from() == Author.AGENT
        ? new Message(message.id(), Author.SYSTEM, message.text(), message.at())
        : message;
  }

  /** When the agent wrote last: an address was sent by then. */
  private static Instant sent(List<Message> messages) {
    return messages.reversed().stream()
        .filter(message -> message.from() == Author.AGENT)
        .findFirst()
        .or(() -> messages.stream().reduce((one, other) -> other))
        .map(Message::at)
        .orElse(Instant.EPOCH);
  }

  /**
   * Lets happen what came since, and lets go what is gone.
   *
   * @return how many cases
   */
  int catchUp() {
    articles();
    letGo();
    List<CaseStore.Judged> cases = from.read(session -> session.cases().judgedAfter(judged));
    if (cases.isEmpty()) {
      return 0;
    }
    judged = cases.getLast().sequence();
    Set<String> known =
        cases.stream()
            .map(CaseStore.Judged::caseId)
            .filter(id -> onto.assist().find(id).isPresent())
            .collect(Collectors.toSet());
    new History(
            cases.stream()
                .map(CaseStore.Judged::caseId)
                .filter(id -> !known.contains(id))
                .flatMap(id -> line(id).stream())
                .toList())
        .replay(onto, done -> {});
    cases.stream()
        .map(CaseStore.Judged::caseId)
        .filter(known::contains)
        .forEach(id -> line(id).ifPresent(this::goOn));
    return cases.size();
  }

  /** Lets go here what is gone there. */
  void letGo() {
    Set<String> gone = onto.work().read(session -> session.cases().ids());
    gone.removeAll(from.read(session -> session.cases().ids()));
    onto.retention().remove(List.copyOf(gone));
  }

  private void articles() {
    long since = revision;
    List<IndexLog.Change> changes =
        from.read(
            session -> {
              revision = session.index().revision();
              return session.index().after(since, Integer.MAX_VALUE, 0);
            });
    for (IndexLog.Change change : changes) {
      if (change.kind() == IndexLog.Kind.ARTICLE) {
        from.read(session -> session.articles().find(change.key())).ifPresent(onto.articles()::put);
      }
    }
  }

  /** What was said and linked in a case that closed before, and how it closed again. */
  private void goOn(CaseLine line) {
    String caseId = line.id();
    CaseStore.Length known = onto.work().read(session -> session.cases().length(caseId));
    line.messages().stream()
        .skip(known.messages())
        .forEach(message -> onto.assist().hear(caseId, message));
    line.links().stream()
        .skip(known.links())
        .forEach(link -> onto.assist().link(caseId, link.articleId(), link.action(), link.at()));
    onto.assist().close(caseId, line.closing());
  }
}
