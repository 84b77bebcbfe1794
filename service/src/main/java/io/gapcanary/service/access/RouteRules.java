package io.gapcanary.service.access;

import io.gapcanary.WireName;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which scope may use which route: all of it in one table, and what is not in it nobody may use.
 *
 * <p>{@code anyone} needs no key and no sign-in, {@code known} takes any; {@code admin} may use
 * everything and is not repeated. {@code case-token} marks what a short-lived token may do too, on
 * its own case, and {@code board-token} what one for the board may.
 */
public final class RouteRules {
  private static final String TABLE =
      """
      GET    /health/live                                 anyone
      GET    /health/ready                                anyone
      GET    /openapi.yaml                                anyone
      GET    /metrics                                     known

      GET    /api/v1/articles                             agent manager ingest
      POST   /api/v1/articles                             manager ingest
      GET    /api/v1/articles/{id}                        agent manager ingest
      PUT    /api/v1/articles/{id}                        manager ingest
      DELETE /api/v1/articles/{id}                        manager ingest
      PUT    /api/v1/articles/{id}/confidence             manager ingest
      GET    /api/v1/articles/{id}/wordings               manager
      DELETE /api/v1/articles/{id}/wordings/{wordingId}   manager
      POST   /api/v1/articles/{id}/wordings/{wordingId}/restore  manager

      POST   /api/v1/cases                                agent manager ingest
      GET    /api/v1/cases                                agent manager
      GET    /api/v1/cases/{id}                           agent manager case-token
      GET    /api/v1/cases/{id}/customer                  agent manager case-token
      POST   /api/v1/cases/{id}/messages                  agent manager ingest
      GET    /api/v1/cases/{id}/suggestions               agent manager case-token
      POST   /api/v1/cases/{id}/articles                  agent manager ingest case-token
      POST   /api/v1/cases/{id}/close                     agent manager ingest
      GET    /api/v1/cases/{id}/events                    agent manager case-token
      GET    /api/v1/case-events                          agent manager
      GET    /api/v1/suggestions                          agent manager
      GET    /api/v1/explain                              agent manager

      GET    /api/v1/gaps                                 agent manager
      GET    /api/v1/gap-export                           manager
      GET    /api/v1/gaps/events                          agent manager board-token
      GET    /api/v1/gaps/{id}                            agent manager
      PATCH  /api/v1/gaps/{id}                            manager
      POST   /api/v1/gaps/{id}/merge                      manager
      GET    /api/v1/gaps/{id}/proof                      manager
      GET    /api/v1/gaps/{id}/replay                     manager
      POST   /api/v1/gaps/{id}/replay                     manager
      GET    /api/v1/gaps/{id}/cases                      agent manager
      GET    /api/v1/gaps/{id}/weeks                      agent manager
      GET    /api/v1/gaps/{id}/follow-ups                 manager
      GET    /api/v1/gaps/{id}/draft                      manager
      GET    /api/v1/gaps/{id}/to-tell                    manager
      GET    /api/v1/gaps/{id}/rank                       agent manager
      GET    /api/v1/held-back                            manager
      GET    /api/v1/articles-worse                       manager
      GET    /api/v1/open-now                             agent manager
      GET    /api/v1/floods                               manager
      GET    /api/v1/floods/{id}                          manager
      PUT    /api/v1/floods/{id}                          manager
      GET    /api/v1/floods/{id}/cases                    manager
      GET    /api/v1/weights                              manager
      PUT    /api/v1/weights                              manager
      GET    /api/v1/desk/health                          manager
      GET    /api/v1/desk/health/cases                    manager
      GET    /api/v1/report                               manager
      GET    /api/v1/article-health                       manager
      GET    /api/v1/articles/{id}/health                 manager
      GET    /api/v1/repeat-contacts                      manager
      GET    /api/v1/floors                               manager
      GET    /api/v1/floor                                manager
      PUT    /api/v1/floor                                manager
      POST   /api/v1/recalculations                       manager
      GET    /api/v1/recalculations/{id}                  manager
      POST   /api/v1/recalculations/{id}/keep             manager
      DELETE /api/v1/recalculations/{id}                  manager

      POST   /api/v1/erasures                             admin
      POST   /api/v1/imports                              manager ingest
      GET    /api/v1/imports                              manager ingest
      GET    /api/v1/imports/{id}                         manager ingest
      DELETE /api/v1/imports/{id}                         manager ingest

      POST   /api/v1/tokens                               agent manager
      GET    /api/v1/people                               manager
      GET    /api/v1/keys                                 admin
      POST   /api/v1/keys                                 admin
      DELETE /api/v1/keys/{id}                            admin
      GET    /api/v1/audit                                admin
      GET    /api/v1/webhooks                             admin
      POST   /api/v1/webhooks                             admin
      PATCH  /api/v1/webhooks/{id}                        admin
      DELETE /api/v1/webhooks/{id}                        admin
      POST   /api/v1/webhooks/{id}/test                   admin
      POST   /api/v1/webhooks/{id}/redeliver              admin
      GET    /api/v1/webhook-deliveries                   admin
      POST   /api/v1/webhook-deliveries/{id}/redeliver    admin
      GET    /api/v1/mail-deliveries                      admin
      POST   /api/v1/mail-deliveries/{id}/redeliver       admin

      GET    /assets/gapcanary.css                        anyone
      GET    /assets/gapcanary.svg                        anyone
      GET    /assets/board.js                             anyone
      GET    /assets/htmx.min.js                          anyone
      GET    /docs                                        anyone
      GET    /assets/console.js                           anyone
      GET    /assets/gapcanary-assist.js                  anyone
      GET    /assets/gapcanary-panel.js                   anyone
      GET    /assets/panel-texts-en.json                  anyone
      GET    /assets/panel-texts-ko.json                  anyone
      GET    /sign-in                                     anyone
      POST   /sign-in                                     anyone
      GET    /sign-in/issuer                              anyone
      GET    /sign-in/issuer/done                         anyone
      POST   /sign-out                                    anyone
      GET    /password                                    agent manager
      POST   /password                                    agent manager

      GET    /                                            agent manager
      GET    /agent                                       agent manager
      GET    /agent/cases                                 agent manager
      POST   /agent/messages                              agent manager
      POST   /agent/preview                               agent manager
      POST   /agent/articles                              agent manager
      POST   /agent/close                                 agent manager
      GET    /explain                                     agent manager
      GET    /gaps                                        agent manager
      GET    /gaps/{id}                                   agent manager
      GET    /gaps/{id}/cases                             agent manager
      POST   /gaps/{id}                                   manager
      POST   /gaps                                        manager
      GET    /gaps/held-back                              manager
      GET    /gaps/floods                                 manager
      POST   /gaps/floods                                 manager
      GET    /gaps/{id}/try                               manager
      POST   /gaps/{id}/try                               manager
      GET    /gaps/{id}/merge                             manager
      POST   /gaps/{id}/merge                             manager
      GET    /gaps/{id}/draft.md                          manager
      GET    /gaps/{id}/to-tell.csv                       manager
      GET    /impact                                      manager
      POST   /impact                                      manager
      GET    /articles                                    agent manager
      GET    /articles/{id}                               agent manager
      POST   /articles/{id}/wordings                      manager
      GET    /import                                      manager
      POST   /import                                      manager
      GET    /import/{id}                                 manager
      POST   /import/{id}                                 manager
      GET    /desk                                        manager
      GET    /desk/cases                                  manager
      GET    /report                                      manager
      GET    /floor                                       manager
      POST   /floor                                       manager
      GET    /recalculate                                 manager
      POST   /recalculate                                 manager
      GET    /access                                      admin
      POST   /access                                      admin
      POST   /access/keys/{id}                            admin
      POST   /access/mail                                 admin
      POST   /access/mail/{id}                            admin
      """;

