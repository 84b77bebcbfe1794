package io.gapcanary.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.Desk;
import io.gapcanary.DeskSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own. */
@Tag("slow")
class ServeProcessTest {
  @TempDir private Path folder;

  private Process serve() throws Exception {
    return new ProcessBuilder(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.gapcanary.service.Gapcanary",
                "serve",
                "--port",
                "0",
                "--data",
                folder.toString(),
                "--embedder",
                "none"))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void whenAskedToStopItFinishesWhatItAcceptedAndKeepsIt() throws Exception {
    Process process = serve();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      assertThat(line).startsWith("Gapcanary is ready at http://127.0.0.1:");
      URI address = URI.create(line.split(" ")[4]);

      Ran second = Ran.command("serve", "--port", 0, "--data", folder, "--embedder", "none");
      assertThat(second.code()).isEqualTo(1);
      assertThat(second.errLines()).hasSize(1);
      assertThat(second.err()).contains(folder.toString(), "held");

      assertThat(answerToARequestThatIsHalfSentWhenTheProcessIsStopped(address, process))
          .startsWith("HTTP/1.1 201");
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isIn(0, 143);
    } finally {
      process.destroyForcibly();
    }
    try (Desk desk = Desk.open(folder, DeskSettings.DEFAULT, InstantSource.system(), null)) {
      assertThat(desk.assist().find("c-1")).isPresent();
    }
  }

  /** The server says that it will take the body when the request is in hand. */
  private static String answerToARequestThatIsHalfSentWhenTheProcessIsStopped(
      URI address, Process process) throws Exception {
    String body = "{\"id\":\"c-1\"}";
    String head =
        "POST /api/v1/cases HTTP/1.1\r\nHost: "
            + address.getAuthority()
            + "\r\nContent-Length: "
            + body.length()
            + "\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      OutputStream to = socket.getOutputStream();
      to.write(head.getBytes(StandardCharsets.US_ASCII));
      to.flush();
      assertThat(line(socket.getInputStream())).startsWith("HTTP/1.1 100");
      assertThat(line(socket.getInputStream())).isEmpty();
      process.destroy();
      to.write(body.getBytes(StandardCharsets.US_ASCII));
      to.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }
}
