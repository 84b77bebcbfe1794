package io.gapcanary.service.operate;

import io.gapcanary.WireName;
import io.gapcanary.service.ProgramVersion;
import io.gapcanary.service.access.Access;
import io.gapcanary.service.access.ApiKeys;
import io.gapcanary.service.access.Scope;
import io.gapcanary.service.command.CommandFailure;
import io.gapcanary.service.command.Terminal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code keys}. It works beside a running service. */
@Command(
    name = "keys",
    description = "Makes, lists and revokes keys for programs; also while the desk is served.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class)
public final class KeyCommands {
  static final String DATA = "the folder that holds the desk (gapcanary-data)";

  private final Terminal terminal;

  /** Speaks on a terminal. */
  public KeyCommands(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      description = "Makes a key and shows it, this once.",
      mixinStandardHelpOptions = true,
      versionProvider = ProgramVersion.class)
  int create(
      @Option(
              names = "--scope",
              required = true,
              paramLabel = "SCOPE",
              description = "agent, manager, ingest or admin")
          String scope,
      @Option(
              names = "--name",
              required = true,
              paramLabel = "NAME",
              description = "what people call it: the program that uses it")
          String name,
      @Option(names = "--data", paramLabel = "DIR", description = DATA) @Nullable Path data) {
    return DeskAccess.with(data, terminal, access -> create(access, scope, name));
  }

  private int create(Access access, String scope, String name) {
    boolean first = !access.required();
    ApiKeys.Made made =
        access
            .keys()
            .create(name, WireName.parse(Scope.class, "--scope", scope), DeskAccess.OPERATOR);
    DeskAccess.note(access, "keys create", made.id());
    terminal
        .err()
        .println(
            terminal.voice().say("keys.made", made.name(), made.scope().wireName(), made.id()));
    terminal.out().println(made.key());
    if (first) {
      terminal.err().println(terminal.voice().say("keys.first"));
    }
    return 0;
  }

  @Command(
      description = "Lists the keys; the keys themselves are kept nowhere.",
      mixinStandardHelpOptions = true,
      versionProvider = ProgramVersion.class)
  int list(@Option(names = "--data", paramLabel = "DIR", description = DATA) @Nullable Path data) {
    return DeskAccess.with(data, terminal, this::list);
  }

  private int list(Access access) {
    List<ApiKeys.Listed> keys = access.keys().list();
    if (keys.isEmpty()) {
      terminal.out().println(terminal.voice().say("keys.none"));
      return 0;
    }
    Table table = new Table(terminal.voice().say("keys.head"));
    keys.forEach(
        key ->
            table.row(
                key.id(),
                key.name(),
                key.scope().wireName(),
                at(key.createdAt()),
                at(key.lastUsedAt()),
                at(key.revokedAt())));
    table.print(terminal.out());
    return 0;
  }

  static String at(@Nullable Instant at) {
    return at == null ? "-" : Instant.ofEpochSecond(at.getEpochSecond()).toString();
  }

  @Command(
      description = "Revokes a key for good; the next request with it is refused.",
      mixinStandardHelpOptions = true,
      versionProvider = ProgramVersion.class)
  int revoke(
      @Parameters(paramLabel = "ID", description = "its id, as listed") String id,
      @Option(names = "--data", paramLabel = "DIR", description = DATA) @Nullable Path data) {
    return DeskAccess.with(
        data,
        terminal,
        access -> {
          if (!access.keys().revoke(id)) {
            throw new CommandFailure(terminal.voice().say("keys.unknown", id));
          }
          DeskAccess.note(access, "keys revoke", id);
          terminal.out().println(terminal.voice().say("keys.revoked", id));
          return 0;
        });
  }
}
