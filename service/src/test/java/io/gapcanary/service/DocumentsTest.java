package io.gapcanary.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
  /**
   * A class in backticks, perhaps nested, perhaps with a member: Verdict.NoMatch,
   * AgentAssist.hear(…).
   */
  private static final Pattern CLASS_IN_BACKTICKS =
      Pattern.compile("`@?((?:[A-Z]\\w*[a-z]\\w*)(?:\\.[A-Z]\\w*[a-z]\\w*)*)(?:[.#(<][^`]*)?`");

  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");

  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  private static final List<String> OF_OTHERS =
      List.of(
          "java.lang.", "java.util.", "java.time.", "java.nio.file.", "org.jspecify.annotations.");

  private static final Path ROOT = root();

  private static final Set<String> OUR_CLASSES = simpleNamesOfOurClasses();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "README.ko.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "docs/embedding.md",
        "docs/embedding.ko.md"
      })
  void namesOnlyClassesThatExist(String document) throws IOException {
    assertThat(classesNamedIn(Files.readString(ROOT.resolve(document))))
        .allMatch(name -> OUR_CLASSES.contains(name) || isOfOthers(name), "exists");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksOnlyToFilesAndHeadingsThatExist(Path document) throws IOException {
    for (MatchResult link : LINK.matcher(Files.readString(document)).results().toList()) {
      String target = link.group(1);
      if (target.matches("[a-z]+:.*")) {
        continue;
      }
      Path file = target.isEmpty() ? document : document.resolveSibling(target);
      assertThat(file).exists();
      if (link.group(2) != null) {
        assertThat(headings(file)).as("headings of %s", file).contains(link.group(2));
      }
    }
  }

  static List<Path> documents() throws IOException {
    try (Stream<Path> root = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(root, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  /** As GitHub makes them into the end of an address. */
  private static List<String> headings(Path document) throws IOException {
    return matchesOf(HEADING, Files.readString(document)).stream()
        .map(heading -> heading.toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void aNameInBackticksIsReadWithItsNestingAndWithoutItsMember() {
    assertThat(
            classesNamedIn("`KnowledgeBase` `Verdict.NoMatch` `AgentAssist.hear(…)` `List<Match>`"))
        .containsExactly("KnowledgeBase", "Verdict.NoMatch", "AgentAssist", "List");
    assertThat(classesNamedIn("`README`, `mvn verify`, `GAPCANARY_JAVA_OPTS`, `If-Match`, Word"))
        .isEmpty();
  }

  private static List<String> classesNamedIn(String text) {
    return matchesOf(CLASS_IN_BACKTICKS, text);
  }

  private static List<String> matchesOf(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }

  /**
   * Simple names, and those of nested classes with their outer ones': NoMatch and Verdict.NoMatch.
   */
  private static Set<String> simpleNamesOfOurClasses() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.gapcanary")
            .stream()
            .flatMap(type -> Stream.of(type.getSimpleName(), nestedName(type)))
            .collect(Collectors.toSet());
  }

  private static String nestedName(JavaClass type) {
    String name = type.getName().substring(type.getPackageName().length() + 1);
    return name.replace('$', '.');
  }

  private static boolean isOfOthers(String name) {
    return OF_OTHERS.stream().anyMatch(prefix -> exists(prefix + name.replace('.', '$')));
  }

  private static boolean exists(String className) {
    try {
      Class.forName(className, false, DocumentsTest.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("ARCHITECTURE.md"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
