package io.gapcanary.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.gapcanary.kb.Article;
import io.gapcanary.kb.AskedAs;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.OnnxTextEmbedder;
import io.gapcanary.kb.Question;
import io.gapcanary.kb.Scope;
import io.gapcanary.kb.TextEmbedder;
import io.gapcanary.kb.Tuning;
import io.gapcanary.kb.VectorStore;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures whole matches: by words and meaning, by words alone, and beside them OpenSearch by
 * words, asked in turns so that what disturbs one disturbs all.
 *
 * <p>Options: {@code --articles 1000,10000} (sizes to measure at, rising), {@code --opensearch}
 * (measure it too), {@code --rounds 3} (passes over the questions), {@code --questions 2000} (of
 * each pass), {@code --data DIR} (the development data), {@code --work DIR} (indexes; kept, so that
 * the next run goes on from there). Confine it to one core with {@code taskset}.
 */
final class MatchingBenchmark implements AutoCloseable {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Instant NOW = Instant.parse("2025-06-01T00:00:00Z");
  private static final List<String> OPENSEARCH_JVM =
      List.of("-Xms2g", "-Xmx2g", "--add-modules", "jdk.incubator.vector");
  private static final int PUT_AT_ONCE = 500;
  private static final int WARM_UP = 1500;
  private static final int UNCACHED_ARTICLES = 200;

  /** One question in so many articles is remembered as having ended without one. */
  private static final int REMEMBERED_EVERY = 20;

  private final Options options;
  private final PrintStream out = System.out;
  private final Corpus corpus;
  private final Path meaningFolder;
  private final Path wordsFolder;
  private final Path openSearchFolder;
  private final TextEmbedder embedder;
  private final KnowledgeBase meaning;
  private final KnowledgeBase words;
  private final @Nullable OpenSearch openSearch;

  private record Options(
      List<Integer> articles,
      boolean openSearch,
      int rounds,
      int questions,
      Path data,
      Path work,
      boolean uncached) {
    static Options of(String[] args) throws IOException {
      Map<String, String> given = new LinkedHashMap<>();
      for (int i = 0; i < args.length; i++) {
        boolean valued = i + 1 < args.length && !args[i + 1].startsWith("--");
        given.put(args[i], valued ? args[i + 1] : "");
        i += valued ? 1 : 0;
      }
      String work = given.get("--work");
      return new Options(
          Arrays.stream(given.getOrDefault("--articles", "1000,10000").split(","))
              .map(Integer::valueOf)
              .toList(),
          given.containsKey("--opensearch"),
          Integer.parseInt(given.getOrDefault("--rounds", "1")),
          Integer.parseInt(given.getOrDefault("--questions", "2000")),
          Path.of(given.getOrDefault("--data", "../../shared/data")),
          work == null
              ? Files.createTempDirectory("gapcanary-benchmark")
              : Files.createDirectories(Path.of(work)),
          given.containsKey("--uncached"));
    }
  }

  /** One of the sides that are asked in turns. */
  private interface Side {
    void ask(String text) throws IOException;

    /** Nanoseconds that a processor has worked for this side so far. */
    default long worked() {
      return THREADS.getCurrentThreadCpuTime();
    }
  }

  private record OpenSearchSide(OpenSearch server) implements Side {
    @Override
    public void ask(String text) throws IOException {
      server.ask(server.question(text));
    }

    @Override
    public long worked() {
      return server.worked();
    }
  }

  private MatchingBenchmark(Options options) throws IOException {
    this.options = options;
    corpus = new Corpus(options.data());
    meaningFolder = options.work().resolve("meaning");
    wordsFolder = options.work().resolve("words");
    openSearchFolder = options.work().resolve("opensearch");
    embedder = new RecombiningEmbedder(model(), corpus.parts(), options.work().resolve("pieces"));
    meaning = KnowledgeBase.open(meaningFolder, embedder, VectorStore.NONE, Tuning.DEFAULT);
    words = KnowledgeBase.open(wordsFolder);
    openSearch = options.openSearch() ? new OpenSearch(openSearchFolder, OPENSEARCH_JVM) : null;
  }

  private static TextEmbedder model() {
    return OnnxTextEmbedder.bundled()
        .orElseThrow(() -> new IllegalStateException("The bundled model is not on the class path"));
  }

  /** Measures. */
  public static void main(String[] args) throws IOException {
    try (MatchingBenchmark benchmark = new MatchingBenchmark(Options.of(args))) {
      benchmark.run();
    }
    System.exit(0);
  }

  private void run() throws IOException {
    out.printf(
        "%d pieces, %d questions, %d processor(s)%n",
        corpus.parts().size(),
        corpus.questions().size(),
        Runtime.getRuntime().availableProcessors());
    if (options.uncached()) {
      uncachedIndexing();
    }
    for (int articles : options.articles()) {
      grow(articles);
      measure(articles);
    }
  }

