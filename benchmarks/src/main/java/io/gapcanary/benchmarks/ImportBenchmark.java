package io.gapcanary.benchmarks;

import static java.lang.System.out;

import io.gapcanary.CaseOpening;
import io.gapcanary.Closing;
import io.gapcanary.Desk;
import io.gapcanary.DeskSettings;
import io.gapcanary.LinkAction;
import io.gapcanary.Message;
import io.gapcanary.exchange.CaseLine;
import io.gapcanary.kb.Article;
import io.gapcanary.kb.OnnxTextEmbedder;
import io.gapcanary.kb.TextEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Old cases are taken in while live ones come: how long that takes, how long a live customer's
 * message takes to its suggestions without and meanwhile, and whether anything is lost.
 *
 * <p>The time of a message counts from when it should have been sent, so that a stall is charged
 * for all that waited.
 */
public final class ImportBenchmark {
  private static final Duration AGO = Duration.ofDays(180);

  private final int cases;
  private final int articles;
  private final long interval;
  private final Duration idle;
  private final Corpus corpus;
  private final Path work;

  private ImportBenchmark(Map<String, String> given) throws IOException {
    cases = Integer.parseInt(given.getOrDefault("--cases", "10000"));
    articles = Integer.parseInt(given.getOrDefault("--articles", "2000"));
    interval = (long) (1e9 / Double.parseDouble(given.getOrDefault("--rate", "10")));
    idle = Duration.ofSeconds(Long.parseLong(given.getOrDefault("--idle-seconds", "60")));
    work = Files.createDirectories(Path.of(given.getOrDefault("--work", "target/import")));
    corpus = new Corpus(Path.of(given.getOrDefault("--data", "../../shared/data")));
  }

  /** Measures. */
  public static void main(String[] args) throws Exception {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      given.put(args[i], args[i + 1]);
    }
    new ImportBenchmark(given).run();
    System.exit(0);
  }

  private void run() throws Exception {
    TextEmbedder model = OnnxTextEmbedder.bundled().orElseThrow();
    TextEmbedder embedder = new RecombiningEmbedder(model, corpus.parts(), work.resolve("pieces"));
    Path folder = Files.createTempDirectory(work, "desk");
    try (Desk desk = Desk.open(folder, DeskSettings.DEFAULT, InstantSource.system(), embedder)) {
      fill(desk);
      Thread tending = Thread.ofPlatform().daemon().start(() -> tend(desk));
      int closed = live(desk, "warm", untilAfter(idle), null);
      Histogram without = new Histogram(3);
      closed += live(desk, "idle", untilAfter(idle), without);

      AtomicBoolean going = new AtomicBoolean(true);
      long begin = System.nanoTime();
      Thread taking =
          Thread.ofPlatform()
              .start(
                  () -> {
                    takeIn(desk);
                    going.set(false);
                  });
      Histogram meanwhile = new Histogram(3);
      closed += live(desk, "live", going, meanwhile);
      taking.join();
      double seconds = (System.nanoTime() - begin) / 1e9;
      out.printf("%,d old cases in %.0f s, %.1f a second%n", cases, seconds, cases / seconds);
      say("without", without);
      say("meanwhile", meanwhile);
      out.printf(
          "cases: %,d taken in, %,d live, %,d closed on the desk%n",
          cases, closed, desk.totals().cases() + desk.totals().setAside());
      tending.interrupt();
    }
  }

  private static AtomicBoolean untilAfter(Duration time) {
    AtomicBoolean going = new AtomicBoolean(true);
    Thread.ofVirtual()
        .start(
            () -> {
              LockSupport.parkNanos(time.toNanos());
              going.set(false);
            });
    return going;
  }

  private void fill(Desk desk) {
    List<Article> some = new ArrayList<>();
    for (int n = 0; n < articles; n++) {
      some.add(corpus.article(n));
    }
    desk.articles().putAll(some);
    while (desk.embedSome() > 0) {}
    desk.calibrateWhenDue();
  }

  /** As a live service does beside its requests. */
  private static void tend(Desk desk) {
    while (!Thread.currentThread().isInterrupted()) {
      desk.closeOverdue();
      while (desk.embedSome() > 0) {}
      desk.calibrateWhenDue();
      LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
    }
  }

  /** Two months of them, of customers of whom one in five comes back. */
  private void takeIn(Desk desk) {
    Instant first = Instant.now().minus(AGO);
    Random random = new Random(17);
    Duration apart = Duration.ofDays(60).dividedBy(cases);
    for (int n = 0; n < cases; n++) {
      Instant at = first.plus(apart.multipliedBy(n));
      String text = corpus.questions().get(random.nextInt(corpus.questions().size()));
      List<CaseLine.Link> links =
          n % 2 == 0
              ? List.of(new CaseLine.Link("kb-" + n % articles, LinkAction.LINKED, null))
              : List.of();
      desk.past()
          .take(
              new CaseLine(
                  "old-" + n,
                  CaseOpening.builder()
                      .id("old-" + n)
                      .openedAt(at)
                      .customerId("cu-" + random.nextInt(Math.max(1, 4 * cases / 5)))
                      .build(),
                  List.of(
                      Message.customer(text).at(at.plusSeconds(30)),
                      Message.agent("I have looked it up for you.").at(at.plusSeconds(300))),
                  links,
                  Closing.at(at.plusSeconds(600), null)));
    }
  }

  /** A customer each time: how many cases closed. */
  private int live(Desk desk, String named, AtomicBoolean going, @Nullable Histogram times) {
    long due = System.nanoTime();
    int closed = 0;
    while (going.get()) {
      LockSupport.parkNanos(due - System.nanoTime());
      String id = desk.assist().open(CaseOpening.builder().id(named + "-" + closed).build());
      List<String> said = corpus.warmUp();
      desk.assist().hear(id, Message.customer(said.get(closed % said.size())));
      desk.assist().suggest(id);
      if (times != null) {
        times.recordValue(System.nanoTime() - due);
      }
      desk.assist().close(id, Closing.now());
      closed++;
      due += interval;
    }
    return closed;
  }

  private static void say(String when, Histogram times) {
    out.printf(
        "%s: %,d live messages to their suggestions: p50 %.1f p95 %.1f p99 %.1f max %.0f ms%n",
        when,
        times.getTotalCount(),
        times.getValueAtPercentile(50) / 1e6,
        times.getValueAtPercentile(95) / 1e6,
        times.getValueAtPercentile(99) / 1e6,
        times.getMaxValue() / 1e6);
  }
}
