package io.gapcanary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.Desk;
import io.gapcanary.DeskSettings;
import io.gapcanary.service.Ran;
import io.gapcanary.service.access.Access;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.access.RouteRules;
import io.gapcanary.service.access.Scope;
import io.gapcanary.service.imports.Imports;
import io.gapcanary.service.page.ImportPages;
import io.gapcanary.service.page.PageRoutes;
import io.gapcanary.service.page.Pages;
import io.javalin.Javalin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every route with a key of every scope. */
@Tag("slow")
class RouteRulesTest {
  private static GuardedDesk desk;

  @BeforeAll
  static void start(@TempDir Path folder) {
    desk = GuardedDesk.on(folder);
  }

  @AfterAll
  static void stop() {
    desk.close();
  }

  @Test
  void everyRouteHasARuleAndEveryRuleARoute(@TempDir Path folder) {
    assertThat(new TreeSet<>(RouteRules.all().keySet())).isEqualTo(routes(folder));
  }

  private static Set<String> routes(Path folder) {
    Set<String> routes = new TreeSet<>();
    try (EventStreams streams = new EventStreams(StreamSettings.DEFAULT);
        Desk empty = Desk.open(folder, DeskSettings.DEFAULT, Ran.CLOCK, null);
        Access access = Access.open(folder, AccessSettings.DEFAULT, Ran.CLOCK);
        DeskMetrics metrics = new DeskMetrics(empty, streams)) {
      Conversations conversations = new Conversations(empty, new CaseStreams(streams), metrics);
      Javalin.create(
          config -> {
            config.startup.showJavalinBanner = false;
            config.startup.startupWatcherEnabled = false;
            config.events.handlerAdded(
                handler -> {
                  if (handler.getHttpMethod().isHttpMethod()) {
                    routes.add(handler.getHttpMethod().name() + " " + handler.getPath());
                  }
                });
            Imports imports = new Imports(empty, folder.resolve("imports"), Ran.CLOCK);
            new HttpApi(empty, imports, conversations, metrics, new Readiness(), Ran.CLOCK)
                .addTo(config.routes);
            new StreamRoutes(
                    empty.assist(),
                    conversations,
                    new CaseStreams(streams),
                    new BoardStreams(streams, empty.boardLog()))
                .addTo(config.routes);
            new WebhookRoutes(empty.webhooks()).addTo(config.routes);
            new MailRoutes(empty.mailOutbox()).addTo(config.routes);
            new AccessRoutes(access, empty.assist()).addTo(config.routes);
            new ImportRoutes(imports).addTo(config.routes);
            new ImportPages(new Pages(empty, false), imports).addTo(config.routes);
            new PageRoutes(
                    new Pages(empty, false),
                    empty,
                    conversations,
                    access,
                    new Gate(access),
                    null,
                    Ran.CLOCK)
                .addTo(config.routes);
          });
    }
    return routes;
  }

  /** What can be asked for without an id, and does not end by itself. */
  static final List<String> STREAMS = List.of("/api/v1/gaps/events", "/api/v1/case-events");

  private static LiveDesk.Answer ask(String route, String key) {
    String[] words = route.split(" ");
    desk.clock().pass(java.time.Duration.ofSeconds(1));
    if (STREAMS.contains(words[1]) && key != null) {
      return stream(words[1], key);
    }
    return desk.send(words[0], words[1].replaceAll("\\{\\w+}", "none"), "{}", key);
  }

  /** What it answers, without waiting for an end that does not come. */
  private static LiveDesk.Answer stream(String path, String key) {
    try {
      java.net.http.HttpResponse<java.io.InputStream> answer =
          desk.live()
              .client()
              .send(
                  desk.live().to(path).header("Authorization", "Bearer " + key).build(),
                  java.net.http.HttpResponse.BodyHandlers.ofInputStream());
      answer.body().close();
      return answer.statusCode() == 200 ? desk.live().get("/health/live") : desk.get(path, key);
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void withoutAKeyEveryRouteButThePublicOnesIsA401ThatSaysWhatToDo() {
    RouteRules.all()
        .forEach(
            (route, rule) -> {
              LiveDesk.Answer answer = ask(route, null);
              if (rule.anyone()) {
                assertThat(answer.status()).as(route).isNotIn(403, 429);
              } else {
                HttpApiTest.isProblem(answer, 401);
                assertThat(answer.header("WWW-Authenticate")).as(route).startsWith("Bearer");
                assertThat(answer.json().get("detail").asText()).contains("Authorization: Bearer");
              }
            });
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void aKeyMayDoWhatTheTableSaysOfItsScopeAndNothingElse(Scope scope) {
    RouteRules.all()
        .forEach(
            (route, rule) -> {
              LiveDesk.Answer answer = ask(route, desk.key(scope));
              if (rule.anyone() || rule.scopes().contains(scope)) {
                assertThat(answer.status()).as(route).isNotIn(403, 429);
                if (!route.equals("POST /sign-in")) {
                  assertThat(answer.status()).as(route).isNotEqualTo(401);
                }
              } else {
                HttpApiTest.isProblem(answer, 403);
                assertThat(answer.json().get("detail").asText())
                    .as(route)
                    .contains("scope " + scope.wireName(), "this needs", "admin");
              }
            });
  }

  @Test
  void anAdministratorMayDoEverything() {
    assertThat(RouteRules.all().values()).allMatch(rule -> rule.scopes().contains(Scope.ADMIN));
  }

  @Test
  void aProgramThatBringsCasesReadsNoCaseAndNoGap() {
    assertThat(
            RouteRules.all().entrySet().stream()
                .filter(rule -> !rule.getValue().anyone())
                .filter(rule -> rule.getValue().scopes().contains(Scope.INGEST))
                .map(rule -> rule.getKey())
                .filter(route -> route.startsWith("GET")))
        .containsExactlyInAnyOrder(
            "GET /metrics",
            "GET /api/v1/articles",
            "GET /api/v1/articles/{id}",
            "GET /api/v1/imports",
            "GET /api/v1/imports/{id}");
  }

  @Test
  void theDocumentHoldsTheTable() throws Exception {
    String table =
        RouteRules.all().entrySet().stream()
            .map(rule -> "| `" + rule.getKey() + "` | " + named(rule.getValue()) + " |")
            .collect(Collectors.joining("\n"));
    assertThat(Files.readString(Path.of("../docs/access.md"))).contains(table);
  }

  private static String named(RouteRules.Rule rule) {
    if (rule.anyone()) {
      return "anyone";
    }
    String scopes =
        rule.scopes().stream().sorted().map(Scope::wireName).collect(Collectors.joining(", "));
    if (rule.boardToken()) {
      return scopes + "; a token for the board";
    }
    return rule.caseToken() ? scopes + "; a token for the case" : scopes;
  }
}