  private static final Map<String, Rule> RULES = read();

  private RouteRules() {}

  /**
   * Who may use a route.
   *
   * @param anyone nobody needs to be known
   * @param scopes who may, admin included
   * @param caseToken whether a short-lived token will do, on its own case
   * @param boardToken whether a short-lived token for the board will do
   */
  public record Rule(boolean anyone, Set<Scope> scopes, boolean caseToken, boolean boardToken) {
    /** Takes a copy. */
    public Rule {
      scopes = Set.copyOf(scopes);
    }

    /** Whether a caller may use it, on a case if the route is about one. */
    public boolean admits(Caller caller, String caseId) {
      if (caller.kind() == Caller.Kind.CASE_TOKEN) {
        return caseToken && caseId.equals(caller.caseId());
      }
      if (caller.kind() == Caller.Kind.BOARD_TOKEN) {
        return boardToken;
      }
      return scopes.contains(caller.scope());
    }

    /**
     * Whether using it is an act that is kept: of managers and administrators always, of articles
     * when a person does it. What is said and linked in a case stands in the case itself.
     */
    boolean keeps(Caller caller) {
      return !anyone
          && !scopes.contains(Scope.AGENT)
          && (caller.isPerson()
              || caller.kind() == Caller.Kind.THIS_COMPUTER
              || !scopes.contains(Scope.INGEST));
    }
  }

  private static Map<String, Rule> read() {
    Map<String, Rule> rules = new LinkedHashMap<>();
    TABLE
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> line.strip().split("\\s+"))
        .forEach(
            words ->
                rules.put(
                    words[0] + " " + words[1],
                    rule(Arrays.asList(words).subList(2, words.length))));
    return rules;
  }

  private static Rule rule(java.util.List<String> words) {
    Set<Scope> scopes = EnumSet.of(Scope.ADMIN);
    for (String word : words) {
      switch (word) {
        case "anyone", "known" -> scopes.addAll(EnumSet.allOf(Scope.class));
        case "case-token", "board-token" -> {}
        default -> scopes.add(WireName.parse(Scope.class, "scope", word));
      }
    }
    return new Rule(
        words.contains("anyone"),
        scopes,
        words.contains("case-token"),
        words.contains("board-token"));
  }

  /**
   * The rule of a route.
   *
   * @param method in capitals
   * @param path with the names of its parameters: {@code /api/v1/cases/{id}}
   */
  public static Optional<Rule> find(String method, String path) {
    return Optional.ofNullable(RULES.get(method + " " + path));
  }

  /** All of them, by method and path with a blank between. */
  public static Map<String, Rule> all() {
    return java.util.Collections.unmodifiableMap(RULES);
  }
}
