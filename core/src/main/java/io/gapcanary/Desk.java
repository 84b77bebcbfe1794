package io.gapcanary;

import io.gapcanary.cases.ArticleAddresses;
import io.gapcanary.flood.FloodGuard;
import io.gapcanary.gaps.FormingSubjects;
import io.gapcanary.gaps.GapRules;
import io.gapcanary.gaps.GapViews;
import io.gapcanary.gaps.Grouping;
import io.gapcanary.gaps.HeldBack;
import io.gapcanary.gaps.Replay;
import io.gapcanary.gaps.Reporting;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.TextEmbedder;
import io.gapcanary.kb.Tuning;
import io.gapcanary.kb.VectorStore;
import io.gapcanary.privacy.IdentityHash;
import io.gapcanary.privacy.Masking;
import io.gapcanary.repeat.RepeatContacts;
import io.gapcanary.repeat.SameSubject;
import io.gapcanary.storage.Database;
import io.gapcanary.suggest.Suggesting;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A contact centre's desk on a folder: its articles, its cases and its gaps.
 *
 * <p>Thread-safe. One process at a time may hold a folder. In it are {@code desk.db} (the record,
 * SQLite), {@code index} (derived; may be deleted while the desk is closed) and {@code
 * identity.key} (the key of the identity hashes; without it, returning customers are not
 * recognised).
 *
 * <pre>{@code
 * try (Desk desk = Desk.open(folder, DeskSettings.DEFAULT, InstantSource.system(), null)) {
 *   desk.articles().put(article);
 *   String id = desk.assist().open(CaseOpening.anonymous());
 *   desk.assist().hear(id, Message.customer("The app closes when I log in"));
 *   desk.assist().suggest(id).suggestions();
 * }
 * }</pre>
 */
public final class Desk implements AutoCloseable {
  private final DeskFolder folder;
  private final Database database;
  private final KnowledgeBase knowledge;
  private final IndexFeed feed;
  private final DeskWork work;
  private final AgentAssist assist;
  private final GapBoard board;
  private final Articles articles;
  private final PastCases past;
  private final Floors floors;
  private final Weights weights;
  private final Floods floods;
  private final KeptAnswers answers;
  private final Erasing erasing;
  private final Retention retention;
  private final ProvisionalSignals provisional;
  private final BoardLog boardLog;
  private final Webhooks webhooks;
  private final MailOutbox mailOutbox;
  private final Reporting reporting;
  private final SettingsInUse settings;
  private final Recalculations recalculations;
  private boolean closed;

  private Desk(
      DeskFolder folder,
      Database database,
      KnowledgeBase knowledge,
      DeskSettings settings,
      InstantSource clock,
      @Nullable TextEmbedder embedder) {
    this.folder = folder;
    this.database = database;
    this.knowledge = knowledge;
    this.settings =
        new SettingsInUse(settings, database.read(session -> session.settings().decided()));
    this.feed = new IndexFeed(database, knowledge);
    Masking masking = new Masking(settings.phoneRegions());
    ArticleAddresses addresses = new ArticleAddresses();
    Grouping grouping = new Grouping(knowledge, this.settings);
    Replay replay = new Replay(knowledge);
    GapRules rules = new GapRules(knowledge, grouping, replay, this.settings);
    RepeatContacts repeats = new RepeatContacts(new SameSubject(knowledge), this.settings);
    IdentityHash identities = new IdentityHash(folder.identityKey());
    FloodGuard guard = new FloodGuard(this.settings);
    OpenCaseChanges changes = new OpenCaseChanges();
    CaseLog log = new CaseLog(masking, identities, addresses, guard, settings, changes);
    CaseClosing closing = new CaseClosing(knowledge, repeats, rules, masking, log, guard);
    this.work = new DeskWork(database, knowledge, feed, closing, settings, clock);
    RecentMatches recent = new RecentMatches(knowledge::changes, System::nanoTime);
    this.provisional =
        new ProvisionalSignals(
            work,
            knowledge,
            closing,
            guard,
            recent,
            changes,
            new FormingSubjects(knowledge, this.settings),
            this.settings);
    Suggesting suggesting = new Suggesting(grouping, rules, provisional::now, this.settings);
    this.assist = new AgentAssist(work, log, knowledge, suggesting, masking, recent);
    GapViews views = new GapViews(rules, knowledge, settings);
    Publishing publishing = new Publishing(work, knowledge, rules, replay);
    this.board =
        new GapBoard(work, knowledge, views, rules, replay, publishing, masking, provisional);
    this.reporting = new Reporting(views);
    this.articles = new Articles(work, addresses, rules, publishing, masking, knowledge);
    this.past = new PastCases(work, log);
    this.floors = new Floors(work, knowledge);
    this.weights = new Weights(work);
    this.floods = new Floods(work);
    this.answers = new KeptAnswers(database, identities, clock);
    Runnable forgetting =
        () -> {
          recent.forget();
          provisional.forget();
        };
    this.erasing =
        new Erasing(work, database, knowledge, feed, identities, rules, answers, forgetting);
    this.retention = new Retention(work, database.vectors(), knowledge);
    this.boardLog = new BoardLog(work, provisional);
    this.webhooks = new Webhooks(work, provisional);
    this.mailOutbox = new MailOutbox(work);
    this.recalculations =
        new Recalculations(
            new Recalculations.Live(this, folder, database, work, this.settings),
            (beside, under) -> beside(beside, under, clock, embedder, database.vectors()));
    database.read(
        session -> {
          session.articles().addresses(addresses::put);
          return session;
        });
  }

