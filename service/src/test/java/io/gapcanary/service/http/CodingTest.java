package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.SmallDesk;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compressed bodies and answers, and bodies that come slowly. */
class CodingTest {
  private static LiveDesk live;

  @BeforeAll
  static void start(@TempDir Path folder) {
    live = LiveDesk.on(folder);
    live.post("/api/v1/articles", SmallDesk.ARTICLES);
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  private static byte[] gzip(byte[] text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text);
    }
    return bytes.toByteArray();
  }

  private static LiveDesk.Answer post(String path, byte[] body, String coding) {
    return live.send(
        live.to(path)
            .header("Content-Encoding", coding)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  @Test
  void aCompressedBodyIsRead() throws IOException {
    byte[] lines = SmallDesk.ARTICLES.getBytes(StandardCharsets.UTF_8);
    LiveDesk.Answer answer = post("/api/v1/articles", gzip(lines), "GZIP");
    assertThat(answer.json().get("accepted").asInt()).isEqualTo(4);
    assertThat(post("/api/v1/cases", "{}".getBytes(StandardCharsets.UTF_8), "identity").status())
        .isEqualTo(201);
  }

  @Test
  void theLimitIsThatOfWhatItInflatesTo() throws IOException {
    byte[] bomb = gzip(new byte[Body.JSON_LIMIT + 1]);
    assertThat(bomb.length).isLessThan(2000);
    isProblem(post("/api/v1/cases", bomb, "gzip"), 413);
    isProblem(post("/api/v1/articles", gzip(new byte[Body.LINES_LIMIT + 1]), "gzip"), 413);
  }

  @Test
  void whatIsNotTheGzipThatItSaysIsA400() throws IOException {
    isProblem(post("/api/v1/cases", "{}".getBytes(StandardCharsets.UTF_8), "gzip"), 400);
    byte[] whole = gzip("{\"channel\":\"chat\"}".getBytes(StandardCharsets.UTF_8));
    isProblem(post("/api/v1/cases", java.util.Arrays.copyOf(whole, whole.length - 6), "gzip"), 400);
  }

  @Test
  void anotherCodingIsA415ThatNamesTheOneThereIs() {
    for (String coding : new String[] {"br", "deflate", "gzip, gzip"}) {
      LiveDesk.Answer answer = post("/api/v1/cases", "{}".getBytes(StandardCharsets.UTF_8), coding);
      isProblem(answer, 415);
      assertThat(answer.header("Accept-Encoding")).isEqualTo("gzip");
    }
  }

  @Test
  void answersAreCompressedForThoseWhoTakeIt() throws Exception {
    HttpResponse<byte[]> answer =
        live.client()
            .send(
                live.to("/openapi.yaml").header("Accept-Encoding", "gzip").build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    String text =
        new String(
            new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes(),
            StandardCharsets.UTF_8);
    assertThat(text).isEqualTo(live.get("/openapi.yaml").body());
    assertThat(answer.body().length).isLessThan(text.length() / 3);
  }

  /** As one who holds connections with bodies that never end does: ten bytes and a pause. */
  @Test
  @Tag("slow")
  void aBodyThatComesTooSlowlyIsGivenUp() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", URI.create(live.address()).getPort())) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(
              "POST /api/v1/cases HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      Thread slow =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < 400; i++) {
                        socket.getOutputStream().write(' ');
                        socket.getOutputStream().flush();
                        Thread.sleep(100);
                      }
                    } catch (IOException | InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      StringBuilder answer = new StringBuilder();
      for (int read = socket.getInputStream().read();
          read >= 0 && answer.indexOf("\r\n\r\n") < 0;
          read = socket.getInputStream().read()) {
        answer.append((char) read);
      }
      slow.interrupt();
      assertThat(answer.toString()).startsWith("HTTP/1.1 408");
    }
  }
}
