package io.gapcanary.service.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapcanary.exchange.Flaw;
import io.gapcanary.kb.Article;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ArticleFilesTest {
  @TempDir private Path folder;
  private final List<Article> articles = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  private void read(String name, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("sent"), content);
    new ArticleFiles(
            new ArticleFiles.Reader() {
              @Override
              public boolean goesOn() {
                return true;
              }

              @Override
              public void read(Article article, String from, int line) {
                articles.add(article);
              }

              @Override
              public void refused(String from, int line, Flaw flaw) {
                refused.add(from + ":" + line + ": " + flaw);
              }
            })
        .read(file, name);
  }

  private void read(String name, String content) throws IOException {
    read(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] zip(Charset names, Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, names)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void markdownTellsItsFieldsInFrontMatter() throws IOException {
    read(
        "kb/reset.md",
        """
        ---
        id: kb-7
        title: "Reset: a password"
        tags: [login, account]
        product: App
        versions: ">=2.0"
        updatedAt: 2026-01-05
        author: nobody
        ---
        # Another heading

        Open **settings**.
        """);
    assertThat(articles)
        .singleElement()
        .satisfies(
            article -> {
              assertThat(article.id()).isEqualTo("kb-7");
              assertThat(article.title()).isEqualTo("Reset: a password");
              assertThat(article.tags()).containsExactlyInAnyOrder("login", "account");
              assertThat(article.applicability().product()).isEqualTo("App");
              assertThat(article.updatedAt()).isEqualTo("2026-01-05T00:00:00Z");
              assertThat(article.body()).isEqualTo("Open **settings**.");
            });
  }

  @Test
  void markdownWithoutFrontMatterIsNamedByItsHeadingAndItsFile() throws IOException {
    read("guides/printer.md", "# The printer is offline #\n\nTurn it on.\n\n## More\n\nWait.");
    assertThat(articles.getFirst().id()).isEqualTo("guides-printer");
    assertThat(articles.getFirst().title()).isEqualTo("The printer is offline");
    assertThat(articles.getFirst().body()).isEqualTo("Turn it on.\n\n## More\n\nWait.");
    read("비밀번호 재설정.md", "설정을 여세요.");
    assertThat(articles.getLast().id()).isEqualTo("비밀번호 재설정");
    assertThat(articles.getLast().title()).isEqualTo("비밀번호 재설정");
  }

  @Test
  void brokenFrontMatterIsRefusedAndNeverRuns() throws IOException {
    read("a.md", "---\ntitle: [unclosed\n---\nText");
    read("b.md", "---\ntitle: !!javax.script.ScriptEngineManager [x]\n---\nText");
    assertThat(refused.getFirst()).isEqualTo("a.md:0: The front matter is not valid YAML");
    assertThat(articles).allSatisfy(article -> assertThat(article.title()).isNotBlank());
  }

  @Test
  void htmlBecomesMarkdownWithoutWhatSurroundsIt() throws IOException {
    read(
        "help/vpn.html",
        """
        <html lang="ko"><head><title>VPN | Help</title><meta name="keywords" content="vpn, 재택">
        <link rel="canonical" href="https://help.example.com/vpn"></head>
        <body><nav>Menu</nav><main><h1>VPN 연결</h1><p>먼저 <b>설정</b>을 여세요.<script>alert(1)</script></p>
        <ol><li>서버 <a href="javascript:alert(2)">주소</a></li><li><code>vpn.example.com</code></li></ol>
        <table><tr><th>OS</th><th>포트</th></tr><tr><td>Windows</td><td>443</td></tr></table>
        <pre>ping
        vpn</pre></main><footer>Imprint</footer></body></html>
        """);
    Article article = articles.getFirst();
    assertThat(article.title()).isEqualTo("VPN 연결");
    assertThat(article.language()).isEqualTo("ko");
    assertThat(article.url()).isEqualTo("https://help.example.com/vpn");
    assertThat(article.tags()).contains("vpn", "재택");
    assertThat(article.body())
        .contains("먼저 **설정**을 여세요.", "1. 서버 주소\n2. `vpn.example.com`", "|Windows|443|", "```\nping")
        .doesNotContain("Menu", "Imprint", "alert", "VPN 연결");
  }

  @Test
  void deeplyNestedHtmlIsReadAllTheSame() throws IOException {
    read(
        "deep.html",
        "<h1>Deep</h1>" + "<div><b>".repeat(5000) + "the answer" + "</b></div>".repeat(5000));
    assertThat(articles.getFirst().body()).contains("the answer");
  }

  @Test
  void csvNamesItsColumnsAndRefusesALineAlone() throws IOException {
    read(
        "list.csv",
        "ID;Title;Body;Tags\nkb-1;Reset;\"Open settings;\nthen reset\";a, b\n;No id;Text;\nkb-3;Third;Text;\n");
    assertThat(articles).extracting(Article::id).containsExactly("kb-1", "kb-3");
    assertThat(articles.getFirst().body()).isEqualTo("Open settings;\nthen reset");
    assertThat(refused).singleElement().asString().startsWith("list.csv:4: ").contains("id");
  }

  @Test
  void aKoreanSpreadsheetsCsvIsRead() throws IOException {
    read("문서.csv", "번호,제목,본문\nkb-1,비밀번호 재설정,설정을 여세요\n".getBytes(Charset.forName("MS949")));
    assertThat(articles.getFirst().title()).isEqualTo("비밀번호 재설정");
    assertThat(refused).isEmpty();
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    read("a.md", new byte[] {1, 0, 2, 0});
    read("b.csv", new byte[] {(byte) 0xff, (byte) 0xff, 'a'});
    assertThat(refused)
        .containsExactly(
            "a.md:0: The file is no text", "b.csv:0: The file is neither UTF-8 nor code page 949");
    assertThatThrownBy(() -> read("a.png", new byte[] {1}))
        .isInstanceOf(UnreadableFileException.class);
  }

  @Test
  void aZipsNamesLeadNowhere() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("../../evil.md", utf8("# Evil\n\nText"));
    files.put("/etc/evil.md", utf8("# Evil\n\nText"));
    files.put("C:\\evil.md", utf8("# Evil\n\nText"));
    files.put("a\\..\\..\\evil.md", utf8("# Evil\n\nText"));
    files.put("kb/good.md", utf8("# Good\n\nText"));
    files.put("kb/picture.png", new byte[] {1, 2});
    files.put("__MACOSX/kb/._good.md", new byte[] {0});
    read("kb.zip", zip(StandardCharsets.UTF_8, files));
    assertThat(articles).extracting(Article::id).containsExactly("kb-good");
    assertThat(refused)
        .hasSize(4)
        .allMatch(told -> told.equals("(zip):0: A file has a name that leads out of its folder"));
    try (Stream<Path> written = Files.walk(folder)) {
      assertThat(written.filter(Files::isRegularFile)).containsExactly(folder.resolve("sent"));
    }
  }

  @Test
  void aZipOfAKoreanSystemKeepsItsNames() throws IOException {
    read(
        "kb.zip",
        zip(Charset.forName("MS949"), Map.of("도움말/요금 안내.md", utf8("# 요금\n\n매달 1일에 냅니다."))));
    assertThat(articles.getFirst().id()).isEqualTo("도움말-요금 안내");
  }

  @Test
  void aBombIsRefusedByWhatItUnpacksTo() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("bomb.md"));
      zeros(zip, 64);
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry("good.md"));
      zip.write(utf8("# Good\n\nText"));
    }
    assertThat(bytes.size()).isLessThan(1 << 20);
    read("bomb.zip", bytes.toByteArray());
    assertThat(refused).containsExactly("bomb.md:0: The file has more than 5 MB");
    assertThat(articles).extracting(Article::id).containsExactly("good");
  }

  @Test
  void manyBombsTogetherEndTheImport() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < 8; i++) {
        zip.putNextEntry(new ZipEntry(i + ".jsonl"));
        zeros(zip, 190);
        zip.closeEntry();
      }
    }
    assertThatThrownBy(() -> read("bomb.zip", bytes.toByteArray()))
        .isInstanceOf(Allowance.UnpacksToTooMuchException.class);
  }

  private static void zeros(OutputStream out, int megabytes) throws IOException {
    byte[] some = new byte[1 << 20];
    for (int i = 0; i < megabytes; i++) {
      out.write(some);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PK\3\4 and nothing more", "PK\5\6"})
  void aDamagedZipIsToldAsOne(String content) {
    assertThatThrownBy(() -> read("kb.zip", content))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage("The zip is damaged");
  }
}
