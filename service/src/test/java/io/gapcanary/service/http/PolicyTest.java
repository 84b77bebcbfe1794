package io.gapcanary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.access.RouteRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PolicyTest {
  /** Read by mail programs, which know no style sheet; none of it is served. */
  private static final String LETTER = "reportLetter.jte";

  @Test
  void everyAnswerForbidsScriptsAndStylesThatAreNotThisDesksOwn(@TempDir Path folder) {
    try (GuardedDesk desk = GuardedDesk.on(folder)) {
      String cookie = desk.signIn("Mina", GuardedDesk.PASSWORD);
      List<String> paths =
          RouteRules.all().keySet().stream()
              .filter(route -> route.startsWith("GET "))
              .map(route -> route.substring(4).replaceAll("\\{\\w+}", "none"))
              .toList();
      for (String path : paths) {
        String policy = policy(desk, path, cookie);
        assertThat(policy)
            .as(path)
            .contains("default-src 'none'", "frame-ancestors 'none'")
            .doesNotContain("unsafe", "*", "http");
      }
      assertThat(desk.page("/access", cookie).header("Content-Security-Policy"))
          .contains("script-src 'self'", "style-src 'self'", "form-action 'self'");
      assertThat(desk.page("/nowhere", cookie).header("Content-Security-Policy"))
          .contains("default-src 'none'");
    }
  }

  private static String policy(GuardedDesk desk, String path, String cookie) {
    if (RouteRulesTest.STREAMS.contains(path)) { // it does not end by itself
      try (SseReader stream =
          SseReader.of(desk.live(), desk.live().to(path).header("Cookie", cookie))) {
        return stream.header("Content-Security-Policy");
      }
    }
    return desk.page(path, cookie).header("Content-Security-Policy");
  }

  @Test
  void noTemplateHasAScriptOfItsOwn() throws IOException {
    assertThat(templates())
        .isNotEmpty()
        .allSatisfy(
            template ->
                assertThat(Files.readString(template))
                    .doesNotContainPattern(
                        "(?i)<script(?![^>]*\\ssrc=)|\\son[a-z]+=|javascript:|hx-on"));
  }

  @Test
  void noPageHasAStyleOfItsOwn() throws IOException {
    assertThat(templates())
        .filteredOn(template -> !template.endsWith(LETTER))
        .hasSizeLessThan(templates().size())
        .allSatisfy(
            template ->
                assertThat(Files.readString(template))
                    .doesNotContainPattern("(?i)<style|\\sstyle="));
  }

  private static List<Path> templates() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/jte"))) {
      return files.filter(path -> path.toString().endsWith(".jte")).toList();
    }
  }
}
