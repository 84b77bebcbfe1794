package io.gapcanary.service.text;

import io.gapcanary.ToTell;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cases to be told as {@link Csv}. */
public final class ToTellCsv {
  private ToTellCsv() {}

  /** One line a case, below the names of the columns. */
  public static String of(List<ToTell> cases) {
    return Stream.concat(
            Stream.of(Csv.line("case", "closedAt", "agent", "channel", "article")),
            cases.stream()
                .map(
                    one ->
                        Csv.line(
                            one.caseId(),
                            one.closedAt().toString(),
                            one.agentId(),
                            one.channel(),
                            one.articleId())))
        .collect(Collectors.joining());
  }
}
