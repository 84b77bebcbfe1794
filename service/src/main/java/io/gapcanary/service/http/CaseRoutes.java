package io.gapcanary.service.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapcanary.AgentAssist;
import io.gapcanary.CaseFilter;
import io.gapcanary.CaseOpening;
import io.gapcanary.Closing;
import io.gapcanary.Desk;
import io.gapcanary.Message;
import io.gapcanary.NotFoundException;
import io.gapcanary.SupportCase;
import io.gapcanary.exchange.CaseFormat;
import io.gapcanary.exchange.CaseLine;
import io.gapcanary.exchange.UnusableException;
import io.gapcanary.kb.Question;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Live cases over HTTP. */
final class CaseRoutes {
  /** Clocks and time zones may differ by this much. */
  private static final Duration MOST_AHEAD = Duration.ofDays(1);

  private final AgentAssist assist;
  private final Conversations conversations;
  private final InstantSource clock;

  CaseRoutes(Desk desk, Conversations conversations, InstantSource clock) {
    this.assist = desk.assist();
    this.conversations = conversations;
    this.clock = clock;
  }

  void open(Context context) {
    ObjectNode body = Body.object(context);
    Idempotency.identify(context, body);
    CaseOpening opening = Body.reading(() -> CaseFormat.opening(body, null));
    requireNotAhead("openedAt", opening.openedAt());
    boolean known = opening.id() != null && assist.find(opening.id()).isPresent();
    String id = conversations.open(opening);
    context.header(
        "Location",
        "/api/v1/cases/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"));
    context.status(known ? 200 : 201).json(Map.of("id", id));
  }

  void list(Context context) {
    CaseFilter filter =
        new CaseFilter(
            Parameters.constant(context, "state", CaseFilter.State.class).orElse(null),
            Parameters.text(context, "agent").orElse(null),
            Parameters.limit(context, CaseFilter.OPEN.limit()),
            Parameters.text(context, "after").orElse(null));
    context.json(Body.reading(() -> assist.list(filter)));
  }

  void get(Context context) {
    context.json(require(context));
  }

  void customer(Context context) {
    context.json(assist.contacts(require(context).id()));
  }

  private SupportCase require(Context context) {
    String id = context.pathParam("id");
    return assist
        .find(id)
        .orElseThrow(() -> new NotFoundException("There is no case " + Parameters.shown(id)));
  }

  void hear(Context context) {
    ObjectNode body = Body.object(context);
    Idempotency.identify(context, body);
    Message message = Body.reading(() -> CaseFormat.message(body));
    requireNotAhead("at", message.at());
    context.json(conversations.hear(context.pathParam("id"), message));
  }

  void suggest(Context context) {
    context.json(conversations.suggest(context.pathParam("id")));
  }

  void suggestForText(Context context) {
    Question question =
        new Question(
            Parameters.require(context, "q"),
            context.queryParam("language"),
            context.queryParam("product"),
            context.queryParam("version"),
            clock.instant());
    context.json(conversations.suggest(question));
  }

  void link(Context context) {
    ObjectNode body = Body.object(context);
    CaseLine.Link link = Body.reading(() -> CaseFormat.link(body));
    requireNotAhead("at", link.at());
    assist.link(context.pathParam("id"), link.articleId(), link.action(), link.at());
    context.status(204);
  }

  void close(Context context) {
    ObjectNode body = Body.objectIfAny(context);
    Closing closing = Body.reading(() -> CaseFormat.closing(body));
    requireNotAhead("at", closing.at());
    try {
      context.json(conversations.close(context.pathParam("id"), closing));
    } catch (UnusableException e) {
      throw new ProblemException(
          Problem.Kind.MALFORMED, "at is " + closing.at() + ": " + e.getMessage());
    }
  }

  /**
   * The desk's own time is that of its latest event: one from next year, by a clock that is wrong,
   * would close every open case and make every gap old.
   */
  private void requireNotAhead(String field, @Nullable Instant at) {
    Instant now = clock.instant();
    if (at != null && at.isAfter(now.plus(MOST_AHEAD))) {
      throw new ProblemException(
          Problem.Kind.MALFORMED,
          field
              + " is "
              + at
              + ", more than a day ahead of this server's clock ("
              + now.truncatedTo(ChronoUnit.SECONDS)
              + "): set right the clock that is wrong, or leave the time out");
    }
  }
}
