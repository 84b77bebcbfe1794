package io.gapcanary.service.serve;

import io.gapcanary.Desk;
import io.gapcanary.DeskSettings;
import io.gapcanary.service.access.Access;
import io.gapcanary.service.command.AccessFolder;
import io.gapcanary.service.command.CommandFailure;
import io.gapcanary.service.command.DataFolder;
import io.gapcanary.service.command.DeskChoice;
import io.gapcanary.service.command.Progress;
import io.gapcanary.service.command.Terminal;
import io.gapcanary.service.imports.Imports;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code serve}.
 *
 * @param demo whether it begins with the sample desk
 * @param settings how it is served
 * @param choice the desk
 */
public record Serving(boolean demo, ServeSettings settings, DeskChoice choice) {
  private static final int SAMPLE_EVENTS = 0;

  /** With the default of everything else. */
  public Serving(boolean demo, String host, int port, DeskChoice choice) {
    this(demo, ServeSettings.at(host, port), choice);
  }

  /** A desk that is being served. */
  public static final class Running implements AutoCloseable {
    private final DataFolder folder;
    private final Access access;
    private final Desk desk;
    private final DeskServer server;
    private final String host;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Running(DataFolder folder, Access access, Desk desk, DeskServer server, String host) {
      this.folder = folder;
      this.access = access;
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

    /** Who may use it. */
    public Access access() {
      return access;
    }

    /** Finishes what was accepted, then makes everything durable. Doing it twice is harmless. */
    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        server.close();
        desk.close();
        access.close();
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
    requireSomebody(terminal);
    DataFolder folder = DataFolder.of(folder());
    Access access = null;
    try {
      access = open(folder.path(), terminal);
      Desk desk = choice.open(folder.path(), deskSettings(), terminal.clock());
      try {
        Imports imports = new Imports(desk, folder.path().resolve("imports"), terminal.clock());
        DeskServer server = serve(desk, imports, access, terminal);
        return new Running(folder, access, desk, server, settings.host());
      } catch (RuntimeException e) {
        desk.close();
        throw e;
      }
    } catch (RuntimeException e) {
      if (access != null) {
        access.close();
      }
      folder.close();
      throw e;
    }
  }

  /** Others than this computer are served only where they must be known. Makes nothing. */
  private void requireSomebody(Terminal terminal) {
    Path folder = folder();
    if (isForOthers()
        && settings.access().issuer() == null
        && (folder == null || !AccessFolder.exists(folder))) {
      throw refused(terminal);
    }
  }

  private boolean isForOthers() {
    return !Loopback.is(settings.host());
  }

  private CommandFailure refused(Terminal terminal) {
    Path folder = folder();
    String named = folder == null ? "DIR" : folder.toString();
    return new CommandFailure(terminal.voice().say("serve.refused", settings.host(), named));
  }

  private Access open(Path folder, Terminal terminal) {
    Access access = AccessFolder.open(folder, settings.access(), terminal.clock());
    if (isForOthers() && !access.required()) {
      access.close();
      throw refused(terminal);
    }
    return access;
  }

  private DeskServer serve(Desk desk, Imports imports, Access access, Terminal terminal) {
    DeskServer server = DeskServer.start(desk, imports, access, demo, settings, terminal.clock());
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

  private @Nullable Path folder() {
    return choice.data() == null && !demo ? Path.of("gapcanary-data") : choice.data();
  }

  /** The sample can be read again: it need not be safe on disk at every step. */
  private DeskSettings deskSettings() {
    DeskSettings chosen = choice.deskSettings();
    return demo ? chosen.with(b -> b.durability(DeskSettings.Durability.RELAXED)) : chosen;
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
    tellOfAccess(running, terminal);
    terminal.out().flush();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      running.close();
    }
    return 0;
  }

  private void tellOfAccess(Running running, Terminal terminal) {
    if (!running.access().required()) {
      terminal.out().println(terminal.voice().say("serve.open"));
    } else if (isForOthers() && !settings.access().secure()) {
      terminal.err().println(terminal.voice().say("serve.plain"));
    }
  }
}
