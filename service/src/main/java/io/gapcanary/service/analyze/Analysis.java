package io.gapcanary.service.analyze;

import io.gapcanary.Desk;
import io.gapcanary.DeskSettings;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.exchange.History;
import io.gapcanary.kb.Article;
import io.gapcanary.service.command.ArticleLines;
import io.gapcanary.service.command.CommandFailure;
import io.gapcanary.service.command.DataFolder;
import io.gapcanary.service.command.DeskChoice;
import io.gapcanary.service.command.InputFile;
import io.gapcanary.service.command.LineReport;
import io.gapcanary.service.command.OutputFile;
import io.gapcanary.service.command.Progress;
import io.gapcanary.service.command.Terminal;
import io.gapcanary.service.text.GapExplanation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * One run of {@code analyze}: lets a history happen again on a new desk, then writes its gaps and
 * outcomes.
 *
 * @param articles the knowledge base
 * @param cases the history
 * @param gaps where {@code gaps.json} goes
 * @param outcomes where {@code outcomes.jsonl} goes
 * @param choice the desk
 * @param strict whether a line that cannot be used makes the run fail, after all is written
 */
public record Analysis(
    InputFile articles,
    InputFile cases,
    Path gaps,
    Path outcomes,
    DeskChoice choice,
    boolean strict) {

  /**
   * Runs.
   *
   * @return the exit code
   * @throws CommandFailure when it cannot be done
   */
  public int run(Terminal terminal) {
    Instant start = terminal.clock().instant();
    DeskSettings settings =
        choice.deskSettings().with(b -> b.durability(DeskSettings.Durability.RELAXED));
    LineReport report = new LineReport(terminal);
    try (OutputFile gapsFile = OutputFile.at("--out", gaps);
        OutputFile outcomesFile = OutputFile.at("--outcomes", outcomes);
        DataFolder folder = DataFolder.of(choice.data());
        Desk desk = choice.openEmpty(folder.path(), settings, terminal.clock())) {
      int known = putArticles(desk, report);
      replay(desk, report, terminal);
      report.close();
      GapsFile found = GapsFile.of(desk, terminal.clock().instant());
      outcomesFile.write(out -> writeOutcomes(desk, out));
      gapsFile.write(found::writeTo);
      new AnalysisSummary(
              found,
              terminal.voice().in(desk.settings().timeZone()),
              GapExplanation.names(desk.articles()))
          .print(terminal.out(), known, Duration.between(start, terminal.clock().instant()));
    }
    return strict && report.hasRejected() ? 1 : 0;
  }

  private int putArticles(Desk desk, LineReport report) {
    Collection<Article> read = ArticleLines.read(articles, report);
    desk.articles().putAll(read);
    return read.size();
  }

  private void replay(Desk desk, LineReport report, Terminal terminal) {
    Predicate<String> known = id -> desk.articles().find(id).isPresent();
    try (CaseLines lines = CaseLines.of(cases, known)) {
      History history = lines.history(report);
      if (history.size() == 0) {
        throw ArticleLines.noneUsable(cases, report);
      }
      replay(desk, history, terminal);
    }
  }

  private static void replay(Desk desk, History history, Terminal terminal) {
    try (Progress progress =
        new Progress(terminal, terminal.voice().say("progress.replay"), history.size())) {
      history.replay(desk, progress::reached);
    }
  }

  private static void writeOutcomes(Desk desk, Writer out) throws IOException {
    try {
      desk.outcomes(
          outcome -> {
            try {
              out.write(DeskJson.line(outcome));
              out.write('\n');
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
