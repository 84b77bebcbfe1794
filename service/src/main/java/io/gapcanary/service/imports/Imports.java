package io.gapcanary.service.imports;

import io.gapcanary.ConflictException;
import io.gapcanary.Desk;
import io.gapcanary.exchange.CaseFormat;
import io.gapcanary.exchange.CaseLine;
import io.gapcanary.exchange.Flaw;
import io.gapcanary.exchange.JsonLines;
import io.gapcanary.exchange.Line;
import io.gapcanary.exchange.PlacedLines;
import io.gapcanary.kb.Article;
import io.gapcanary.service.imports.Import.State;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings files into a desk that is in use, one after the other, and tells how far it is.
 * Thread-safe.
 *
 * <p>Whatever happens live comes first. An import that a stop interrupts goes on when the desk
 * starts again: an article or a case comes in as a whole, and one that is there is left as it is.
 */
public final class Imports implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Imports.class);

  /** The most bytes that may be sent at once. */
  public static final long LARGEST = 2L << 30;

  private static final int KEPT = 50;
  private static final Duration SAVED_EVERY = Duration.ofSeconds(1);
  private static final Duration TO_STOP = Duration.ofSeconds(10);
  private static final Duration GIVEN_WAY = Duration.ofMillis(1);

  private final Desk desk;
  private final ImportFolder folder;
  private final InstantSource clock;
  private final Map<String, Ledger> ledgers = new LinkedHashMap<>();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("import").factory());
  private int arriving;
  private int erasures;
  private volatile boolean stopping;
  private long savedAt = System.nanoTime();

  /** Thrown through a reader to end an import before its end. */
  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
      super("stopped", null, false, false);
    }
  }

  /**
   * The imports of a desk, kept in a folder; {@link #resume} lets those go on that are not done.
   */
  public Imports(Desk desk, Path folder, InstantSource clock) {
    this.desk = desk;
    this.folder = new ImportFolder(folder, LARGEST);
    this.clock = clock;
  }

  /** Goes on with what a stop interrupted. */
  public void resume() {
    folder.discardLeftovers();
    for (Import kept : folder.list()) {
      Ledger ledger = new Ledger(kept);
      synchronized (ledgers) {
        ledgers.put(kept.id(), ledger);
      }
      if (kept.isUnderWay()) {
        LOG.info("Import {} goes on", kept.id());
        enqueue(ledger);
      }
    }
  }

  /**
   * Takes what is sent and begins to bring it in; it comes after those that were sent before.
   *
   * @param uploads at least one; of cases exactly one
   * @param by who sends it
   * @return the import, which is under way
   * @throws IllegalArgumentException when it cannot be taken, in one sentence
   * @throws ConflictException while a customer is erased, whom a file of cases might hold
   */
  public Import begin(Import.What what, List<Upload> uploads, String by) {
    if (uploads.isEmpty()) {
      throw new IllegalArgumentException("Send a file");
    }
    if (what == Import.What.ARTICLES) {
      return take(what, uploads, by);
    }
    if (uploads.size() > 1) {
      throw new IllegalArgumentException("Send one file of cases at a time");
    }
    synchronized (ledgers) {
      if (erasures > 0) {
        throw new ConflictException("A customer is being erased: send the file again in a moment");
      }
      arriving++;
    }
    try {
      return take(what, uploads, by);
    } finally {
      synchronized (ledgers) {
        arriving--;
      }
    }
  }

  private Import take(Import.What what, List<Upload> uploads, String by) {
    String id = UUID.randomUUID().toString();
    try {
      folder.keep(id, uploads);
    } catch (UnreadableFileException | Allowance.UnpacksToTooMuchException e) {
      throw new IllegalArgumentException("What is sent must have no more than 2 GB: send parts", e);
    }
    Import begun =
        new Import(
            id,
            what,
            shown(uploads),
            by,
            clock.instant(),
            null,
            State.WAITING,
            null,
            0,
            0,
            0,
            0,
            List.of(),
            List.of(),
            null,
            false);
    folder.save(begun);
    Ledger ledger = new Ledger(begun);
    synchronized (ledgers) {
      ledgers.put(id, ledger);
      forgetOld();
    }
    enqueue(ledger);
    return begun;
  }

  /**
   * Erases somebody while no file of cases is here that might bring them back, and takes none
   * meanwhile.
   *
   * @throws ConflictException while one is under way
   */
  public <T> T erasing(Supplier<T> erasure) {
    synchronized (ledgers) {
      if (arriving > 0 || ledgers.values().stream().anyMatch(Imports::bringsCases)) {
        throw new ConflictException(
            "A file of cases is being brought in, which may hold the customer: erase when it is done, or stop it first");
      }
      erasures++;
    }
    try {
      return erasure.get();
    } finally {
      synchronized (ledgers) {
        erasures--;
      }
    }
  }

  private static boolean bringsCases(Ledger ledger) {
    return ledger.isUnderWay() && ledger.now().what() == Import.What.CASES;
  }

  private static String shown(List<Upload> uploads) {
    String first = uploads.getFirst().name().replaceAll("\\p{Cntrl}", "");
    String name = first.length() > 120 ? first.substring(0, 120) + "…" : first;
    return uploads.size() == 1 ? name : name + " + " + (uploads.size() - 1);
  }

  private void forgetOld() {
    List<String> old =
        ledgers.entrySet().stream()
            .filter(entry -> !entry.getValue().isUnderWay())
            .map(Map.Entry::getKey)
            .toList();
    for (String id : old.subList(0, Math.max(0, old.size() - KEPT))) {
      ledgers.remove(id);
      folder.forget(id);
    }
  }

  /** All that are kept, the latest first. */
  public List<Import> list() {
    List<Ledger> all;
    synchronized (ledgers) {
      all = new ArrayList<>(ledgers.values());
    }
    return all.reversed().stream().map(Ledger::now).toList();
  }

  /** The import of an id. */
  public Optional<Import> find(String id) {
    synchronized (ledgers) {
      return Optional.ofNullable(ledgers.get(id)).map(Ledger::now);
    }
  }

  /**
   * Stops an import; what was taken in until then stays. One that has ended is left as it is.
   *
   * @return false when there is none of that id
   */
  public boolean cancel(String id) {
    Ledger ledger;
    synchronized (ledgers) {
      ledger = ledgers.get(id);
    }
    if (ledger != null) {
      ledger.cancel();
    }
    return ledger != null;
  }

  private void enqueue(Ledger ledger) {
    Future<?> unused = worker.submit(() -> run(ledger));
  }

  private void run(Ledger ledger) {
    if (stopping) {
      return;
    }
    String id = ledger.now().id();
    ledger.running();
    try {
      requireGoingOn(ledger);
      bring(ledger, folder.content(id));
      end(ledger, State.DONE, null);
    } catch (StoppedException e) {
      if (ledger.isCancelled()) {
        end(ledger, State.CANCELLED, null);
      } else {
        folder.save(ledger.now());
      }
    } catch (UnreadableFileException e) {
      end(ledger, State.FAILED, e.flaw());
    } catch (Allowance.UnpacksToTooMuchException e) {
      end(ledger, State.FAILED, Allowance.UnpacksToTooMuchException.FLAW);
    } catch (IOException | RuntimeException e) {
      LOG.error("Import {} failed", id, e);
      end(ledger, State.FAILED, FileReason.NOT_READ_TO_ITS_END.flaw());
    }
  }

  /** Says that it has ended when what was sent is no longer kept, not before. */
  private void end(Ledger ledger, State how, @Nullable Flaw why) {
    Instant at = clock.instant();
    Import ended = ledger.as(how, at, why);
    try {
      folder.save(ended);
      folder.discard(ended.id());
    } finally {
      ledger.ended(how, at, why);
    }
    LOG.info(
        "Import {} of {}: {}, {} new, {} known, {} refused",
        ended.id(),
        ended.what().wireName(),
        how.wireName(),
        ended.accepted(),
        ended.known(),
        ended.refused());
  }

  private void bring(Ledger ledger, Path content) throws IOException {
    switch (ledger.now().what()) {
      case ARTICLES -> bringArticles(ledger, content);
      case CASES -> bringCases(ledger, content);
    }
  }

  private void requireGoingOn(Ledger ledger) {
    if (stopping || ledger.isCancelled()) {
      throw new StoppedException();
    }
    if (System.nanoTime() - savedAt > SAVED_EVERY.toNanos()) {
      folder.save(ledger.now());
      savedAt = System.nanoTime();
    }
  }

  private void giveWay() {
    while (desk.workload().waitingEvents() > 0 && !stopping) {
      LockSupport.parkNanos(GIVEN_WAY.toNanos());
    }
  }

  private void bringArticles(Ledger ledger, Path content) throws IOException {
    ledger.checking();
    new ArticleFiles(
            new ArticleFiles.Reader() {
              @Override
              public boolean goesOn() {
                requireGoingOn(ledger);
                return true;
              }

              @Override
              public void read(Article article, String file, int line) {
                requireGoingOn(ledger);
                giveWay();
                bringArticle(ledger, article);
              }

              @Override
              public void refused(String file, int line, Flaw flaw) {
                ledger.refused(file, line, flaw);
              }
            })
        .read(content, ledger.now().name());
  }

  private void bringArticle(Ledger ledger, Article article) {
    boolean known = desk.articles().find(article.id()).filter(article::equals).isPresent();
    if (known) {
      ledger.known();
    } else {
      desk.articles().put(article);
      ledger.accepted();
    }
  }

  /** A case that can be used, and where it stands. */
  private record Placed(Instant openedAt, String id, int line) {}

  /** All lines are looked at first, so that cases come in the order in which they opened. */
  private void bringCases(Ledger ledger, Path content) throws IOException {
    String name = ledger.now().name();
    List<Placed> placed = check(ledger, content, name);
    try (PlacedLines lines = PlacedLines.of(content)) {
      for (Placed one : placed.subList(done(ledger.now(), placed.size()), placed.size())) {
        requireGoingOn(ledger);
        bringCase(ledger, lines, one, name);
      }
    }
  }

  /** How many of the usable ones were done before a stop. */
  private static int done(Import now, int usable) {
    int refusedAtOnce = Objects.requireNonNullElse(now.total(), usable) - usable;
    return Math.clamp(now.read() - refusedAtOnce, 0, usable);
  }

  private List<Placed> check(Ledger ledger, Path content, String name) throws IOException {
    boolean again = ledger.isChecked();
    if (!again) {
      ledger.checking();
    }
    List<Placed> placed = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(content))) {
      JsonLines.read(
          in,
          new CaseFormat(this::isKnownArticle),
          line -> {
            requireGoingOn(ledger);
            switch (line) {
              case Line.Accepted<CaseLine> good -> {
                CaseLine value = good.value();
                placed.add(
                    new Placed(
                        Objects.requireNonNull(value.opening().openedAt()),
                        value.id(),
                        good.number()));
                if (!again) {
                  good.warnings().forEach(warning -> ledger.warned(name, good.number(), warning));
                }
              }
              case Line.Rejected<CaseLine> bad -> {
                if (!again) {
                  ledger.refused(name, bad.number(), bad.flaw());
                }
              }
            }
          });
    }
    if (!again) {
      ledger.checked(placed.size());
    }
    placed.sort(Comparator.comparing(Placed::openedAt).thenComparing(Placed::id));
    return placed;
  }

  private boolean isKnownArticle(String id) {
    return desk.articles().find(id).isPresent();
  }

  private void bringCase(Ledger ledger, PlacedLines lines, Placed placed, String name) {
    try {
      Line<CaseLine> line = lines.read(placed.line(), new CaseFormat(this::isKnownArticle));
      if (line instanceof Line.Accepted<CaseLine> good) {
        switch (desk.past().take(good.value())) {
          case NEW -> ledger.accepted();
          case KNOWN -> ledger.known();
        }
      }
    } catch (ConflictException e) {
      ledger.refused(
          name, placed.line(), Flaw.of(Flaw.Kind.CASE, placed.id(), Flaw.Reason.OPENED_OTHERWISE));
    } catch (IllegalArgumentException e) {
      ledger.refused(name, placed.line(), Flaw.of(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops between two articles or cases; what is not done goes on at the next start. */
  @Override
  public void close() {
    stopping = true;
    worker.shutdown();
    try {
      if (!worker.awaitTermination(TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("An import does not stop; it goes on at the next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
