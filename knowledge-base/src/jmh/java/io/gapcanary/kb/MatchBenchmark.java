package io.gapcanary.kb;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.util.IOUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The parts of a match and the whole, on articles of made-up sentences; no question is asked twice
 * in a row. Whole desks of real text are measured by the module {@code benchmarks}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MatchBenchmark {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final UnitFilter EVERYTHING =
      new UnitFilter(null, io.gapcanary.kb.Scope.ALL, null);
  private static final UnitFilter BUT_ONE_CASE =
      new UnitFilter(null, io.gapcanary.kb.Scope.except("case-1"), null);
  private static final int QUESTIONS = 256;

  private static final String[] WORDS =
      ("account password reset parcel tracking refund invoice printer window folder message server"
              + " certificate calendar contact attachment signature filter spam archive profile"
              + " import export update crash menu button toolbar font colour language keyboard"
              + " network proxy firewall login token expired missing duplicate slow freeze restore"
              + " backup delete rename move copy send receive forward reply draft schedule remind")
          .split(" ");

  /** Articles in the index. */
  @Param({"2000"})
  public int articles;

  /** Words of a question: 8 are a line, 28 some 160 characters, 130 a pasted mail. */
  @Param({"8", "28", "130"})
  public int words;

  private Path folder;
  private TextEmbedder model;
  private UnitIndex index;
  private KnowledgeBase base;
  private Words analysis;
  private Map<String, Header> headers;
  private Centre centre;
  private String[] questions;
  private AskedText[] asked;
  private int turn;

  /** Makes the index and the questions. */
  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("match-benchmark");
    model = OnnxTextEmbedder.bundled().orElseThrow();
    base = KnowledgeBase.open(folder.resolve("desk"), model, VectorStore.NONE, Tuning.DEFAULT);
    analysis = new Words();
    Random random = new Random(1);
    List<Article> made = new ArrayList<>();
    for (int i = 0; i < articles; i++) {
      made.add(
          Article.builder("kb-" + i, sentence(6, random), sentence(60, random))
              .language(Language.ENGLISH)
              .build());
    }
    base.putAll(made);
    base.commit(1);
    copy(folder.resolve("desk/articles"), folder.resolve("parts"));
    index = new UnitIndex(folder.resolve("parts"), model.name());
    headers = index.headers();
    centre = centre(index);
    questions = new String[QUESTIONS];
    asked = new AskedText[QUESTIONS];
    for (int i = 0; i < QUESTIONS; i++) {
      questions[i] = sentence(words, random);
      asked[i] = base.asked(Question.of(questions[i], NOW));
    }
  }

  /** The desk holds its own index; its parts are measured on a copy. */
  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from, "[!w]*")) {
      for (Path file : files) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static Centre centre(UnitIndex index) throws IOException {
    Centre.Sum sum = new Centre.Sum();
    try (UnitReader view = index.read()) {
      view.sample().eachVector(sum::add);
    }
    return sum.centre(Centre.NONE);
  }

  private static String sentence(int words, Random random) {
    StringBuilder text = new StringBuilder("How can I");
    for (int i = 3; i < words; i++) {
      text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }

  /** Closes and deletes everything. */
  @TearDown
  public void close() throws IOException {
    index.close();
    base.close();
    IOUtils.rm(folder);
  }

  private int next() {
    turn = (turn + 1) % QUESTIONS;
    return turn;
  }

  @Benchmark
  public Object terms() {
    return analysis.surfaces(questions[next()], Language.ENGLISH);
  }

  @Benchmark
  public Object embedding() {
    return model.embed(List.of(questions[next()]), TextEmbedder.Role.QUESTION);
  }

  @Benchmark
  public Object wordSearch() throws IOException {
    try (UnitReader view = index.read()) {
      return view.byWords(asked[next()], EVERYTHING, 120);
    }
  }

  @Benchmark
  public Object vectorSearch() throws IOException {
    try (UnitReader view = index.read()) {
      return view.byMeaning(asked[next()].vector(), EVERYTHING, 120);
    }
  }

  @Benchmark
  public Object vectorSearchWithoutOneCase() throws IOException {
    try (UnitReader view = index.read()) {
      return view.byMeaning(asked[next()].vector(), BUT_ONE_CASE, 120);
    }
  }

  @Benchmark
  public Object candidates() throws IOException {
    try (UnitReader view = index.read()) {
      return new Retrieval(view, asked[next()], headers, centre).candidates(EVERYTHING);
    }
  }

  @Benchmark
  public Object wholeMatch() {
    return base.match(Question.of(questions[next()], NOW), io.gapcanary.kb.Scope.ALL);
  }
}
