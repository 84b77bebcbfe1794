package io.gapcanary.service.evaluate;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gapcanary.Desk;
import io.gapcanary.DeskSettings;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.exchange.Flaw;
import io.gapcanary.exchange.QuestionLine;
import io.gapcanary.exchange.ResolvedQuestion;
import io.gapcanary.kb.Article;
import io.gapcanary.kb.AskedAs;
import io.gapcanary.kb.Matches;
import io.gapcanary.kb.Verdict;
import io.gapcanary.service.command.ArticleLines;
import io.gapcanary.service.command.CommandFailure;
import io.gapcanary.service.command.DataFolder;
import io.gapcanary.service.command.DeskChoice;
import io.gapcanary.service.command.InputFile;
import io.gapcanary.service.command.LineReport;
import io.gapcanary.service.command.OutputFile;
import io.gapcanary.service.command.Progress;
import io.gapcanary.service.command.Terminal;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code evaluate}: asks labelled questions one by one, each for itself, and measures
 * the answers.
 *
 * @param articles the knowledge base
 * @param history resolved questions to learn from, or {@code null}
 * @param questions the labelled questions
 * @param out where {@code evaluation.json} goes
 * @param results where {@code results.jsonl} goes
 * @param choice the desk
 * @param strict whether a line that cannot be used makes the run fail, after all is written
 */
public record Evaluation(
    InputFile articles,
    @Nullable InputFile history,
    InputFile questions,
    Path out,
    Path results,
    DeskChoice choice,
    boolean strict) {

  /**
   * Runs.
   *
   * @return the exit code
   * @throws CommandFailure when it cannot be done, or search was unhealthy
   */
  public int run(Terminal terminal) {
    DeskSettings settings =
        choice.deskSettings().with(b -> b.durability(DeskSettings.Durability.RELAXED));
    LineReport report = new LineReport(terminal);
    Instant now = terminal.clock().instant();
    try (OutputFile evaluationFile = OutputFile.at("--out", out);
        OutputFile resultsFile = OutputFile.at("--results", results);
        DataFolder folder = DataFolder.of(choice.data());
        Desk desk = choice.openEmpty(folder.path(), settings, terminal.clock())) {
      putArticles(desk, report);
      learnHistory(desk, report, now);
      Map<String, QuestionLine> asked = readQuestions(report, now);
      report.close();
      Answers answers = ask(desk, asked.values(), terminal);
      Map<String, Object> figures = figures(asked.values(), answers);
      resultsFile.write(file -> writeLines(answers.results.values(), file));
      evaluationFile.write(file -> writeFigures(figures, file));
      new EvaluationSummary(figures, table(asked.values(), answers), terminal.voice())
          .print(terminal.out());
    }
    return strict && report.hasRejected() ? 1 : 0;
  }

  private void putArticles(Desk desk, LineReport report) {
    Collection<Article> read = ArticleLines.read(articles, report);
    if (read.isEmpty()) {
      throw ArticleLines.noneUsable(articles, report);
    }
    desk.articles().putAll(read);
  }

  private void learnHistory(Desk desk, LineReport report, Instant now) {
    if (history == null) {
      return;
    }
    Map<Integer, ResolvedQuestion> lines = new LinkedHashMap<>();
    history.read(
        ResolvedQuestion.FORMAT,
        report,
        (number, line) -> {
          if (desk.articles().find(line.articleId()).isPresent()) {
            lines.put(number, line);
          } else {
            report.unusable(
                history.path(), number, Flaw.ofLine(Flaw.Reason.NO_SUCH_ARTICLE, line.articleId()));
          }
        });
    Duration since = Duration.between(lastOf(lines.values(), now), now);
    List<AskedAs> wordings = new ArrayList<>();
    lines.forEach(
        (number, line) -> {
          String id = "history-" + number;
          Instant at = line.at() == null ? now : line.at().plus(since);
          wordings.add(new AskedAs(id, line.articleId(), line.text(), id, at));
        });
    desk.articles().learn(wordings);
  }

  /** Questions are asked when the history ends: what it taught is as old as it was then. */
  private static Instant lastOf(Collection<ResolvedQuestion> lines, Instant now) {
    return lines.stream()
        .map(ResolvedQuestion::at)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(now);
  }

  /** Of two with the same id the later one counts. */
  private Map<String, QuestionLine> readQuestions(LineReport report, Instant now) {
    Map<String, QuestionLine> read = new LinkedHashMap<>();
    questions.read(
        QuestionLine.askedAt(now),
        report,
        (number, line) -> {
          if (read.put(line.id(), line) != null) {
            report.warned(
                questions.path(),
                number,
                Flaw.of(Flaw.Kind.QUESTION, line.id(), Flaw.Reason.LATER_STAYS));
          }
        });
    if (read.isEmpty()) {
      throw ArticleLines.noneUsable(questions, report);
    }
    return read;
  }

  private static final class Answers {
    private final Map<String, Result> results = new LinkedHashMap<>();
    private final Map<String, Double> floors = new TreeMap<>();
    private final Map<Double, Integer> floorUses = new LinkedHashMap<>();

    void add(QuestionLine line, Matches matches, long nanos) {
      results.put(line.id(), Result.of(line.id(), matches, nanos));
      floors.put(line.question().spoken(), matches.floor());
      floorUses.merge(matches.floor(), 1, Integer::sum);
    }

    /** The floor that most questions were held against. */
    double floor() {
      return floorUses.entrySet().stream()
          .max(Comparator.comparingInt(Map.Entry::getValue))
          .orElseThrow()
          .getKey();
    }
  }

  private static Answers ask(Desk desk, Collection<QuestionLine> lines, Terminal terminal) {
    Answers answers = new Answers();
    try (Progress progress =
        new Progress(terminal, terminal.voice().say("progress.ask"), lines.size())) {
      for (QuestionLine line : lines) {
        long start = System.nanoTime();
        Matches matches = desk.assist().ask(line.question());
        long nanos = System.nanoTime() - start;
        requireHealthy(matches);
        answers.add(line, matches, nanos);
        progress.reached(answers.results.size());
      }
    }
    return answers;
  }

  private static void requireHealthy(Matches matches) {
    if (matches.verdict() instanceof Verdict.Unavailable unavailable) {
      throw new CommandFailure("The questions cannot be asked: " + unavailable.why());
    }
    if (matches.degraded()) {
      throw new CommandFailure(
          "The meaning model failed on a question, so the figures would be those of words only");
    }
  }

  private static Map<String, Object> figures(Collection<QuestionLine> asked, Answers answers) {
    Map<String, Object> figures = Measures.of(asked, answers.results);
    figures.put("floor", answers.floor());
    figures.put("floors", answers.floors);
    figures.put("curve", Measures.curve(asked, answers.results));
    return figures;
  }

  private static FloorTable table(Collection<QuestionLine> asked, Answers answers) {
    double[] tenths = IntStream.range(1, 10).mapToDouble(tenth -> tenth / 10.0).toArray();
    return new FloorTable(
        Measures.at(asked, answers.results, tenths),
        Measures.at(asked, answers.results, answers.floor()).get(0));
  }

  private static void writeLines(Collection<Result> lines, Writer file) throws IOException {
    for (Result line : lines) {
      file.write(DeskJson.line(line));
      file.write('\n');
    }
  }

  private static void writeFigures(Map<String, Object> figures, Writer file) throws IOException {
    DeskJson.mapper()
        .writerWithDefaultPrettyPrinter()
        .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .writeValue(file, figures);
    file.write('\n');
  }
}
