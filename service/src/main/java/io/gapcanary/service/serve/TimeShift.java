package io.gapcanary.service.serve;

import io.gapcanary.CaseOpening;
import io.gapcanary.Closing;
import io.gapcanary.Message;
import io.gapcanary.exchange.CaseLine;
import io.gapcanary.kb.Article;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Moves a history in time by whole days, so that it happens at the same hours.
 *
 * @param by how far
 */
record TimeShift(Duration by) {

  /** The shift after which the last event is within the day before {@code end}. */
  static TimeShift ending(List<CaseLine> cases, Instant end) {
    Instant last = cases.stream().flatMap(TimeShift::times).max(Instant::compareTo).orElse(end);
    long days =
        Math.floorDiv(Duration.between(last, end).toSeconds(), Duration.ofDays(1).toSeconds());
    return new TimeShift(Duration.ofDays(days));
  }

  private static Stream<Instant> times(CaseLine line) {
    return Stream.of(
            Stream.of(line.opening().openedAt(), line.closing().at()),
            line.messages().stream().map(Message::at),
            line.links().stream().map(CaseLine.Link::at))
        .flatMap(times -> times)
        .filter(Objects::nonNull);
  }

  CaseLine apply(CaseLine line) {
    CaseOpening o = line.opening();
    Closing c = line.closing();
    return new CaseLine(
        line.id(),
        new CaseOpening(
            o.id(),
            apply(o.openedAt()),
            o.customerId(),
            o.identities(),
            o.channel(),
            o.product(),
            o.version(),
            o.language(),
            o.segment(),
            o.tags(),
            o.agentId()),
        line.messages().stream().map(message -> message.at(apply(message.at()))).toList(),
        line.links().stream()
            .map(link -> new CaseLine.Link(link.articleId(), link.action(), apply(link.at())))
            .toList(),
        new Closing(apply(c.at()), c.resolution(), c.handleMinutes(), c.tags()));
  }

  Article apply(Article a) {
    return new Article(
        a.id(),
        a.title(),
        a.body(),
        a.language(),
        a.applicability(),
        a.tags(),
        a.url(),
        a.audience(),
        a.confidence(),
        apply(a.publishedAt()),
        apply(a.validUntil()),
        apply(a.updatedAt()));
  }

  private @Nullable Instant apply(@Nullable Instant time) {
    return time == null ? null : time.plus(by);
  }
}
