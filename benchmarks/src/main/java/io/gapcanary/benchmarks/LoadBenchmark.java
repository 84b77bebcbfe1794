package io.gapcanary.benchmarks;

import static java.lang.System.out;

import io.gapcanary.Desk;
import io.gapcanary.DeskSettings;
import io.gapcanary.kb.Article;
import io.gapcanary.kb.OnnxTextEmbedder;
import io.gapcanary.kb.TextEmbedder;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The service under load: agents with a live stream each, messages at a rate, start-up, memory and
 * durable writes. {@code --streams} measures what so many idle streams cost.
 */
public final class LoadBenchmark {
  private static final List<String> SERVER_JVM =
      List.of(
          "-Xmx1500m",
          "--enable-native-access=ALL-UNNAMED",
          "--add-modules",
          "jdk.incubator.vector");
  private static final List<String> MANY =
      List.of("--set", "streams=20000", "--set", "streamsPerCaller=20000");
  private static final double TOO_LATE = 250;

  private final Map<String, String> given;
  private final Path work;
  private final Corpus corpus;

  private LoadBenchmark(Map<String, String> given) throws IOException {
    this.given = given;
    this.work = Files.createDirectories(Path.of(given.getOrDefault("--work", "target/load")));
    this.corpus = new Corpus(Path.of(given.getOrDefault("--data", "../../shared/data")));
  }

  private int number(String name, int absent) {
    return Integer.parseInt(given.getOrDefault(name, String.valueOf(absent)));
  }

  /** Measures. */
  public static void main(String[] args) throws Exception {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i++) {
      boolean valued = i + 1 < args.length && !args[i + 1].startsWith("--");
      given.put(args[i], valued ? args[i + 1] : "");
      i += valued ? 1 : 0;
    }
    new LoadBenchmark(given).run();
    System.exit(0);
  }

  private void run() throws Exception {
    durability();
    Path folder = prepare(number("--articles", 10_000));
    long begin = System.nanoTime();
    try (ServedDesk desk = new ServedDesk(folder, SERVER_JVM, MANY)) {
      firstAnswer(desk, begin);
      load(desk);
    }
    if (given.containsKey("--streams")) {
      streams(folder, number("--streams", 10_000));
    }
  }

  private void durability() throws Exception {
    Durability durability =
        new Durability(work, Duration.ofSeconds(number("--durability-seconds", 5)));
    out.printf(
        "plain SQLite, rows a second: %,.0f at one a commit, %,.0f at 16, %,.0f at 100%n",
        durability.sqlite(1), durability.sqlite(16), durability.sqlite(100));
    out.printf(
        "a desk, durable messages a second: %,.0f from one thread, %,.0f from 16, %,.0f from 64%n",
        durability.desk(1), durability.desk(16), durability.desk(64));
  }

  /** A desk of so many articles; made once, and copied for each run. */
  private Path prepare(int articles) throws IOException {
    Path made = work.resolve("desk-" + articles);
    if (!Files.exists(made)) {
      Path unfinished = Files.createTempDirectory(work, "unfinished");
      fill(unfinished, articles);
      Files.move(unfinished, made);
    }
    Path copy = Files.createTempDirectory(work, "run");
    try (var files = Files.walk(made)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path to = copy.resolve(made.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    return copy;
  }

  private void fill(Path folder, int articles) throws IOException {
    TextEmbedder model = OnnxTextEmbedder.bundled().orElseThrow();
    TextEmbedder embedder =
        new RecombiningEmbedder(model, corpus.parts(), work.resolve("pieces")) {
          @Override
          public String name() {
            return model.name(); // so that the service finds the vectors
          }
        };
    long begin = System.nanoTime();
    DeskSettings settings =
        DeskSettings.DEFAULT.with(b -> b.durability(DeskSettings.Durability.RELAXED));
    try (Desk desk = Desk.open(folder, settings, InstantSource.system(), embedder)) {
      for (int start = 0; start < articles; start += 500) {
        List<Article> some = new ArrayList<>();
        for (int n = start; n < Math.min(articles, start + 500); n++) {
          some.add(corpus.article(n));
        }
        desk.articles().putAll(some);
      }
      while (desk.embedSome() > 0) {}
      desk.calibrateWhenDue();
    }
    out.printf("%,d articles made in %.0f s%n", articles, (System.nanoTime() - begin) / 1e9);
  }

  private void firstAnswer(ServedDesk desk, long begin) throws Exception {
    double ready = (System.nanoTime() - begin) / 1e9;
    String answer =
        desk.get(
            "/api/v1/suggestions?q="
                + URLEncoder.encode(corpus.questions().getFirst(), StandardCharsets.UTF_8));
    out.printf(
        "from the start of the process to ready %.1f s, to the first suggestion %.1f s (%s)%n",
        ready,
        (System.nanoTime() - begin) / 1e9,
        answer.substring(0, Math.min(25, answer.length())));
  }

  private void load(ServedDesk desk) throws Exception {
    int agents = number("--agents", 1000);
    double rate = number("--rate", 100);
    try (LiveLoad warmUp = new LiveLoad(desk, "warm", agents / 4, corpus.warmUp())) {
      warmUp.listen();
      warmUp.run(rate / 4, Duration.ofSeconds(number("--warm-up-seconds", 120)));
    }
    for (int step = 0; step < number("--steps", 1); step++) {
      try (LiveLoad load = new LiveLoad(desk, "run" + step, agents, corpus.questions())) {
        load.listen();
        LiveLoad.Result result = load.run(rate, Duration.ofSeconds(number("--seconds", 60)));
        out.printf(
            "%,d agents, %.0f messages a second: p50 %.0f p95 %.0f p99 %.0f max %.0f ms; %,d sent, %,d failed, %,d not told; processor %.2f cores, resident %,d MB, live heap %.0f MB%n",
            agents,
            rate,
            result.millis(50),
            result.millis(95),
            result.millis(99),
            result.times().getMaxValue() / 1e6,
            result.sent(),
            result.failed(),
            result.missing(),
            result.worked().toMillis() / 1e3 / number("--seconds", 60),
            desk.resident(),
            desk.heap() / 1e6);
        result.notTold().stream().limit(20).forEach(one -> out.println("not told: " + one));
        if (result.millis(99) > TOO_LATE) {
          return;
        }
      }
      rate *= 1.5;
    }
  }

  private void streams(Path folder, int count) throws Exception {
    try (ServedDesk desk = new ServedDesk(folder, SERVER_JVM, MANY)) {
      double heap = desk.heap();
      long resident = desk.resident();
      double threads = desk.metric("jvm_threads_live_threads");
      try (LiveLoad idle = new LiveLoad(desk, "idle", count, corpus.questions())) {
        idle.listen();
        double open = desk.metric("gapcanary_streams");
        out.printf(
            "%,.0f idle streams: %.1f KB of live heap and %.1f KB resident each; threads %.0f, before %.0f%n",
            open,
            (desk.heap() - heap) / 1e3 / open,
            (desk.resident() - resident) * 1e3 / open,
            desk.metric("jvm_threads_live_threads"),
            threads);
      }
    }
  }
}
