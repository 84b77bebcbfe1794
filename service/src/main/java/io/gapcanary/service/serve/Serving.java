package io.gapcanary.service.serve;

import io.gapcanary.Desk;
import io.gapcanary.DeskSettings;
import io.gapcanary.service.command.CommandFailure;
import io.gapcanary.service.command.DataFolder;
import io.gapcanary.service.command.DeskChoice;
import io.gapcanary.service.command.Progress;
import io.gapcanary.service.command.Terminal;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One run of {@code serve}.
 *
 * @param demo whether it begins with the sample desk
 * @param host the address to listen on
 * @param port the port, 0 for any free one
 * @param choice the desk
 */
public record Serving(boolean demo, String host, int port, DeskChoice choice) {
  private static final int SAMPLE_EVENTS = 0;

  /**
   * Checks what can be checked before anything starts.
   *
   * @throws CommandFailure when others than this computer would reach it, or there is no such port
   */
  public Serving {
    Loopback.require(host);
    if (port < 0 || port > 65_535) {
      throw new CommandFailure("--port must lie between 0 and 65535, not " + port);
    }
  }

  /** A desk that is being served. */
  public static final class Running implements AutoCloseable {
    private final DataFolder folder;
    private final Desk desk;
    private final DeskServer server;
    private final String host;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Running(DataFolder folder, Desk desk, DeskServer server, String host) {
      this.folder = folder;
      this.desk = desk;
      this.server = server;
      this.host = host;
    }

    /** Its address, which ends with a slash. */
    public String address() {
      String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
      return "http://" + name + ":" + server.port() + "/";
    }

    /** The desk itself. */
    public Desk desk() {
      return desk;
    }

    /** Finishes what was accepted, then makes everything durable. Doing it twice is harmless. */
    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        server.close();
        desk.close();
        folder.close();
      }
    }
  }

  /**
   * Starts, and returns when requests are served.
   *
   * @throws CommandFailure when it cannot start
   */
  public Running start(Terminal terminal) {
    DataFolder folder = DataFolder.of(folder());
    try {
      Desk desk = choice.open(folder.path(), settings(), terminal.clock());
      try {
        return new Running(folder, desk, serve(desk, terminal), host);
      } catch (RuntimeException e) {
        desk.close();
        throw e;
      }
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private DeskServer serve(Desk desk, Terminal terminal) {
    DeskServer server = DeskServer.start(desk, demo, host, port, terminal.clock());
    try {
      if (demo) {
        loadSample(desk, terminal);
      }
      server.ready();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static void loadSample(Desk desk, Terminal terminal) {
    try (Progress progress =
        new Progress(terminal, terminal.voice().say("progress.sample"), SAMPLE_EVENTS)) {
      DemoDesk.load(desk, terminal.clock().instant(), progress::reached);
    }
  }

  private java.nio.file.@org.jspecify.annotations.Nullable Path folder() {
    return choice.data() == null && !demo ? Path.of("gapcanary-data") : choice.data();
  }

  /** The sample can be read again: it need not be safe on disk at every step. */
  private DeskSettings settings() {
    DeskSettings settings = choice.deskSettings();
    return demo ? settings.with(b -> b.durability(DeskSettings.Durability.RELAXED)) : settings;
  }

  /**
   * Serves until the process is asked to stop.
   *
   * @return the exit code
   * @throws CommandFailure when it cannot start
   */
  public int run(Terminal terminal) {
    Running running = start(terminal);
    Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
    terminal
        .out()
        .println(
            "Gapcanary is ready at "
                + running.address()
                + "  "
                + terminal.voice().say(demo ? "serve.ready.demo" : "serve.ready"));
    terminal.out().flush();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      running.close();
    }
    return 0;
  }
}
