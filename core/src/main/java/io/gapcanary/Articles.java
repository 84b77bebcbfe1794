package io.gapcanary;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gapcanary.cases.ArticleAddresses;
import io.gapcanary.cases.CaseQuestion;
import io.gapcanary.exchange.ArticleFormat;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.gaps.ArticleHealths;
import io.gapcanary.gaps.GapRules;
import io.gapcanary.kb.Article;
import io.gapcanary.kb.AskedAs;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.privacy.Masking;
import io.gapcanary.storage.LinkStore;
import io.gapcanary.storage.ReturnStore;
import io.gapcanary.storage.Session;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The desk's articles. Thread-safe; made by {@link Desk#articles}. */
public final class Articles {
  private static final int AT_ONCE = 500;

  /** So many of an article's latest wordings are looked at for doubt. */
  private static final int DOUBTED = 200;

  private static final int REMOVED = 200;

  private final DeskWork work;
  private final ArticleAddresses addresses;
  private final Publishing publishing;
  private final Masking masking;
  private final ArticleHealths healths;
  private final KnowledgeBase knowledge;

  Articles(
      DeskWork work,
      ArticleAddresses addresses,
      GapRules gaps,
      Publishing publishing,
      Masking masking,
      KnowledgeBase knowledge) {
    this.knowledge = knowledge;
    this.work = work;
    this.addresses = addresses;
    this.publishing = publishing;
    this.masking = masking;
    this.healths = new ArticleHealths(gaps);
  }

  /**
   * Adds or replaces an article; an equal one is left as it is. The questions of gaps that it may
   * concern are asked again.
   *
   * @return true when there was none of that id
   */
  public boolean put(Article article) {
    Optional<Article> before = find(article.id());
    putAll(List.of(article));
    return before.isEmpty();
  }

  /**
   * The same, when nobody has changed it meanwhile.
   *
   * @param expected the {@link #version} that the change is based on; {@code null}: that there is
   *     none of that id
   * @throws StaleException when it is another one now
   */
  public boolean put(Article article, @Nullable String expected) {
    putSome(List.of(article), session -> requireVersion(session, article.id(), expected));
    work.calibrateToArticles();
    return expected == null;
  }

  /** What tells an article from what it was before any change: 32 hexadecimal characters. */
  public static String version(Article article) {
    return sha256(DeskJson.line(ArticleFormat.INSTANCE.write(article)));
  }

  private static void requireVersion(Session session, String id, @Nullable String expected) {
    String now = session.articles().find(id).map(Articles::version).orElse(null);
    if (!Objects.equals(now, expected)) {
      throw new StaleException(
          "Article "
              + id
              + (now == null
                  ? " is not there any more"
                  : expected == null ? " is there already" : " has changed")
              + ": read it again, then decide");
    }
  }

  /**
   * Changes what is held of an article, and nothing else of it: archived, it is suggested no more;
   * any other brings it back. The same again changes nothing.
   *
   * @param expected the {@link #version} that the change is based on, or {@code null} for any
   * @return the article as it is now
   * @throws NotFoundException when there is none of that id
   * @throws StaleException when it is another one now
   */
  public Article setConfidence(
      String id, Article.Confidence confidence, @Nullable String expected) {
    Article before = get(id);
    if (expected != null && !version(before).equals(expected)) {
      throw new StaleException("Article " + id + " has changed: read it again, then decide");
    }
    Article after = with(before, confidence);
    put(after, version(before));
    return after;
  }

  private static Article with(Article article, Article.Confidence confidence) {
    return new Article(
        article.id(),
        article.title(),
        article.body(),
        article.language(),
        article.applicability(),
        article.tags(),
        article.url(),
        article.audience(),
        confidence,
        article.publishedAt(),
        article.validUntil(),
        article.updatedAt());
  }

  private Article get(String id) {
    return find(id).orElseThrow(() -> new NotFoundException("There is no article " + id));
  }

