package io.gapcanary.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class UnreadBodyTest {
  private static final int HALF = 1000;

  @TempDir Path folder;
  private GuardedDesk guarded;
  private LiveDesk live;

  @BeforeEach
  void open() {
    guarded = GuardedDesk.on(folder);
    live = guarded.live();
  }

  @AfterEach
  void close() {
    guarded.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", URI.create(live.address()).getPort());
    socket.setSoTimeout(200);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String head(String request, int length, String connection) {
    return request
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\nConnection: "
        + connection
        + "\r\n\r\n";
  }

  /** One answer: its head, and as much as its Content-Length says. */
  private static String answer(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        break;
      }
      head.write(b);
    }
    String text = head.toString(StandardCharsets.US_ASCII);
    int length =
        text.lines()
            .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  /** It waits for the rest of the body, so that the answer is not lost in a reset. */
  private static void sendTheRestLate(Socket socket, String head) throws IOException {
    send(socket, head + "x".repeat(HALF));
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    send(socket, "x".repeat(HALF));
    socket.setSoTimeout(10_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /api/v1/cases|401",
        "DELETE /health/live|405",
        "POST /nowhere|404",
        "GET /health/live|200"
      })
  void theAnswerArrivesAndTheConnectionGoesOn(String requestAndStatus) throws IOException {
    String[] parts = requestAndStatus.split("\\|");
    try (Socket socket = connect()) {
      sendTheRestLate(socket, head(parts[0], 2 * HALF, "keep-alive"));
      assertThat(answer(socket)).startsWith("HTTP/1.1 " + parts[1]);
      send(socket, head("GET /health/live", 0, "keep-alive"));
      assertThat(answer(socket)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void theAnswerArrivesOnAConnectionThatCloses() throws IOException {
    try (Socket socket = connect()) {
      sendTheRestLate(socket, head("POST /api/v1/cases", 2 * HALF, "close"));
      assertThat(answer(socket)).startsWith("HTTP/1.1 401").contains("Send a key");
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aBodyThatNeverComesIsNotWaitedForLong() throws IOException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(10_000);
      send(socket, head("POST /api/v1/cases", 2 * HALF, "keep-alive") + "x");
      assertThat(answer(socket)).startsWith("HTTP/1.1 401").contains("Connection: close");
    }
  }

  @Test
  void aLargeBodyIsRefusedAtOnce() throws IOException {
    try (Socket socket = connect()) {
      send(socket, head("POST /api/v1/cases", 10 << 20, "keep-alive"));
      socket.setSoTimeout(10_000);
      assertThat(answer(socket)).startsWith("HTTP/1.1 401").contains("Connection: close");
    }
  }
}
