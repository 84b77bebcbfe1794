package io.gapcanary.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.kb.Article;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {
  private static final String GOOD = "{\"id\":\"a\",\"title\":\"T\",\"body\":\"B\"}";

  private static <T> List<Line<T>> read(LineFormat<T> format, byte[] bytes) throws IOException {
    List<Line<T>> lines = new ArrayList<>();
    JsonLines.read(new ByteArrayInputStream(bytes), format, lines::add);
    return lines;
  }

  private static <T> List<Line<T>> read(LineFormat<T> format, String text) throws IOException {
    return read(format, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String reason(Line<?> line) {
    return ((Line.Rejected<?>) line).flaw().sentence();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|not valid JSON",
        "[]|not an object",
        "nonsense|not valid JSON",
        "` `|blank",
        "{\"title\":\"T\",\"body\":\"B\"}|article has no id",
        "{\"id\":\"a\",\"body\":\"B\"}|article a has no title",
        "{\"id\":\"a\",\"title\":\"T\",\"body\":\" \"}|article a: body is blank",
        "{\"id\":\"a\",\"title\":\"T\"}|article a has no body",
        "{\"id\":\"a\",\"title\":\"T\",\"body\":\"B\",\"tags\":\"x\"}|tags must be a list",
        "{\"id\":\"a\",\"title\":\"T\",\"body\":\"B\",\"confidence\":\"good\"}|is none of wip, not-validated, validated, archived",
        "{\"id\":\"a\",\"title\":\"T\",\"body\":\"B\",\"updatedAt\":\"yesterday\"}|not a time with a zone",
        "{\"id\":\"a\",\"title\":\"T\",\"body\":\"B\",\"versions\":\"new ones\"}|cannot be read",
      })
  void aLineThatCannotBeUsedSaysWhyAndReadingGoesOn(String line, String why) throws IOException {
    List<Line<Article>> lines = read(ArticleFormat.INSTANCE, line + "\n" + GOOD + "\n");
    assertThat(lines).hasSize(2);
    assertThat(reason(lines.getFirst())).contains(why);
    assertThat(lines.getLast()).isInstanceOf(Line.Accepted.class);
    assertThat(lines.getLast().number()).isEqualTo(2);
  }

  @Test
  void aHugeLineIsSkippedWithoutBeingKept() throws IOException {
    String huge = "x".repeat(JsonLines.LONGEST_LINE + 1);
    List<Line<Article>> lines = read(ArticleFormat.INSTANCE, huge + "\n" + GOOD);
    assertThat(reason(lines.getFirst())).contains("longer than");
    assertThat(lines.getLast()).isInstanceOf(Line.Accepted.class);
  }

  @Test
  void anotherEncodingIsNotUtf8() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write("{\"id\":\"한\"}\n".getBytes("EUC-KR"));
    bytes.write(new byte[] {0, 1, (byte) 0xFF, (byte) 0xFE, '\n'});
    bytes.write(GOOD.getBytes(StandardCharsets.UTF_8));
    List<Line<Article>> lines = read(ArticleFormat.INSTANCE, bytes.toByteArray());
    assertThat(reason(lines.get(0))).contains("UTF-8");
    assertThat(reason(lines.get(1))).contains("UTF-8");
    assertThat(lines.get(2)).isInstanceOf(Line.Accepted.class);
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreHarmless() throws IOException {
    List<Line<Article>> lines =
        read(ArticleFormat.INSTANCE, "\uFEFF" + GOOD + "\r\n" + GOOD + "\r\n");
    assertThat(lines).hasSize(2).allMatch(line -> line instanceof Line.Accepted);
  }

  @Test
  void anArticleIsWrittenAsItIsRead() throws IOException {
    String full =
        """
        {"id":"kb-1","title":"T","body":"B","language":"ko","product":"app","versions":">=2 <3","tags":["a"],\
        "url":"https://x.example/1","audience":"internal","confidence":"not-validated",\
        "publishedAt":"2026-01-01T00:00:00Z","validUntil":"2027-01-01T00:00:00Z","updatedAt":"2026-02-01T00:00:00Z"}""";
    Line<Article> line = read(ArticleFormat.INSTANCE, full).getFirst();
    Article article = ((Line.Accepted<Article>) line).value();
    assertThat(ArticleFormat.INSTANCE.write(article).toString()).isEqualTo(full);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"id\":\"c\",\"openedAt\":\"2026-01-01T00:00:00Z\",\"messages\":[]}|case c has no messages",
        "{\"id\":\"c\",\"openedAt\":\"2026-01-01T00:00:00Z\"}|case c has no messages",
        "{\"id\":\"c\",\"messages\":[]}|case c has no openedAt",
        "{\"id\":\"c\",\"openedAt\":\"2026-01-02T00:00:00Z\",\"closedAt\":\"2026-01-01T00:00:00Z\",\"messages\":[{\"at\":\"2026-01-02T00:00:00Z\",\"from\":\"customer\",\"text\":\"x\"}]}|closed before it opened",
        "{\"id\":\"c\",\"openedAt\":\"2026-01-02T00:00:00Z\",\"messages\":[{\"at\":\"2026-01-02T00:00:00Z\",\"from\":\"robot\",\"text\":\"x\"}]}|is none of customer, agent, system",
        "{\"id\":\"c\",\"openedAt\":\"2026-01-02T00:00:00Z\",\"messages\":[{\"from\":\"agent\",\"text\":\"x\"}]}|has no at",
      })
  void aCaseThatCannotBeUsedSaysWhy(String line, String why) throws IOException {
    List<Line<CaseLine>> lines = read(new CaseFormat(id -> true), line);
    assertThat(reason(lines.getFirst())).contains(why);
  }

  @Test
  void twoMessagesOfOneIdMakeALineUnusable() throws IOException {
    String line =
        """
        {"id":"c","openedAt":"2026-01-01T00:00:00Z","messages":[\
        {"id":"m","at":"2026-01-01T00:00:00Z","from":"customer","text":"one"},\
        {"id":"m","at":"2026-01-01T00:01:00Z","from":"customer","text":"two"}]}""";
    assertThat(reason(read(new CaseFormat(id -> true), line).getFirst()))
        .contains("two messages of the id m");
  }

  @Test
  void aFlawTellsItsPartsToo() throws IOException {
    String line =
        """
        {"id":"c-7","openedAt":"2026-01-01T00:00:00Z","messages":[\
        {"at":"2026-01-01T00:00:00Z","from":"customer","text":"one"},\
        {"at":"2026-01-01T00:01:00Z","from":"robot","text":"two"}]}""";
    Line<CaseLine> read = read(new CaseFormat(id -> true), line).getFirst();
    Flaw flaw = ((Line.Rejected<CaseLine>) read).flaw();
    assertThat(flaw.about())
        .containsExactly(
            new Flaw.Part(Flaw.Kind.CASE, "c-7"), new Flaw.Part(Flaw.Kind.MESSAGE, "2"));
    assertThat(flaw.code()).isEqualTo("none-of");
    assertThat(flaw.arguments()).containsExactly("from", "robot", "customer, agent, system");
    assertThat(flaw.sentence())
        .isEqualTo("case c-7, message 2: from \"robot\" is none of customer, agent, system");
  }

  @Test
  void aTimeThatNoDeskHasSeenIsRefused() throws IOException {
    for (String time : List.of("-999999999-01-01T00:00:00Z", "9999-12-31T00:00:00Z")) {
      String line = "{\"id\":\"c\",\"openedAt\":\"" + time + "\",\"messages\":[]}";
      assertThat(reason(read(new CaseFormat(id -> true), line).getFirst()))
          .contains("does not lie between 1970 and 2200");
    }
  }

  @Test
  void aQuestionMustSayWhatIsRelevantEvenIfNothingIs() throws IOException {
    LineFormat<QuestionLine> format = QuestionLine.askedAt(Instant.EPOCH);
    assertThat(reason(read(format, "{\"id\":\"q\",\"text\":\"t\"}").getFirst()))
        .contains("no relevant");
    assertThat(read(format, "{\"id\":\"q\",\"text\":\"t\",\"relevant\":[]}").getFirst())
        .isInstanceOf(Line.Accepted.class);
  }

  @Test
  void ofTwoCasesWithOneIdTheFirstStays() throws IOException {
    String line =
        "{\"id\":\"c\",\"openedAt\":\"2026-01-01T00:00:00Z\",\"messages\":[{\"at\":\"2026-01-01T00:00:00Z\",\"from\":\"customer\",\"text\":\"x\"}]}\n";
    List<Line<CaseLine>> lines = read(new CaseFormat(id -> true), line + line);
    assertThat(lines.getFirst()).isInstanceOf(Line.Accepted.class);
    assertThat(reason(lines.getLast())).contains("case c was there already");
  }

  @Test
  void aLinkToAnUnknownArticleIsLeftOutWithAWarning() throws IOException {
    String line =
        """
        {"id":"c","openedAt":"2026-01-01T00:00:00Z","version":"latest",\
        "messages":[{"at":"2026-01-01T00:00:00Z","from":"customer","text":"x"}],\
        "articles":[{"id":"gone","at":"2026-01-01T00:00:00Z","action":"linked"},\
        {"id":"kb","at":"2026-01-01T00:00:00Z","action":"linked"}]}""";
    Line.Accepted<CaseLine> read =
        (Line.Accepted<CaseLine>) read(new CaseFormat("kb"::equals), line).getFirst();
    assertThat(read.value().links()).extracting(CaseLine.Link::articleId).containsExactly("kb");
    assertThat(read.warnings())
        .anyMatch(warning -> warning.sentence().contains("no article gone"))
        .anyMatch(warning -> warning.sentence().contains("version \"latest\" cannot be read"));
  }
}
