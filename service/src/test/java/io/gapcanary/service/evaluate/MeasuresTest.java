package io.gapcanary.service.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.service.Ran;
import io.gapcanary.service.SmallDesk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class MeasuresTest {
  @TempDir private Path folder;

  @Test
  void figuresAreRoundedHalfToEvenOnTheExactBinaryValue() {
    assertThat(Measures.rounded(0.03125)).isEqualTo(0.0312);
    assertThat(Measures.rounded(0.09375)).isEqualTo(0.0938);
    assertThat(Measures.rounded(0.00005)).isEqualTo(0.0001);
    assertThat(Measures.rounded(2.0 / 3)).isEqualTo(0.6667);
  }

  @Test
  void evaluateAgreesWithTheIndependentMeasurement() throws Exception {
    Files.writeString(folder.resolve("articles.jsonl"), SmallDesk.ARTICLES);
    Files.write(folder.resolve("questions.jsonl"), questions());
    Files.writeString(
        folder.resolve("history.jsonl"),
        """
        {"text":"my login does not work any more","article":"kb-1"}
        {"text":"no such article","article":"kb-77"}
        """);

    Ran ran =
        Ran.command(
            "evaluate",
            "--articles",
            folder.resolve("articles.jsonl"),
            "--history",
            folder.resolve("history.jsonl"),
            "--questions",
            folder.resolve("questions.jsonl"),
            "--out",
            folder.resolve("evaluation.json"),
            "--results",
            folder.resolve("results.jsonl"),
            "--embedder",
            "none");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("history.jsonl:2: there is no article kb-77");
    assertThat(ran.out()).contains("hit@1", "the floor");
    Map<String, Object> own = json(Files.readString(folder.resolve("evaluation.json")));
    assertThat(own).containsKeys("floor", "curve");
    agrees(own, measured(folder.resolve("questions.jsonl"), folder.resolve("results.jsonl")));
  }

  @Test
  void randomResultsWithTiesAreMeasuredAlike() throws Exception {
    Random chance = new Random(7);
    List<String> questions = new ArrayList<>();
    List<String> results = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String language = i % 3 == 0 ? "ko" : "en";
      String relevant = i % 4 == 0 ? "" : i % 7 == 0 ? "\"a1\",\"a2\"" : "\"a" + i % 5 + "\"";
      questions.add(
          "{\"id\":\"q%d\",\"text\":\"question %d\",\"language\":\"%s\",\"relevant\":[%s]}"
              .formatted(i, i, language, relevant));
      if (i % 50 != 49) {
        results.add(result(i, chance));
      }
    }
    Files.write(folder.resolve("questions.jsonl"), questions);
    Files.write(folder.resolve("results.jsonl"), results);

    agrees(
        figuresOf(questions, results),
        measured(folder.resolve("questions.jsonl"), folder.resolve("results.jsonl")));
  }

  private static String result(int i, Random chance) {
    List<String> matches = new ArrayList<>();
    double probability = 1;
    for (int a = 0; a < chance.nextInt(6); a++) {
      probability *= chance.nextInt(11) / 10.0;
      matches.add(
          "{\"article\":\"a%d\",\"probability\":%s}".formatted(chance.nextInt(6), probability));
    }
    return "{\"id\":\"q%d\",\"verdict\":\"%s\",\"answerable\":%s,\"matches\":[%s],\"millis\":%s}"
        .formatted(
            i,
            List.of("answered", "no-match", "too-little-text").get(chance.nextInt(3)),
            chance.nextInt(21) / 20.0,
            String.join(",", matches),
            chance.nextInt(5000) / 1000.0);
  }

  private static Map<String, Object> figuresOf(List<String> questions, List<String> results)
      throws IOException {
    Map<String, Result> got = new LinkedHashMap<>();
    for (String line : results) {
      Result result = DeskJson.mapper().readValue(line, Result.class);
      got.put(result.id(), result);
    }
    List<io.gapcanary.exchange.QuestionLine> wanted = new ArrayList<>();
    for (String line : questions) {
      wanted.add(
          io.gapcanary.exchange.QuestionLine.askedAt(Ran.CLOCK.instant())
              .read(DeskJson.mapper().readTree(line), new ArrayList<>()));
    }
    return Measures.of(wanted, got);
  }

  private static List<String> questions() {
    List<String> lines = new ArrayList<>();
    String[] answerable = {
      "how do I reset my password|en|kb-1",
      "password reset mail does not come|en|kb-1",
      "pair thermostat with app|en|kb-2",
      "배송지 변경하고 싶어요|ko|kb-3",
      "cancel my subscription please|en|kb-4",
      "주문 배송지 변경|ko|kb-3",
      "invoice with tax number|en|",
      "do you ship to the moon|en|",
      "환불 규정이 어떻게 되나요|ko|",
      "hello|en|"
    };
    for (int i = 0; i < answerable.length; i++) {
      String[] part = answerable[i].split("\\|", -1);
      String relevant = part[2].isEmpty() ? "" : "\"" + part[2] + "\"";
      lines.add(
          "{\"id\":\"q%d\",\"text\":\"%s\",\"language\":\"%s\",\"relevant\":[%s]}"
              .formatted(i, part[0], part[1], relevant));
    }
    return lines;
  }

  private static void agrees(Map<String, Object> own, Map<String, Object> measured) {
    Map<String, Object> shared = new LinkedHashMap<>(own);
    shared.keySet().retainAll(measured.keySet());
    assertThat(shared).isEqualTo(measured);
    assertThat(List.copyOf(shared.keySet())).isEqualTo(List.copyOf(measured.keySet()));
  }

  private static Map<String, Object> json(String text) throws IOException {
    return DeskJson.mapper().readValue(text, new TypeReference<Map<String, Object>>() {});
  }

  /** What the independent script prints; not run where it or Python is absent. */
  private static Map<String, Object> measured(Path questions, Path results) throws Exception {
    Path script = Path.of("../../shared/bench/measure.py");
    Assumptions.assumeTrue(Files.exists(script), "The measuring script is not beside the project");
    Process process;
    try {
      process =
          new ProcessBuilder(
                  "python3",
                  script.toString(),
                  "--questions",
                  questions.toString(),
                  "--results",
                  results.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      return Assumptions.abort("There is no python3");
    }
    String out =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return json(out);
  }
}
