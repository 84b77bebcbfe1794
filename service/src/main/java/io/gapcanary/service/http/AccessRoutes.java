package io.gapcanary.service.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapcanary.AgentAssist;
import io.gapcanary.NotFoundException;
import io.gapcanary.WireName;
import io.gapcanary.service.access.Access;
import io.gapcanary.service.access.ApiKeys;
import io.gapcanary.service.access.Caller;
import io.gapcanary.service.access.People;
import io.gapcanary.service.access.Scope;
import io.gapcanary.storage.AccessStore;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keys, short-lived tokens, people and what they did, over HTTP. */
public final class AccessRoutes {
  private final Access access;
  private final AgentAssist assist;

  /** The routes of a desk's access. */
  public AccessRoutes(Access access, AgentAssist assist) {
    this.access = access;
    this.assist = assist;
  }

  /** Adds them all. */
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.post("/api/v1/tokens", this::createToken);
    routes.get("/api/v1/people", this::people);
    routes.get("/api/v1/keys", this::keys);
    routes.post("/api/v1/keys", this::createKey);
    routes.delete("/api/v1/keys/{id}", this::revokeKey);
    routes.get("/api/v1/audit", this::audit);
  }

  private static Caller caller(Context context) {
    return Gate.caller(context).orElse(Caller.HERE);
  }

  private void createToken(Context context) {
    ObjectNode body = Body.objectOf(context, "case", "board");
    boolean forBoard = Body.reading(() -> Boolean.TRUE.equals(Body.flag(body, "board")));
    String id = Body.reading(() -> namedCase(body, forBoard));
    if (forBoard) {
      createBoardToken(context);
      return;
    }
    if (assist.find(id).isEmpty()) {
      throw new NotFoundException("There is no case " + Parameters.shown(id));
    }
    context.status(201).json(access.caseTokens().create(caller(context), id));
  }

  private static String namedCase(ObjectNode body, boolean forBoard) {
    String named = Body.text(body, "case");
    return forBoard ? Objects.requireNonNullElse(named, "") : Body.requireText(body, "case");
  }

  private void createBoardToken(Context context) {
    Caller caller = caller(context);
    if (caller.scope() != Scope.MANAGER && caller.scope() != Scope.ADMIN) {
      throw new ProblemException(
          Problem.Kind.NOT_PERMITTED, "A token for the board needs manager or admin");
    }
    context.status(201).json(access.caseTokens().createForBoard(caller));
  }

  private record Person(String name, Scope role) {}

  private void people(Context context) {
    List<Person> people =
        access.people().list().stream()
            .map((People.Person p) -> new Person(p.name(), p.role()))
            .toList();
    context.json(Map.of("people", people));
  }

  private void keys(Context context) {
    List<Map<String, @Nullable Object>> keys =
        access.keys().list().stream().map(AccessRoutes::listed).toList();
    context.json(Map.of("keys", keys));
  }

  private static Map<String, @Nullable Object> listed(ApiKeys.Listed key) {
    Map<String, @Nullable Object> listed = new LinkedHashMap<>();
    listed.put("id", key.id());
    listed.put("name", key.name());
    listed.put("scope", key.scope());
    listed.put("createdAt", key.createdAt());
    listed.put("createdBy", key.createdBy());
    listed.put("lastUsedAt", key.lastUsedAt());
    listed.put("revokedAt", key.revokedAt());
    return listed;
  }

  private void createKey(Context context) {
    ObjectNode body = Body.objectOf(context, "name", "scope");
    ApiKeys.Made made =
        Body.reading(
            () ->
                create(
                    access,
                    caller(context),
                    Body.requireText(body, "name"),
                    WireName.parse(
                        Scope.class, "scope", Parameters.shown(Body.requireText(body, "scope")))));
    Gate.noteSubject(context, made.id());
    context.status(201).json(made);
  }

  /**
   * Makes a key, where one may be made over HTTP at all.
   *
   * @throws IllegalArgumentException when the name cannot be one
   * @throws ProblemException while nobody needs to sign in: the first key would lock everybody out
   */
  public static ApiKeys.Made create(Access access, Caller caller, String name, Scope scope) {
    if (!access.required()) {
      throw new ProblemException(
          Problem.Kind.CONFLICT,
          "Nobody signs in here yet: add a user first, with ./gapcanary users add NAME --role admin");
    }
    return access.keys().create(name, scope, caller.name());
  }

  private void revokeKey(Context context) {
    String id = context.pathParam("id");
    if (!access.keys().revoke(id)) {
      throw new NotFoundException("There is no good key " + Parameters.shown(id));
    }
    context.status(204);
  }

  private void audit(Context context) {
    int limit = Parameters.limit(context, 100);
    String before = context.queryParam("before");
    if (before != null && !before.matches("\\d{1,18}")) {
      throw new ProblemException(
          Problem.Kind.MALFORMED, "before must be the id of an entry of the page before");
    }
    List<AccessStore.Deed> deeds =
        before == null
            ? access.audit().list(limit)
            : access.audit().listBefore(Long.parseLong(before), limit);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("entries", deeds);
    answer.put("next", deeds.size() < limit ? null : deeds.getLast().id());
    context.json(answer);
  }
}
