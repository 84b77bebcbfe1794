package io.gapcanary.service.operate;

import io.gapcanary.service.ProgramVersion;
import io.gapcanary.service.access.Access;
import io.gapcanary.service.access.People;
import io.gapcanary.service.access.Scope;
import io.gapcanary.service.command.Terminal;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code users}. It works beside a running service. */
@Command(
    name = "users",
    description = "Adds, changes and removes people who sign in; also while the desk is served.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class)
public final class UserCommands {
  private static final String NAME = "what they sign in by";
  private static final String ROLE = "agent, manager or admin";

  private final Terminal terminal;

  /** Speaks on a terminal. */
  public UserCommands(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      description = "Adds a person. The password is typed, or the first line of standard input.",
      mixinStandardHelpOptions = true,
      versionProvider = ProgramVersion.class)
  int add(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--role", required = true, paramLabel = "ROLE", description = ROLE)
          String role,
      @Option(names = "--data", paramLabel = "DIR", description = KeyCommands.DATA)
          @Nullable Path data) {
    return DeskAccess.with(data, terminal, access -> add(access, name, Scope.role(role)));
  }

  private int add(Access access, String name, Scope role) {
    boolean first = !access.required();
    People.Person added = access.people().add(name, role, terminal.password(name));
    DeskAccess.note(access, "users add", added.name());
    say("users.added", added.name(), added.role().wireName());
    if (first) {
      say("users.first");
    }
    return 0;
  }

  private void say(String key, Object... arguments) {
    terminal.out().println(terminal.voice().say(key, arguments));
  }

  @Command(
      description = "Lists the people.",
      mixinStandardHelpOptions = true,
      versionProvider = ProgramVersion.class)
  int list(
      @Option(names = "--data", paramLabel = "DIR", description = KeyCommands.DATA)
          @Nullable Path data) {
    return DeskAccess.with(data, terminal, this::list);
  }

  private int list(Access access) {
    List<People.Person> people = access.people().list();
    if (people.isEmpty()) {
      say("users.none");
      return 0;
    }
    Table table = new Table(terminal.voice().say("users.head"));
    people.forEach(
        person ->
            table.row(person.name(), person.role().wireName(), KeyCommands.at(person.seenAt())));
    table.print(terminal.out());
    return 0;
  }

  @Command(
      description = "Removes a person and signs them out; what they decided stays.",
      mixinStandardHelpOptions = true,
      versionProvider = ProgramVersion.class)
  int remove(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--data", paramLabel = "DIR", description = KeyCommands.DATA)
          @Nullable Path data) {
    return DeskAccess.with(
        data,
        terminal,
        access -> {
          access.people().remove(name);
          DeskAccess.note(access, "users remove", name);
          say("users.removed", name);
          return 0;
        });
  }

  @Command(
      description =
          "Gives a person another password, typed or sent on standard input, and signs them out.",
      mixinStandardHelpOptions = true,
      versionProvider = ProgramVersion.class)
  int password(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--data", paramLabel = "DIR", description = KeyCommands.DATA)
          @Nullable Path data) {
    return DeskAccess.with(
        data,
        terminal,
        access -> {
          access.people().setPassword(name, terminal.password(name));
          DeskAccess.note(access, "users password", name);
          say("users.password", name);
          return 0;
        });
  }

  @Command(
      description = "Gives a person another role, from their next request on.",
      mixinStandardHelpOptions = true,
      versionProvider = ProgramVersion.class)
  int role(
      @Parameters(index = "0", paramLabel = "NAME", description = NAME) String name,
      @Parameters(index = "1", paramLabel = "ROLE", description = ROLE) String role,
      @Option(names = "--data", paramLabel = "DIR", description = KeyCommands.DATA)
          @Nullable Path data) {
    return DeskAccess.with(
        data,
        terminal,
        access -> {
          access.people().setRole(name, Scope.role(role));
          DeskAccess.note(access, "users role " + role, name);
          say("users.role", name, role);
          return 0;
        });
  }
}
