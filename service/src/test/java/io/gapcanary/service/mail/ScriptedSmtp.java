package io.gapcanary.service.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * An SMTP server that says what it is told to say, and remembers what it heard. Its certificate is
 * for 127.0.0.1.
 */
final class ScriptedSmtp implements AutoCloseable {
  private static final String SILENCE = "";
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final ServerSocket server;
  private final SSLContext context;
  private final boolean implicit;
  private final boolean starttls;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private volatile boolean encrypted;

  private ScriptedSmtp(Path folder, boolean implicit, boolean starttls) throws Exception {
    this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    this.context = context(folder);
    this.implicit = implicit;
    this.starttls = starttls;
    Thread.ofVirtual().start(this::accept);
  }

  static ScriptedSmtp plain(Path folder) throws Exception {
    return new ScriptedSmtp(folder, false, false);
  }

  static ScriptedSmtp withStarttls(Path folder) throws Exception {
    return new ScriptedSmtp(folder, false, true);
  }

  static ScriptedSmtp encrypted(Path folder) throws Exception {
    return new ScriptedSmtp(folder, true, false);
  }

  /** Answers a command, by its first word, with this. */
  ScriptedSmtp answering(String command, String answer) {
    answers.put(command, answer);
    return this;
  }

  /** Answers nothing to a command. */
  ScriptedSmtp silentAt(String command) {
    return answering(command, SILENCE);
  }

  int port() {
    return server.getLocalPort();
  }

  /** All lines of all connections. */
  List<String> heard() {
    return heard;
  }

  /** Whether the last line came encrypted. */
  boolean wasEncrypted() {
    return encrypted;
  }

  /** Trusts this server's certificate. */
  SSLSocketFactory trusting() {
    return context.getSocketFactory();
  }

  private static SSLContext context(Path folder) throws Exception {
    Path file = folder.resolve("smtp.p12");
    if (!Files.exists(file)) {
      Process made =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "smtp",
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=smtp",
                  "-ext",
                  "SAN=ip:127.0.0.1",
                  "-keystore",
                  file.toString(),
                  "-storepass",
                  new String(PASSWORD),
                  "-storetype",
                  "PKCS12")
              .redirectErrorStream(true)
              .start();
      String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (made.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    }
    KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD);
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    certificates.setCertificateEntry("smtp", keys.getCertificate("smtp"));
    trusted.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      talk(implicit ? secured(socket, null) : socket);
    } catch (IOException | GeneralSecurityException | UncheckedIOException e) {
      // the client went
    }
  }

  private Socket secured(Socket socket, InputStream read) throws IOException {
    SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, read, true);
    secured.setUseClientMode(false);
    return secured;
  }

  private void talk(Socket socket) throws IOException, GeneralSecurityException {
    OutputStream out = socket.getOutputStream();
    boolean secure = socket instanceof SSLSocket;
    if (!say(out, answers.getOrDefault("CONNECT", secure && starttls ? SILENCE : "220 ready"))
        && !(secure && starttls)) {
      hang();
    }
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      heard.add(line);
      encrypted = secure;
      String command = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
      if (command.equals("STARTTLS") && !answers.containsKey(command)) {
        say(out, "220 go ahead");
        talk(secured(socket, null));
        return;
      }
      if (!say(out, answers.getOrDefault(command, usual(command, secure)))) {
        hang();
      }
      if (command.equals("DATA")) {
        for (String part = in.readLine(); part != null && !part.equals("."); part = in.readLine()) {
          heard.add(part);
        }
        say(out, answers.getOrDefault("MESSAGE", "250 taken"));
      }
      if (command.equals("QUIT")) {
        return;
      }
    }
  }

  private String usual(String command, boolean secure) {
    return switch (command) {
      case "EHLO" ->
          starttls && !secure
              ? "250-here\r\n250-STARTTLS\r\n250 AUTH PLAIN"
              : "250-here\r\n250 AUTH PLAIN";
      case "AUTH" -> "235 welcome";
      case "DATA" -> "354 go on";
      case "QUIT" -> "221 bye";
      default -> "250 OK";
    };
  }

  private static boolean say(OutputStream out, String answer) throws IOException {
    if (!answer.equals(SILENCE)) {
      out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
    return !answer.equals(SILENCE);
  }

  /** Until the server is closed, which interrupts nothing: the client has gone by then. */
  private static void hang() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
