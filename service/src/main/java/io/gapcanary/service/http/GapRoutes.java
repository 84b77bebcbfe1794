package io.gapcanary.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapcanary.Desk;
import io.gapcanary.Gap;
import io.gapcanary.GapBoard;
import io.gapcanary.GapCaseFilter;
import io.gapcanary.GapCasePage;
import io.gapcanary.GapChange;
import io.gapcanary.GapFilter;
import io.gapcanary.GapPage;
import io.gapcanary.GapRank;
import io.gapcanary.HeldBackSubject;
import io.gapcanary.NotFoundException;
import io.gapcanary.OpenNow;
import io.gapcanary.WireName;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.service.text.RankExplanation;
import io.gapcanary.service.text.Voice;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gaps over HTTP. */
final class GapRoutes {
  private final Desk desk;
  private final GapBoard board;

  GapRoutes(Desk desk) {
    this.desk = desk;
    this.board = desk.board();
  }

  void list(Context context) {
    Instant asOf = Parameters.time(context, "asOf").orElseGet(desk::now);
    GapFilter filter = filter(context);
    GapPage page = Body.reading(() -> board.list(filter, asOf));
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("asOf", asOf);
    OpenNow now = board.openNow();
    answer.put("gaps", page.gaps().stream().map(gap -> withOpenNow(gap, now)).toList());
    answer.put(
        "ranks", page.ranks().stream().map(rank -> rank(rank, Parameters.voice(context))).toList());
    answer.put("pareto", page.pareto());
    answer.put("next", page.next());
    context.json(answer);
  }

  /** What a request asks to list. */
  static GapFilter filter(Context context) {
    Set<Gap.State> states = Parameters.constants(context, "state", Gap.State.class);
    return new GapFilter(
        Parameters.constants(context, "kind", Gap.Kind.class),
        states.isEmpty() ? GapFilter.FIRST_PAGE.states() : states,
        Parameters.told(context, "owner"),
        Parameters.slice(context),
        Parameters.constant(context, "order", GapFilter.Order.class).orElse(GapFilter.Order.IMPACT),
        Parameters.limit(context, GapFilter.FIRST_PAGE.limit()),
        context.queryParam("after"));
  }

  void get(Context context) {
    answer(context, GapLookup.require(board, context));
  }

  void cases(Context context) {
    Gap gap = GapLookup.require(board, context);
    GapCaseFilter filter =
        GapCaseFilter.ALL
            .limit(Parameters.limit(context, GapCaseFilter.ALL.limit()))
            .after(context.queryParam("after"));
    GapCasePage page = Body.reading(() -> board.cases(gap.id(), filter));
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("signals", board.signals(gap.id()));
    answer.put("cases", page.cases());
    answer.put("next", page.next());
    context.json(answer);
  }

  private static ObjectNode rank(GapRank rank, Voice voice) {
    ObjectNode node = DeskJson.mapper().valueToTree(rank);
    if (rank.next() != null) {
      node.withObject("next").put("sentence", RankExplanation.over(rank.next(), voice));
    }
    return node;
  }

  void rank(Context context) {
    String id = GapLookup.require(board, context).id();
    GapRank rank =
        board
            .rank(id)
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "There is no gap " + Parameters.shown(id) + " in the list"));
    context.json(rank(rank, Parameters.voice(context)));
  }

  void openNow(Context context) {
    context.json(board.openNow());
  }

  /** A gap as ever, and beside its figures what is asked of it in open cases. */
  static ObjectNode withOpenNow(Gap gap, OpenNow now) {
    ObjectNode node = DeskJson.mapper().valueToTree(gap);
    node.set("openNow", DeskJson.mapper().valueToTree(now.of(gap.id())));
    return node;
  }

  void heldBack(Context context) {
    HeldBackSubject.Page page = board.heldBack(Parameters.limit(context, 100));
    Map<String, Integer> kinds = new LinkedHashMap<>();
    page.kinds().forEach((kind, count) -> kinds.put(kind.wireName(), count));
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("count", page.count());
    answer.put("ofOneCustomer", page.ofOneCustomer());
    answer.put("kinds", kinds);
    answer.put("subjects", page.subjects());
    context.json(answer);
  }

  void worse(Context context) {
    context.json(Map.of("articles", board.worse(Parameters.limit(context, 100))));
  }

  void change(Context context) {
    GapLookup.require(board, context);
    String id = context.pathParam("id");
    long version = EntityTag.expected(context, "gap");
    ObjectNode body = Body.objectOf(context, "state", "owner", "remedy", "reason", "by");
    GapChange change = Body.reading(() -> read(context, body));
    answer(context, board.change(id, version, change));
  }

  @SuppressWarnings(
      "NullAway") // it does not read the annotation of a nested type from a class file
  private static GapChange read(Context context, JsonNode body) {
    String state = Body.text(body, "state");
    String owner = body.has("owner") && body.get("owner").isNull() ? "" : Body.text(body, "owner");
    String remedy = Body.text(body, "remedy");
    return new GapChange(
        state == null ? null : WireName.parse(Gap.State.class, "state", Parameters.shown(state)),
        Gate.owner(context, owner, null),
        remedy == null
            ? null
            : WireName.parse(Gap.Remedy.class, "remedy", Parameters.shown(remedy)),
        Body.text(body, "reason"),
        Body.by(context, body));
  }

  private void answer(Context context, Gap gap) {
    EntityTag.send(context, gap.version());
    context.json(withOpenNow(gap, board.openNow()));
  }
}