  /**
   * Opens the desk in a folder, or begins an empty one there. An index that is missing, behind or
   * of another meaning model is brought up to date first, as far as words and kept embeddings go;
   * for the rest see {@link #embedSome}.
   *
   * @param clock the time of events that bear none
   * @param embedder the meaning model, or {@code null} for words only; closed with the desk
   * @throws DeskException when the folder cannot be written, is held by another process, or was
   *     written by a newer version
   */
  public static Desk open(
      Path folder, DeskSettings settings, InstantSource clock, @Nullable TextEmbedder embedder) {
    DeskFolder held = DeskFolder.hold(folder);
    Database database = null;
    KnowledgeBase knowledge = null;
    try {
      database = database(held, folder, settings);
      database.write(
          session -> {
            session.health().useZone(settings.timeZone());
            return session;
          });
      knowledge = knowledge(held, database, settings, embedder);
      Desk desk = new Desk(held, database, knowledge, settings, clock, embedder);
      held.delete(held.recalculation());
      desk.feed.catchUp();
      desk.erasing.finish();
      return desk;
    } catch (RuntimeException e) {
      if (knowledge != null) {
        knowledge.close();
      }
      if (database != null) {
        database.close();
      }
      held.close();
      throw e;
    }
  }

  /**
   * An empty desk that borrows another one's model and vectors, so that nothing is embedded twice.
   */
  private static Desk beside(
      Path folder,
      DeskSettings settings,
      InstantSource clock,
      @Nullable TextEmbedder embedder,
      VectorStore vectors) {
    DeskFolder held = DeskFolder.hold(folder);
    Database database = database(held, folder, settings);
    TextEmbedder lent = embedder == null ? null : new LentEmbedder(embedder);
    Tuning tuning = new Tuning(settings.floors(), settings.near(), settings.learnedFor());
    KnowledgeBase knowledge = KnowledgeBase.open(held.index(), lent, vectors, tuning);
    return new Desk(held, database, knowledge, settings, clock, lent);
  }

  private static Database database(DeskFolder held, Path folder, DeskSettings settings) {
    try {
      return Database.open(
          held.database(), settings.durability() == DeskSettings.Durability.RELAXED);
    } catch (Database.NewerVersionException e) {
      throw new DeskException(
          "The data folder " + folder + " was written by a newer version of Gapcanary", e);
    } catch (RuntimeException e) {
      throw new DeskException(
          "The database " + held.database() + " cannot be used: it is damaged or cannot be written",
          e);
    }
  }