  /**
   * Adds or replaces many, faster than one by one. Of two with the same id the later one stays.
   * Probabilities and floors are fitted to the desk when it has twice the articles that it had.
   */
  public void putAll(Collection<Article> articles) {
    Map<String, Article> latest = new LinkedHashMap<>();
    articles.forEach(article -> latest.put(article.id(), article));
    List<Article> all = List.copyOf(latest.values());
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      putSome(all.subList(from, Math.min(all.size(), from + AT_ONCE)), session -> {});
    }
    work.calibrateToArticles();
  }

  private void putSome(List<Article> articles, Consumer<Session> first) {
    List<Article> changed = new ArrayList<>();
    Map<String, Article> former = new HashMap<>();
    boolean anyGap =
        work.change(
            session -> {
              first.accept(session);
              for (Article article : articles) {
                Article before = session.articles().find(article.id()).orElse(null);
                if (!article.equals(before)) {
                  session.articles().put(article, before);
                  changed.add(article);
                  if (before != null) {
                    former.put(article.id(), before);
                  }
                }
              }
              return !session.gaps().numbered().isEmpty();
            });
    changed.forEach(this::noteAddress);
    if (anyGap) {
      changed.forEach(article -> publishing.came(article, former.get(article.id())));
    }
  }

  /** Begins a new edition of an article that came as it is, as if it had come changed. */
  void renew(Article article) {
    work.change(
        session -> {
          session.articles().beginEdition(article.id());
          return true;
        });
    publishing.came(article, article);
  }

  private void noteAddress(Article article) {
    if (article.url() == null) {
      addresses.remove(article.id());
    } else {
      addresses.put(article.id(), article.url());
    }
  }

  /** The article of an id, archived ones included. */
  public Optional<Article> find(String id) {
    return work.read(session -> session.articles().find(id));
  }

  /**
   * A page of the articles, by id.
   *
   * @param after the last id of the page before, or {@code null} to begin
   * @param limit how many at most
   */
  public List<Article> list(@Nullable String after, int limit) {
    return list(ArticleFilter.ALL, after, limit);
  }

  /** A page of some articles, by id. */
  public List<Article> list(ArticleFilter filter, @Nullable String after, int limit) {
    return work.read(session -> session.articles().list(filter, after, limit));
  }

  /**
   * Removes an article and what was learned for it. To keep it but suggest it no more, put it with
   * {@link io.gapcanary.kb.Article.Confidence#ARCHIVED}.
   *
   * @return false when there was none of that id
   */
  public boolean remove(String id) {
    return remove(id, session -> {});
  }

  /**
   * The same, when nobody has changed it meanwhile.
   *
   * @param expected the {@link #version} that the decision is based on
   * @throws StaleException when it is another one now, or gone
   */
  public boolean remove(String id, String expected) {
    return remove(id, session -> requireVersion(session, id, expected));
  }

  private boolean remove(String id, Consumer<Session> first) {
    boolean removed =
        work.change(
            session -> {
              first.accept(session);
              return session.articles().remove(id);
            });
    addresses.remove(id);
    return removed;
  }

  /**
   * Learns resolved questions: wordings that led to an article, from a history without cases. Their
   * personal data is masked first; a wording of a known id is replaced. Probabilities and floors
   * are fitted to the desk again.
   */
  public void learn(Collection<AskedAs> wordings) {
    List<AskedAs> all = List.copyOf(wordings);
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      List<AskedAs> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
      work.change(
          session -> {
            some.forEach(wording -> session.articles().learn(masked(wording)));
            return true;
          });
    }
    work.calibrate();
  }

  private AskedAs masked(AskedAs wording) {
    return new AskedAs(
        wording.id(),
        wording.articleId(),
        CaseQuestion.asked(masking.mask(wording.text()), work.settings().questionLength()),
        wording.source(),
        wording.at());
  }

  /**
   * What was learned for an article, what was learned last first. The same words from several cases
   * are one.
   */
  public List<LearnedWording> wordings(String articleId) {
    List<LearnedWording> learned =
        work.read(session -> wordings(session, articleId, LinkAction.LINKED));
    List<String> latest =
        learned.stream()
            .filter(wording -> !wording.forgotten())
            .limit(DOUBTED)
            .map(LearnedWording::text)
            .toList();
    Map<String, List<String>> doubted = knowledge.doubted(articleId, latest, work.now());
    return learned.stream()
        .map(wording -> wording.contradictedBy(doubted.getOrDefault(wording.text(), List.of())))
        .toList();
  }

  /**
   * What people removed of it, what was removed last first; at most 200 of each sort.
   *
   * @see #restoreWording
   */
  public List<LearnedWording.Removed> removedWordings(String articleId) {
    return work.read(
        session ->
            Stream.of(LinkAction.LINKED, LinkAction.DISMISSED)
                .flatMap(
                    learnedBy ->
                        removed(session, articleId, learnedBy).entrySet().stream()
                            .map(
                                one ->
                                    new LearnedWording.Removed(
                                        wording(session, one.getKey(), one.getValue(), learnedBy),
                                        learnedBy)))
                .toList());
  }

  private static Map<String, List<AskedAs>> removed(
      Session session, String articleId, LinkAction learnedBy) {
    return byText(
        session.articles().removed(articleId, learnedBy == LinkAction.DISMISSED, REMOVED));
  }

  /**
   * For what questions agents dismissed an article that was suggested, what was learned last first.
   * Several of much the same words lower it for their likes.
   */
  public List<LearnedWording> dismissals(String articleId) {
    return work.read(session -> wordings(session, articleId, LinkAction.DISMISSED));
  }

  private List<LearnedWording> wordings(Session session, String articleId, LinkAction learnedBy) {
    return byText(session, articleId, learnedBy).entrySet().stream()
        .map(entry -> wording(session, entry.getKey(), entry.getValue(), learnedBy))
        .toList();
  }

  private static Map<String, List<AskedAs>> byText(
      Session session, String articleId, LinkAction learnedBy) {
    List<AskedAs> learned =
        learnedBy == LinkAction.DISMISSED
            ? session.articles().dismissals(articleId)
            : session.articles().wordings(articleId);
    return byText(learned);
  }

  private static Map<String, List<AskedAs>> byText(List<AskedAs> wordings) {
    return wordings.stream()
        .collect(Collectors.groupingBy(AskedAs::text, LinkedHashMap::new, Collectors.toList()));
  }

  private LearnedWording wording(
      Session session, String text, List<AskedAs> latestFirst, LinkAction learnedBy) {
    Instant lastAt = latestFirst.getFirst().at();
    return new LearnedWording(
        wordingId(text, learnedBy),
        text,
        latestFirst.size(),
        latestFirst.stream()
            .map(AskedAs::source)
            .filter(source -> session.cases().find(source).isPresent())
            .toList(),
        latestFirst.getLast().at(),
        lastAt,
        lastAt.isAfter(Instant.EPOCH)
            && lastAt.isBefore(work.clockNow().minus(work.settings().learnedFor())),
        List.of(),
        session.articles().decisions(latestFirst.stream().map(AskedAs::id).toList()));
  }

  /** Half of a SHA-256: the same words have the same id, for as long as the desk lives. */
  private static String wordingId(String text, LinkAction learnedBy) {
    return sha256(learnedBy == LinkAction.DISMISSED ? "dismissed\n" + text : text);
  }

  private static String sha256(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Removes what was learned for an article, from links or from dismissals. The cases that it came
   * from do not teach it again; later ones may.
   *
   * @param wordingId the {@link LearnedWording#id}
   * @param by who says so; blank: {@code manager}
   * @throws NotFoundException when there is no such wording
   */
  public void removeWording(String articleId, String wordingId, String by) {
    String person = by.isBlank() ? "manager" : by.strip();
    work.change(
        session -> {
          List<AskedAs> all =
              find(session, articleId, wordingId, LinkAction.LINKED)
                  .or(() -> find(session, articleId, wordingId, LinkAction.DISMISSED))
                  .orElseThrow(
                      () ->
                          new NotFoundException(
                              "Article " + articleId + " has no wording " + wordingId));
          all.forEach(one -> session.articles().removeWording(one.id(), work.clockNow(), person));
          return all.size();
        });
  }

  /**
   * Takes up again what was removed: it counts as if it never had been.
   *
   * @param wordingId the {@link LearnedWording#id} of one of {@link #removedWordings}
   * @param by who says so; blank: {@code manager}
   * @throws NotFoundException when no such wording was removed
   */
  public void restoreWording(String articleId, String wordingId, String by) {
    String person = by.isBlank() ? "manager" : by.strip();
    work.change(
        session -> {
          List<AskedAs> all =
              find(removed(session, articleId, LinkAction.LINKED), wordingId, LinkAction.LINKED)
                  .or(
                      () ->
                          find(
                              removed(session, articleId, LinkAction.DISMISSED),
                              wordingId,
                              LinkAction.DISMISSED))
                  .orElseThrow(
                      () ->
                          new NotFoundException(
                              "Article " + articleId + " has no removed wording " + wordingId));
          all.forEach(one -> session.articles().restoreWording(one.id(), work.clockNow(), person));
          return all.size();
        });
  }

  private static Optional<List<AskedAs>> find(
      Session session, String articleId, String wordingId, LinkAction learnedBy) {
    return find(byText(session, articleId, learnedBy), wordingId, learnedBy);
  }

  private static Optional<List<AskedAs>> find(
      Map<String, List<AskedAs>> wordings, String wordingId, LinkAction learnedBy) {
    return wordings.entrySet().stream()
        .filter(entry -> wordingId(entry.getKey(), learnedBy).equals(wordingId))
        .findFirst()
        .map(Map.Entry::getValue);
  }

  /** How an article does with customers. */
  public Optional<ArticleHealth> health(String id) {
    return work.read(
        session ->
            session.articles().findHeading(id).map(heading -> healths.of(session, id, heading)));
  }

  /**
   * A page of the articles with their health.
   *
   * @param after the cursor that the page before ended with, or {@code null} to begin
   * @param limit how many at most
   */
  public ArticleHealth.Page health(ArticleHealth.Order order, @Nullable String after, int limit) {
    return work.read(session -> healths.list(session, order, after, limit));
  }

  /**
   * A page of the repeat contacts, the latest first.
   *
   * @param articleId only those after this article, or {@code null}
   * @param after the cursor that the page before ended with, or {@code null} to begin
   * @param limit how many at most
   */
  public RepeatContact.Page repeatContacts(
      @Nullable String articleId, @Nullable String after, int limit) {
    return work.read(
        session -> {
          List<ReturnStore.Repeat> found =
              articleId == null
                  ? session.returns().repeats(after, limit + 1)
                  : session.returns().repeats(articleId, after, limit + 1);
          List<RepeatContact> page =
              found.stream().limit(limit).map(repeat -> contact(session, repeat)).toList();
          return new RepeatContact.Page(
              page, found.size() > limit ? page.getLast().caseId() : null);
        });
  }

  private static RepeatContact contact(Session session, ReturnStore.Repeat repeat) {
    return new RepeatContact(
        repeat.caseId(),
        repeat.repeatOf(),
        session.links().given(repeat.repeatOf()).stream().map(LinkStore.Given::articleId).toList(),
        repeat.earlierClosedAt(),
        repeat.openedAt(),
        repeat.question());
  }

  /** How many articles there are. */
  public int size() {
    return work.read(session -> session.articles().size());
  }
}
