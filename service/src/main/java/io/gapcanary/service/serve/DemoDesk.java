package io.gapcanary.service.serve;

import io.gapcanary.Desk;
import io.gapcanary.exchange.ArticleFormat;
import io.gapcanary.exchange.CaseFormat;
import io.gapcanary.exchange.CaseLine;
import io.gapcanary.exchange.History;
import io.gapcanary.exchange.JsonLines;
import io.gapcanary.exchange.Line;
import io.gapcanary.exchange.LineFormat;
import io.gapcanary.kb.Article;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;

/**
 * The sample desk of a fictional company, in Korean and English, with gaps of every kind in it. Its
 * last days are always the last days before today.
 */
final class DemoDesk {
  private DemoDesk() {}

  /** Lets it happen on a desk; a desk that has articles already is left as it is. */
  static void load(Desk desk, Instant now, IntConsumer progress) {
    if (desk.articles().size() > 0) {
      return;
    }
    List<Article> articles = read("articles.jsonl", ArticleFormat.INSTANCE);
    List<CaseLine> cases = read("cases.jsonl", new CaseFormat(id -> true));
    TimeShift shift = TimeShift.ending(cases, now.minus(Duration.ofMinutes(10)));
    desk.articles().putAll(articles.stream().map(shift::apply).toList());
    new History(cases.stream().map(shift::apply).toList()).replay(desk, progress);
  }

  private static <T> List<T> read(String name, LineFormat<T> format) {
    String path = "/io/gapcanary/service/demo/" + name;
    List<T> read = new ArrayList<>();
    try (InputStream in = Objects.requireNonNull(DemoDesk.class.getResourceAsStream(path), path)) {
      JsonLines.read(in, format, line -> read.add(require(name, line)));
    } catch (IOException e) {
      throw new UncheckedIOException("The sample desk cannot be read", e);
    }
    return read;
  }

  private static <T> T require(String name, Line<T> line) {
    return switch (line) {
      case Line.Accepted<T> good -> good.value();
      case Line.Rejected<T> bad ->
          throw new IllegalStateException(name + ":" + bad.number() + ": " + bad.flaw());
    };
  }
}