  private static KnowledgeBase knowledge(
      DeskFolder held, Database database, DeskSettings settings, @Nullable TextEmbedder embedder) {
    Tuning tuning = new Tuning(settings.floors(), settings.near(), settings.learnedFor());
    try {
      TextEmbedder lent = embedder == null ? null : new LentEmbedder(embedder);
      KnowledgeBase first = KnowledgeBase.open(held.index(), lent, database.vectors(), tuning);
      boolean ahead = IndexFeed.isAhead(first, database);
      first.close();
      if (ahead) {
        held.deleteIndex();
      }
      return KnowledgeBase.open(held.index(), embedder, database.vectors(), tuning);
    } catch (UncheckedIOException e) {
      throw new DeskException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The agents' face. */
  public AgentAssist assist() {
    return assist;
  }

  /** The knowledge managers' face. */
  public GapBoard board() {
    return board;
  }

  /** The articles. */
  public Articles articles() {
    return articles;
  }

  /** What takes in cases of before, beside those that happen now. */
  public PastCases past() {
    return past;
  }

  /** The floors, by language. */
  public Floors floors() {
    return floors;
  }

  /** Cases that look like a machine's doing. */
  public Floods floods() {
    return floods;
  }

  /** What counts how much in the impact of a gap. */
  public Weights weights() {
    return weights;
  }

  /** How requests that bear a key were answered. */
  public KeptAnswers keptAnswers() {
    return answers;
  }

  /** What happened to gaps, in order. */
  public BoardLog boardLog() {
    return boardLog;
  }

  /** Who is told of it elsewhere. */
  public Webhooks webhooks() {
    return webhooks;
  }

  /** What is still to be sent by e-mail. */
  public MailOutbox mailOutbox() {
    return mailOutbox;
  }

  /** Past cases, judged again under other settings. */
  public Recalculations recalculations() {
    return recalculations;
  }

  /** What the desk was opened with, but for what people decided since. */
  public DeskSettings settings() {
    return settings.get();
  }

  DeskWork work() {
    return work;
  }

  Retention retention() {
    return retention;
  }

  ProvisionalSignals provisional() {
    return provisional;
  }

  /** The desk in numbers. */
  public Totals totals() {
    return work.read(
        session ->
            session
                .health()
                .totals(HeldBack.count(session, settings()), session.floods().size().cases()));
  }

  /** The desk's health: closed cases counted, by week or by their circumstances. */
  public DeskHealth health(DeskHealth.Query query) {
    return work.read(session -> session.health().of(query));
  }

  /**
   * The cases behind a figure of the desk's health, those that closed last first.
   *
   * @param most how many at most
   */
  public List<DeskHealth.CountedCase> casesBehind(
      DeskHealth.Query query, DeskHealth.Measure measure, int most) {
    return work.read(session -> session.health().cases(query, measure, most));
  }

  /** What a week brought. Of one that has not begun there is nothing to tell. */
  public WeeklyReport report(IsoWeek week) {
    return work.read(
        session ->
            reporting.of(
                session,
                week,
                settings.get().timeZone(),
                work.now(),
                week.monday().isBefore(present().monday())));
  }

  /**
   * The week to report: the last one that is over, or that of the desk's latest event where nothing
   * has happened since.
   */
  public IsoWeek reportedWeek() {
    IsoWeek last = present().before();
    IsoWeek busy = IsoWeek.of(LocalDate.ofInstant(work.now(), settings.get().timeZone()));
    return busy.monday().isBefore(last.monday()) ? busy : last;
  }

  private IsoWeek present() {
    Instant clock = work.clockNow();
    Instant now = work.now().isAfter(clock) ? work.now() : clock;
    return IsoWeek.of(LocalDate.ofInstant(now, settings.get().timeZone()));
  }

  /** The products, channels, segments and languages that closed cases have told. */
  public CircumstancesTold told() {
    return CircumstancesTold.of(work.read(session -> session.health().told()));
  }

  /**
   * Erases a customer: their cases, messages, identities and wordings, the answers that were kept,
   * and what was derived from them, in the record, in the index and in the files' unused parts.
   * Counts stay: a day's figures and an article's sums are what they were, told of nobody. Gaps
   * lose those cases and find another title; one that loses all of them keeps its number and
   * history, without a text. Whoever comes back is a new customer.
   *
   * <p>A recalculation that is under way is thrown away. Nothing else happens on the desk
   * meanwhile, for both files are written anew. When the process ends on the way, opening the desk
   * again finishes it. Backups and logs that were made before keep what they have.
   *
   * @param identities as they were told when the cases were opened; a {@link
   *     CaseOpening#customerId} is one of the type {@code customer}
   * @return how much there was; nothing when the customer is not known
   */
  public Erasure erase(Collection<Identity> identities) {
    return recalculations.erasing(() -> erasing.erase(identities));
  }

  /** How many cases are open. */
  public int openCases() {
    return work.read(session -> session.cases().countOpen());
  }

  /** Every outcome, in the order of closing. */
  public void outcomes(Consumer<Outcome> reader) {
    work.read(
        session -> {
          session.outcomes().forEach(reader);
          return session;
        });
  }

  /** The time of the latest event; the clock's while there was none. */
  public Instant now() {
    return work.now();
  }

  /**
   * Closes the cases that were left open and are due by now. A live desk calls this every minute or
   * so; each event does it too.
   *
   * @return how many closed
   */
  public int closeOverdue() {
    return work.closeOverdue();
  }

  /**
   * Removes closed cases that have been kept for as long as {@link DeskSettings#keepCases} says:
   * what was said and asked in them, whose they were, and what was learned from them; also from a
   * recalculation that waits to be kept. What they added to sums stays: the desk's health, the
   * figures of articles, the weeks of gaps. A customer who has no other case is counted there under
   * a name of chance, and is a new one when they come back.
   *
   * <p>A live desk calls this once a day until it returns 0. Whatever happens live comes first.
   *
   * @param most how many at most
   * @return how many
   */
  public int removeOldCases(int most) {
    List<String> removed = retention.removeOldCases(most);
    recalculations.removeOldCases(removed);
    return removed.size();
  }

  /**
   * Gives some of what came while the meaning model could not be asked, or before it was another,
   * its meaning; until there is none left, words alone serve and no silence counts towards a gap.
   * Also tries a model that failed again.
   *
   * <p>A live desk calls this on a thread of its own until it returns 0, and again every few
   * seconds; on a desk that never calls it, events do it little by little.
   *
   * @return how many articles, wordings and questions; 0 when none is left, or the model cannot be
   *     asked
   */
  public int embedSome() {
    return work.embedSome();
  }

  /**
   * Looks at open cases that something happened to: what {@link GapBoard#openNow} tells is as of
   * then, and those who listen are told once of a subject that has no gap yet and that {@link
   * DeskSettings#formingCustomers} customers ask. Also looks again at a few others, since articles
   * and gaps go on. Nothing that counts closed cases changes.
   *
   * <p>A live desk calls this on a thread of its own until it returns less than {@code most}, and
   * again every second or so. Whatever happens live comes first. On a desk that never calls it,
   * nothing is known of open cases.
   *
   * @param most how many at most
   * @return how many something had happened to
   */
  public int lookAtOpenCases(int most) {
    return provisional.look(most);
  }

  /**
   * Fits probabilities and floors to the desk when it has twice the articles or learned wordings
   * that it had at the last time. Takes some seconds, beside whatever happens.
   *
   * <p>A live desk calls this on a thread of its own every few seconds; on a desk that never calls
   * it, events and articles that come do it. Events that bear times always do it themselves, so
   * that a history comes out the same each time.
   *
   * @return whether it was due
   */
  public boolean calibrateWhenDue() {
    return work.calibrateBeside();
  }

  /**
   * Lets a fit that {@link #calibrateWhenDue} makes on another thread end without a result, and
   * begins none any more: for a desk that is about to be closed. What is due then is made when it
   * opens again.
   */
  public void endCalibration() {
    work.endCalibration();
  }

  /**
   * Closes the cases that are still open, each at the time when it would have closed itself. For
   * the end of a history: {@link #now} stays at its last event.
   *
   * @return how many closed
   */
  public int closeRemaining() {
    return work.closeRemaining();
  }

  /**
   * What is wrong with the meaning model now, as a sentence for operators; empty when all is well.
   */
  public Optional<String> impairment() {
    return knowledge.impairment();
  }

  /** What the desk has to do still. */
  public Workload workload() {
    return work.load();
  }

  /** The floor in use for questions in a language. */
  public double floor(String language) {
    return knowledge.floor(language);
  }

  /** Makes everything durable and lets go of the folder. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      recalculations.close();
      feed.commit();
    } finally {
      knowledge.close();
      database.close();
      folder.close();
    }
  }
}
