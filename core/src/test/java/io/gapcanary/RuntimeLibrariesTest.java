package io.gapcanary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program takes on that embeds the desk, as the build writes it to a file. */
class RuntimeLibrariesTest {
  private static final double MEGABYTE = 1e6;
  private static final Path TARGET = Path.of("target");

  @Test
  void wordsOnlyTakesLessThan35Megabytes() throws IOException {
    double libraries = libraries().values().stream().mapToDouble(size -> size).sum();
    double own =
        packed(TARGET.resolve("classes")) + packed(Path.of("../knowledge-base/target/classes"));
    assertThat(libraries).isGreaterThan(10);
    assertThat(libraries + own / MEGABYTE).isLessThan(35);
  }

  @Test
  void wordsOnlyBringsNoModel() throws IOException {
    assertThat(libraries().keySet())
        .noneMatch(name -> name.matches("(langchain4j|onnxruntime|djl|tokenizers).*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/embedding.md", "docs/embedding.ko.md"})
  void theDocumentListsThemBySize(String document) throws IOException {
    Map<String, Double> told = told(Files.readString(Path.of("..", document)));
    Map<String, Double> libraries = libraries();
    assertThat(told.keySet()).isEqualTo(libraries.keySet());
    libraries.forEach(
        (name, size) ->
            assertThat(told.get(name)).as(name).isCloseTo(size, within(0.06 + size / 10)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/embedding.md", "docs/embedding.ko.md"})
  void theCoordinatesAreThoseOfTheBuild(String document) throws IOException {
    String build = Files.readString(Path.of("../pom.xml"));
    assertThat(Files.readString(Path.of("..", document)))
        .contains("gapcanary-core:" + first("version", build))
        .contains("<version>" + first("version", build))
        .contains("-bge-small-en-v15-q:" + first("langchain4j-embeddings.version", build));
  }

  private static String first(String element, String xml) {
    int start = xml.indexOf("<" + element + ">") + element.length() + 2;
    return xml.substring(start, xml.indexOf('<', start));
  }

  /** Rows like {@code | `lucene-core` | 4.7 MB |}. */
  private static Map<String, Double> told(String document) {
    return Pattern.compile("(?m)^\\| `([^`]+)` \\| ([0-9.]+) MB \\|")
        .matcher(document)
        .results()
        .collect(
            Collectors.toMap(
                (MatchResult row) -> row.group(1),
                row -> Double.parseDouble(row.group(2)),
                Double::sum,
                TreeMap::new));
  }

  /** Megabytes by artifact, without our own. */
  private static Map<String, Double> libraries() throws IOException {
    return Stream.of(
            Files.readString(TARGET.resolve("runtime-classpath")).split(File.pathSeparator))
        .map(Path::of)
        .filter(jar -> jar.toString().endsWith(".jar"))
        .filter(jar -> !jar.getFileName().toString().startsWith("gapcanary-"))
        .collect(
            Collectors.toMap(
                jar -> jar.getFileName().toString().replaceFirst("-\\d.*$", ""),
                jar -> sizeOf(jar) / MEGABYTE,
                Double::sum,
                TreeMap::new));
  }

  private static double sizeOf(Path jar) {
    return jar.toFile().length();
  }

  /** How large the jar of these classes will be: there is none yet when tests run. */
  private static double packed(Path classes) throws IOException {
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(jar);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
    return jar.size();
  }
}
