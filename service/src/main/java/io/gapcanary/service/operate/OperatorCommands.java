package io.gapcanary.service.operate;

import io.gapcanary.DeskBackup;
import io.gapcanary.service.access.Access;
import io.gapcanary.service.command.Configuration;
import io.gapcanary.service.command.Terminal;
import io.gapcanary.storage.AccessStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the commands {@code audit}, {@code backup}, {@code restore} and {@code config} do. */
public final class OperatorCommands {
  private final Terminal terminal;

  /** Speaks on a terminal. */
  public OperatorCommands(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Prints what was done, the latest first. */
  public int audit(int limit, @Nullable Path data) {
    return DeskAccess.with(data, terminal, access -> audit(access, limit));
  }

  private int audit(Access access, int limit) {
    List<AccessStore.Deed> deeds = access.audit().list(limit);
    if (deeds.isEmpty()) {
      terminal.out().println(terminal.voice().say("audit.none"));
      return 0;
    }
    Table table = new Table(terminal.voice().say("audit.head"));
    deeds.forEach(
        deed ->
            table.row(
                KeyCommands.at(deed.at()),
                deed.who(),
                deed.what(),
                Objects.requireNonNullElse(deed.subject(), "-"),
                String.valueOf(deed.status()),
                Objects.requireNonNullElse(deed.request(), "-")));
    table.print(terminal.out());
    return 0;
  }

  /** Backs up a desk into a file. */
  public int backup(@Nullable Path data, Path to) {
    Path folder = DeskAccess.folder(data);
    DeskBackup.Contents made = DeskBackup.write(folder, to, terminal.clock());
    say("backup.done", folder.toString(), to.toString(), made);
    return 0;
  }

  /** Restores a desk from a file. */
  public int restore(Path from, @Nullable Path data) {
    Path folder = DeskAccess.folder(data);
    say("restore.done", from.toString(), folder.toString(), DeskBackup.restore(from, folder));
    return 0;
  }

  private void say(String key, String one, String other, DeskBackup.Contents contents) {
    terminal
        .out()
        .println(
            terminal
                .voice()
                .say(
                    key,
                    one,
                    other,
                    contents.articles(),
                    contents.cases(),
                    contents.messages(),
                    contents.gaps()));
  }

  /** Prints every setting with where it comes from. */
  public int config(Configuration configuration) {
    Table table = new Table(terminal.voice().say("config.head"));
    configuration
        .all()
        .forEach(
            value ->
                table.row(
                    value.name(),
                    value.text().isEmpty() ? "-" : value.text(),
                    value.from(terminal.voice())));
    table.print(terminal.out());
    if (!configuration.unknownVariables().isEmpty()) {
      terminal
          .err()
          .println(
              terminal
                  .voice()
                  .say("config.unknown", String.join(", ", configuration.unknownVariables())));
    }
    return 0;
  }
}
