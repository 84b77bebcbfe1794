package io.gapcanary.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.text.Voice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class CommandLineTest {
  @TempDir private Path folder;

  @BeforeEach
  void aSmallDesk() throws IOException {
    SmallDesk.write(folder);
  }

  /** With further options, or others in the place of these. */
  private Ran analyze(Object... more) {
    Map<Object, Object> options = new LinkedHashMap<>();
    options.put("--articles", folder.resolve("articles.jsonl"));
    options.put("--cases", folder.resolve("cases.jsonl"));
    options.put("--out", folder.resolve("gaps.json"));
    options.put("--outcomes", folder.resolve("outcomes.jsonl"));
    options.put("--embedder", "none");
    List<Object> args = new ArrayList<>(List.of("analyze"));
    for (int i = 0; i < more.length; i += 2) {
      if (i + 1 < more.length) {
        options.put(more[i], more[i + 1]);
      } else {
        args.add(more[i]);
      }
    }
    options.forEach((name, value) -> args.addAll(List.of(name, value)));
    return Ran.command(args.toArray());
  }

  private static void isOneSentence(Ran ran, String... words) {
    assertThat(ran.code()).isNotZero();
    assertThat(ran.errLines()).hasSizeLessThanOrEqualTo(2);
    assertThat(ran.err()).contains(words).doesNotContain("\tat ", "Exception");
  }

  @Test
  void itsVersionIsTold() {
    assertThat(Ran.command("--version").out())
        .startsWith("gapcanary ")
        .containsPattern("\\d\\.\\d");
  }

  @Test
  void withoutACommandItTellsWhatThereIs() {
    assertThat(Ran.command().out()).contains("analyze", "evaluate", "serve");
  }

  @Test
  void aMisspeltOptionIsNamedWithTheOneThatIsMeant() {
    isOneSentence(Ran.command("analyze", "--artcles", "x"), "--artcles", "--articles");
    isOneSentence(Ran.command("serve", "--demmo"), "--demmo", "--demo");
    isOneSentence(Ran.command("analyse"), "analyse", "analyze");
  }

  @Test
  void aMissingOptionIsNamed() {
    isOneSentence(Ran.command("analyze", "--articles", "x"), "--cases");
  }

  @Test
  void aMissingFileIsNamed() {
    isOneSentence(
        Ran.command(
            "analyze",
            "--articles",
            folder.resolve("nowhere.jsonl"),
            "--cases",
            folder.resolve("cases.jsonl"),
            "--out",
            folder.resolve("gaps.json"),
            "--outcomes",
            folder.resolve("outcomes.jsonl")),
        "nowhere.jsonl",
        "--articles");
  }

  @Test
  void aTargetThatCannotBeWrittenIsRefusedBeforeTheRun() {
    isOneSentence(analyze("--out", folder.resolve("no/such/gaps.json")), "--out");
    isOneSentence(analyze("--out", folder), "--out", "folder");
    isOneSentence(analyze("--out", folder.resolve("cases.jsonl")), "cases.jsonl", "two options");
    assertThat(folder.resolve("outcomes.jsonl")).doesNotExist();
  }

  @Test
  void nothingIsLeftBehindWhenARunFails() throws IOException {
    Files.writeString(folder.resolve("gaps.json"), "as it was");
    Files.writeString(folder.resolve("cases.jsonl"), "{}\n");

    assertThat(analyze().code()).isEqualTo(1);

    assertThat(folder.resolve("gaps.json")).hasContent("as it was");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("articles.jsonl", "cases.jsonl", "gaps.json");
    }
  }

  @Test
  void aDataFolderThatCannotBeUsedIsNamed() throws IOException {
    isOneSentence(analyze("--data", folder.resolve("cases.jsonl")), "cases.jsonl", "folder");

    Path used = folder.resolve("used");
    assertThat(analyze("--data", used).code()).isZero();
    isOneSentence(analyze("--data", used), "used", "already holds a desk");
  }

  @Test
  void aReadOnlyDataFolderIsNamed() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    Assumptions.assumeFalse(Files.isWritable(closed), "This user may write everywhere");
    isOneSentence(analyze("--data", closed), "closed");
  }

  @Test
  void settingsAreReadAndTheirMistakesNamed() throws IOException {
    Path settings = folder.resolve("desk.properties");
    Files.writeString(settings, "repeatWindow = 3d\nfloors = en:0.4, ko:0.45\n");
    assertThat(analyze("--settings", settings).code()).isZero();
    assertThat(Files.readString(folder.resolve("gaps.json"))).contains("\"PT72H\"", "0.45");

    Files.writeString(settings, "repeatWindows = 3d\n");
    isOneSentence(analyze("--settings", settings), "repeatWindows");
    Files.writeString(settings, "near = much\n");
    isOneSentence(analyze("--settings", settings), "near", "much");
    Files.writeString(settings, "near = 7\n");
    isOneSentence(analyze("--settings", settings), "near", "7");
    isOneSentence(analyze("--settings", folder.resolve("none.properties")), "none.properties");
  }

  @Test
  void anEmbedderThatIsNotThereIsNamed() {
    isOneSentence(analyze("--embedder", folder.resolve("no-model")), "no-model", "--embedder");
    isOneSentence(analyze("--embedder", folder), "model.onnx");
  }

  @Test
  void anEmbedderThatCannotBeUsedIsOneSentence() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    Files.writeString(model.resolve("model.onnx"), "cut");
    Files.writeString(
        model.resolve("tokenizer.json"), "{\"model\": {\"vocab\": {\"a\": 0, \"b\": 1}}}");
    isOneSentence(analyze("--embedder", model), "model.onnx is cut short or no ONNX model");
    isOneSentence(analyze("--embedder", "http://127.0.0.1:1"), "does not answer");
    isOneSentence(analyze("--embedder", "http://127.0.0.1:1/a b"), "http://127.0.0.1:1/a b");
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      isOneSentence(
          Ran.command(
              "serve",
              "--port",
              taken.getLocalPort(),
              "--data",
              folder.resolve("data"),
              "--embedder",
              "none"),
          "Port " + taken.getLocalPort(),
          "in use");
    }
  }

  @Test
  void anAddressThatOthersReachIsRefused() {
    Path data = folder.resolve("data");
    isOneSentence(
        Ran.command("serve", "--host", "0.0.0.0", "--data", data),
        "sign in",
        "0.0.0.0",
        "users add");
    assertThat(data).doesNotExist();
    isOneSentence(Ran.command("serve", "--port", "70000"), "70000");
  }

  @Test
  void linesThatCannotBeUsedAreReportedInTheLanguageOfTheOperator() throws IOException {
    Path cases = folder.resolve("cases.jsonl");
    Files.writeString(cases, SmallDesk.cases().get(0) + "\n\n{\"id\":\"c-9\"}\n");
    Ran ran =
        Ran.command(
            Voice.KOREAN,
            "analyze",
            "--articles",
            folder.resolve("articles.jsonl"),
            "--cases",
            cases,
            "--out",
            folder.resolve("gaps.json"),
            "--outcomes",
            folder.resolve("outcomes.jsonl"),
            "--embedder",
            "none");
    int used = Files.readAllLines(folder.resolve("articles.jsonl")).size() + 1;
    assertThat(ran.errLines())
        .containsExactly(
            cases + ":2: 빈 줄입니다 (제외)",
            cases + ":3: 상담 c-9: openedAt 항목이 없습니다 (제외)",
            "2줄 제외, " + used + "줄 사용");
  }

  @Test
  void linesThatCannotBeUsedAreReportedAndTheRestIsUsed() throws IOException {
    byte[] notUtf8 = {'{', '"', 'i', 'd', '"', ':', '"', (byte) 0xC0, (byte) 0xAF, '"', '}', '\n'};
    String good = SmallDesk.cases().get(0);
    Path cases = folder.resolve("cases.jsonl");
    Files.write(cases, (good + "\n\n{\"id\":\n[]\n").getBytes(StandardCharsets.UTF_8));
    append(cases, notUtf8);
    append(cases, ("\"" + "x".repeat(1 << 20) + "\"\n").getBytes(StandardCharsets.UTF_8));
    append(cases, (good + "\n").getBytes(StandardCharsets.UTF_8));
    append(
        cases,
        "{\"id\":\"c-9\",\"openedAt\":\"2026-10-05T08:00:00Z\",\"messages\":[]}\n"
            .getBytes(StandardCharsets.UTF_8));
    append(
        cases,
        """
        {"id":"c-10","openedAt":"2026-10-05T08:00:00Z","closedAt":"2026-10-04T08:00:00Z","messages":[{"at":"2026-10-05T08:00:00Z","from":"customer","text":"x"}]}
        """
            .getBytes(StandardCharsets.UTF_8));

    Ran ran = analyze();

    assertThat(ran.code()).isZero();
    assertThat(ran.err())
        .contains(
            "cases.jsonl:2: line is blank",
            "cases.jsonl:3: line is not valid JSON",
            "cases.jsonl:4: line is JSON but not an object",
            "cases.jsonl:5: line is not valid UTF-8",
            "cases.jsonl:6: line is longer than",
            "cases.jsonl:7: case pw-0 was there already",
            "cases.jsonl:8: case c-9 has no messages",
            "cases.jsonl:9: case c-10 closed before it opened",
            "8 lines were left out");
    assertThat(Files.readAllLines(folder.resolve("outcomes.jsonl"))).hasSize(1);
    assertThat(analyze("--strict").code()).isEqualTo(1);
    assertThat(folder.resolve("gaps.json")).exists();
  }

  private static void append(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes, java.nio.file.StandardOpenOption.APPEND);
  }

  @Test
  void onlyTheFirstTwentyBadLinesAreShown() throws IOException {
    Files.writeString(
        folder.resolve("cases.jsonl"), SmallDesk.cases().get(0) + "\n" + "{\n".repeat(30));

    Ran ran = analyze();

    assertThat(ran.errLines()).hasSize(21);
    assertThat(ran.err()).contains("30 lines were left out (the first 20 are shown); 5 used");
  }

  @Test
  void anArticleThatComesAgainReplacesTheEarlierOneAndIsTold() throws IOException {
    Files.writeString(
        folder.resolve("articles.jsonl"),
        SmallDesk.ARTICLES + SmallDesk.ARTICLES.lines().findFirst().orElseThrow());

    Ran ran = analyze();

    assertThat(ran.code()).isZero();
    assertThat(ran.err()).contains("articles.jsonl:5: article kb-1 was there already");
  }

  @Test
  void aResolvedQuestionOfAnUnknownArticleIsLeftOut() throws IOException {
    Files.writeString(
        folder.resolve("history.jsonl"),
        """
        {"text":"cannot log in any more","article":"kb-1"}
        {"text":"where is my parcel","article":"kb-nowhere"}
        """);
    Files.writeString(
        folder.resolve("questions.jsonl"),
        "{\"id\":\"q-1\",\"text\":\"I forgot my password\",\"relevant\":[\"kb-1\"]}\n");

    Ran ran = evaluate();

    assertThat(ran.code()).isZero();
    assertThat(ran.err())
        .contains("history.jsonl:2: there is no article kb-nowhere (left out)")
        .contains("1 line was left out; 6 used");
    assertThat(evaluate("--strict").code()).isEqualTo(1);
  }

  @Test
  void whatAHistoryTaughtIsAsOldAsItWasWhenTheHistoryEnded() throws IOException {
    Files.writeString(
        folder.resolve("questions.jsonl"),
        "{\"id\":\"q-1\",\"text\":\"the frobnicator hums\",\"relevant\":[\"kb-1\"]}\n");

    historyEndsIn("2009-06-01T00:00:00Z");
    evaluate();
    assertThat(folder.resolve("results.jsonl")).content().contains("\"kb-1\"");

    historyEndsIn("2013-06-01T00:00:00Z");
    evaluate();
    assertThat(folder.resolve("results.jsonl")).content().doesNotContain("\"kb-1\"");
  }

  private void historyEndsIn(String time) throws IOException {
    Files.writeString(
        folder.resolve("history.jsonl"),
        """
        {"text":"my frobnicator hums","article":"kb-1","at":"2009-01-01T00:00:00Z"}
        {"text":"where is the invoice","article":"kb-2","at":"%s"}
        """
            .formatted(time));
  }

  @Test
  void anEvaluationShowsWhatOtherFloorsWouldDoAndMarksTheOneInUse() throws IOException {
    Files.writeString(folder.resolve("history.jsonl"), "");
    Files.writeString(
        folder.resolve("questions.jsonl"),
        """
        {"id":"q-1","text":"I forgot my password and want to reset it","relevant":["kb-1"]}
        {"id":"q-2","text":"do you ship giraffes to the moon","relevant":[]}
        """);

    String english = evaluate().out();
    assertThat(english.lines().filter(line -> line.matches("[ >] +0\\.\\d{3} .*%.*%.*")))
        .hasSizeBetween(9, 10)
        .first()
        .asString()
        .startsWith("    0.100")
        .endsWith("0%");
    assertThat(english.lines().filter(line -> line.startsWith(">")))
        .singleElement()
        .asString()
        .endsWith("in use");

    List<String> korean =
        evaluateIn(Voice.KOREAN).out().lines().dropWhile(line -> !line.contains("놓친 질문")).toList();
    assertThat(korean.get(0)).isEqualTo("     하한   잘못된 추천   놓친 질문");
    assertThat(korean).anyMatch(line -> line.startsWith(">") && line.endsWith("사용 중"));
  }

  private Ran evaluate(Object... more) {
    return evaluateIn(Voice.ENGLISH, more);
  }

  private Ran evaluateIn(Voice voice, Object... more) {
    List<Object> args = new ArrayList<>(List.of("evaluate", "--embedder", "none"));
    for (String name : List.of("articles", "history", "questions")) {
      args.addAll(List.of("--" + name, folder.resolve(name + ".jsonl")));
    }
    args.addAll(List.of("--out", folder.resolve("evaluation.json")));
    args.addAll(List.of("--results", folder.resolve("results.jsonl")));
    args.addAll(List.of(more));
    return Ran.command(voice, args.toArray());
  }

  @Test
  void theSameInputGivesTheSameOutput() throws IOException {
    assertThat(analyze().code()).isZero();
    byte[] gaps = Files.readAllBytes(folder.resolve("gaps.json"));
    byte[] outcomes = Files.readAllBytes(folder.resolve("outcomes.jsonl"));

    assertThat(analyze().code()).isZero();

    assertThat(folder.resolve("gaps.json")).hasBinaryContent(gaps);
    assertThat(folder.resolve("outcomes.jsonl")).hasBinaryContent(outcomes);
  }

  @Test
  void theSummaryTellsTheDeskAndItsGaps() {
    Ran ran = analyze();

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .contains("48 cases and 4 articles", "Missing · ", "customers · ", "impact ", "invoice");
    assertThat(ran.out()).contains(" min/week · gap-").doesNotContain(" 1 customers");
    assertThat(analyze("--quiet").out()).isEmpty();
  }

  @Test
  void theSummaryIsToldInKoreanToo() {
    Ran ran =
        Ran.command(
            Voice.KOREAN,
            "analyze",
            "--articles",
            folder.resolve("articles.jsonl"),
            "--cases",
            folder.resolve("cases.jsonl"),
            "--out",
            folder.resolve("gaps.json"),
            "--outcomes",
            folder.resolve("outcomes.jsonl"),
            "--embedder",
            "none");

    assertThat(ran.out()).contains("상담 48건, 문서 4건", "문서 없음 · ", "고객 ");
  }
}
