package io.gapcanary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.Desk;
import io.gapcanary.DeskSettings;
import io.gapcanary.service.Ran;
import io.gapcanary.service.access.Access;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.access.RouteRules;
import io.gapcanary.service.imports.Imports;
import io.javalin.Javalin;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTest {
  @Test
  void theDescriptionNamesEveryRouteOfTheApiAndNoOther(@TempDir Path folder) throws Exception {
    assertThat(described()).isEqualTo(served(folder));
  }

  @Test
  void itIsReadAsAPageWithoutAScriptOfAnotherSite(@TempDir Path folder) {
    try (LiveDesk live = LiveDesk.on(folder)) {
      for (String language : new String[] {"en", "ko"}) {
        LiveDesk.Answer page =
            live.send(live.to("/docs?lang=" + language).header("Accept", "text/html").GET());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy")).contains("script-src 'self'");
        assertThat(page.body())
            .contains("POST /api/v1/erasures", "id=\"POST-api-v1-erasures\"")
            .contains("href=\"#schema-Suggestions\"", "id=\"schema-Suggestions\"")
            .contains("Idempotency-Key")
            .doesNotContain("components/schemas", "api.title");
      }
    }
  }

  @Test
  void everyRouteThatNeedsACallerTellsHowItRefusesOne() throws Exception {
    String operation = "";
    Set<String> silent = new TreeSet<>();
    String path = "";
    try (var in = OpenApiTest.class.getResourceAsStream("openapi.yaml")) {
      String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      for (String line : text.split("\ncomponents:")[0].split("\n")) {
        if (line.matches("  /\\S*:")) {
          path = line.strip().replaceFirst(":$", "");
        } else if (line.matches("    (get|put|post|patch|delete):")) {
          operation = line.strip().replace(":", "").toUpperCase(Locale.ROOT) + " " + path;
          if (RouteRules.find(operation.split(" ")[0], path).filter(r -> !r.anyone()).isPresent()) {
            silent.addAll(Set.of(operation + " 401", operation + " 403", operation + " 429"));
          }
        } else if (line.matches("        \"(401|403|429)\":.*")) {
          silent.remove(operation + " " + line.strip().substring(1, 4));
        }
      }
    }
    assertThat(silent).isEmpty();
  }

  private static Set<String> described() throws Exception {
    Set<String> routes = new TreeSet<>();
    String path = "";
    try (var in = OpenApiTest.class.getResourceAsStream("openapi.yaml")) {
      for (String line :
          new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).split("\n")) {
        if (line.matches("  /\\S*:")) {
          path = line.strip().replaceFirst(":$", "");
        } else if (line.matches("    (get|put|post|patch|delete):")) {
          routes.add(line.strip().replace(":", "").toUpperCase(Locale.ROOT) + " " + path);
        }
      }
    }
    return routes;
  }

  private static Set<String> served(Path folder) {
    Set<String> routes = new TreeSet<>();
    try (EventStreams streams = new EventStreams(StreamSettings.DEFAULT);
        Desk desk = Desk.open(folder, DeskSettings.DEFAULT, Ran.CLOCK, null);
        Access access = Access.open(folder, AccessSettings.DEFAULT, Ran.CLOCK);
        DeskMetrics metrics = new DeskMetrics(desk, streams)) {
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
            Conversations conversations =
                new Conversations(desk, new CaseStreams(streams), metrics);
            Imports imports = new Imports(desk, folder.resolve("imports"), Ran.CLOCK);
            new HttpApi(desk, imports, conversations, metrics, new Readiness(), Ran.CLOCK)
                .addTo(config.routes);
            new StreamRoutes(
                    desk.assist(),
                    conversations,
                    new CaseStreams(streams),
                    new BoardStreams(streams, desk.boardLog()))
                .addTo(config.routes);
            new WebhookRoutes(desk.webhooks()).addTo(config.routes);
            new MailRoutes(desk.mailOutbox()).addTo(config.routes);
            new AccessRoutes(access, desk.assist()).addTo(config.routes);
            new ImportRoutes(imports).addTo(config.routes);
          });
    }
    return routes;
  }
}
