package io.gapcanary.service.http;

import io.gapcanary.AgentAssist;
import io.gapcanary.NotFoundException;
import io.gapcanary.SupportCase;
import io.gapcanary.service.http.CaseStreams.Told;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;

/** Server-sent events over HTTP. */
public final class StreamRoutes {
  private final AgentAssist assist;
  private final Conversations conversations;
  private final CaseStreams cases;
  private final BoardStreams board;

  /** The events of a desk. */
  public StreamRoutes(
      AgentAssist assist, Conversations conversations, CaseStreams cases, BoardStreams board) {
    this.assist = assist;
    this.conversations = conversations;
    this.cases = cases;
    this.board = board;
  }

  /** Adds them all; before those of single gaps, which take any name for a gap's. */
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/api/v1/cases/{id}/events", this::ofCase);
    routes.get("/api/v1/case-events", this::ofCases);
    routes.get("/api/v1/gaps/events", board::open);
  }

  private void ofCase(Context context) {
    String id = context.pathParam("id");
    find(id);
    cases.open(context, id, () -> now(id));
  }

  private void ofCases(Context context) {
    cases.openList(context, Parameters.told(context, "agent"));
  }

  private SupportCase find(String id) {
    return assist
        .find(id)
        .orElseThrow(() -> new NotFoundException("There is no case " + Parameters.shown(id)));
  }

  private Told now(String id) {
    return find(id).closedAt() == null
        ? Conversations.told(conversations.suggest(id))
        : assist
            .outcome(id)
            .map(Conversations::told)
            .orElseGet(() -> Conversations.told(conversations.suggest(id)));
  }
}