  /** Articles a second when the model is asked for every passage. */
  private void uncachedIndexing() throws IOException {
    Path folder = Files.createTempDirectory("gapcanary-benchmark");
    try (KnowledgeBase fresh =
        KnowledgeBase.open(folder, model(), VectorStore.NONE, Tuning.DEFAULT)) {
      put(fresh, 0, UNCACHED_ARTICLES / 4);
      long from = System.nanoTime();
      long worked = PROCESS.getProcessCpuTime();
      put(fresh, UNCACHED_ARTICLES / 4, UNCACHED_ARTICLES);
      fresh.commit(1);
      rate(
          "embedding everything",
          UNCACHED_ARTICLES * 3 / 4,
          System.nanoTime() - from,
          PROCESS.getProcessCpuTime() - worked);
    }
  }

  private void rate(String what, int articles, long nanos, long worked) {
    out.printf(
        "indexing, %s: %,d articles, %.1f/s, %.1f a second of processor time%n",
        what, articles, articles / (nanos / 1e9), articles / (worked / 1e9));
  }

  private void grow(int articles) throws IOException {
    grow("words and meaning, embeddings known", meaning, articles);
    grow("words only", words, articles);
    OpenSearch other = openSearch;
    if (other != null && other.size() < articles) {
      int had = other.size();
      long from = System.nanoTime();
      long worked = other.worked();
      other.index(corpus, had, articles);
      rate("OpenSearch", articles - had, System.nanoTime() - from, other.worked() - worked);
    }
  }

  private void grow(String what, KnowledgeBase base, int articles) throws IOException {
    int had = base.size();
    if (had >= articles) {
      return;
    }
    long from = System.nanoTime();
    long worked = PROCESS.getProcessCpuTime();
    put(base, had, articles);
    for (int number = had; number < articles; number += REMEMBERED_EVERY) {
      base.remember("q-" + number, Question.of(corpus.wording(-1 - number).text(), NOW));
    }
    base.commit(articles);
    rate(what, articles - had, System.nanoTime() - from, PROCESS.getProcessCpuTime() - worked);
  }

  private void put(KnowledgeBase base, int from, int to) {
    for (int start = from; start < to; start += PUT_AT_ONCE) {
      List<Article> articles = new ArrayList<>();
      List<AskedAs> wordings = new ArrayList<>();
      for (int number = start; number < Math.min(to, start + PUT_AT_ONCE); number++) {
        articles.add(corpus.article(number));
        if (number % Corpus.WORDINGS_EVERY == 0) {
          wordings.add(corpus.wording(number));
        }
      }
      base.putAll(articles);
      base.learn(wordings);
    }
  }

  private void measure(int articles) throws IOException {
    Map<String, Side> sides = new LinkedHashMap<>();
    sides.put("words and meaning", text -> meaning.match(Question.of(text, NOW), Scope.ALL));
    sides.put("embedding alone", text -> embedder.embed(List.of(text), TextEmbedder.Role.QUESTION));
    sides.put("words only", text -> words.match(Question.of(text, NOW), Scope.ALL));
    OpenSearch other = openSearch;
    if (other != null) {
      sides.put("OpenSearch, words", new OpenSearchSide(other));
    }
    askAll(corpus.warmUp(), WARM_UP, sides);
    for (int round = 1; round <= options.rounds(); round++) {
      Map<String, Latencies> taken = askAll(corpus.questions(), options.questions(), sides);
      taken.forEach(
          (side, latencies) ->
              out.printf(
                  "%,d articles, %s: p50 %.2f p95 %.2f p99 %.2f ms, processor %.2f ms%n",
                  articles,
                  side,
                  latencies.millis(50),
                  latencies.millis(95),
                  latencies.millis(99),
                  latencies.worked()));
    }
    out.printf(
        "%,d articles: on disk %d MB with meaning, %d MB words only, %d MB OpenSearch; resident %d MB here, %d MB OpenSearch%n",
        articles,
        megabytes(meaningFolder),
        megabytes(wordsFolder),
        megabytes(openSearchFolder),
        resident(ProcessHandle.current().pid()),
        other == null ? 0 : resident(other.pid()));
  }

  private static Map<String, Latencies> askAll(
      List<String> texts, int most, Map<String, Side> sides) throws IOException {
    Map<String, Latencies> taken = new LinkedHashMap<>();
    for (String text : texts.subList(0, Math.min(most, texts.size()))) {
      for (Map.Entry<String, Side> side : sides.entrySet()) {
        long worked = side.getValue().worked();
        long from = System.nanoTime();
        side.getValue().ask(text);
        long nanos = System.nanoTime() - from;
        taken
            .computeIfAbsent(side.getKey(), name -> new Latencies())
            .add(nanos, side.getValue().worked() - worked);
      }
    }
    return taken;
  }

  private static long megabytes(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum() >> 20;
    }
  }

  /** Megabytes of a process in memory, its mapped index files included; 0 where nobody tells. */
  private static long resident(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) >> 10)
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() throws IOException {
    meaning.close();
    words.close();
    if (openSearch != null) {
      openSearch.close();
    }
  }
}
