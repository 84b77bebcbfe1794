package io.gapcanary.service.command;

import io.gapcanary.exchange.ArticleFormat;
import io.gapcanary.exchange.Flaw;
import io.gapcanary.kb.Article;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The articles of a file, of two with the same id the later one. */
public final class ArticleLines {
  private ArticleLines() {}

  /**
   * Reads them all.
   *
   * @throws CommandFailure when there are lines and none can be used
   */
  public static Collection<Article> read(InputFile file, LineReport report) {
    Map<String, Article> read = new LinkedHashMap<>();
    file.read(
        ArticleFormat.INSTANCE,
        report,
        (number, article) -> {
          if (read.put(article.id(), article) != null) {
            report.warned(
                file.path(),
                number,
                Flaw.of(Flaw.Kind.ARTICLE, article.id(), Flaw.Reason.LATER_STAYS));
          }
        });
    if (read.isEmpty() && report.hasRejected()) {
      throw noneUsable(file, report);
    }
    return read.values();
  }

  /** Nothing of a file can be used: the run ends here. */
  public static CommandFailure noneUsable(InputFile file, LineReport report) {
    report.close();
    return new CommandFailure("No line of " + file.path() + " can be used");
  }
}
