package io.gapcanary.service.operate;

import io.gapcanary.DeskBackup;
import io.gapcanary.service.access.Access;
import io.gapcanary.service.command.CommandFailure;
import io.gapcanary.service.command.Configuration;
import io.gapcanary.service.command.Terminal;
import io.gapcanary.service.mail.Letter;
import io.gapcanary.service.mail.MailException;
import io.gapcanary.service.mail.MailSettings;
import io.gapcanary.service.mail.Smtp;
import io.gapcanary.service.text.Voice;
import io.gapcanary.storage.AccessStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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

  /**
   * Sends a test to those who get the weekly report by e-mail, and tells of each how it went.
   *
   * @param to the only one to send it to, or {@code null}
   * @throws CommandFailure when no e-mail is set up, or one could not be sent
   */
  public int mailTest(@Nullable MailSettings settings, @Nullable String to) {
    if (settings == null) {
      throw new CommandFailure(terminal.voice().say("mail.unset"));
    }
    Voice voice = settings.voice();
    String text = voice.say("mail.test.text");
    Letter letter =
        new Letter(
            voice.say("mail.test.subject"),
            text,
            "<!doctype html><html lang=\""
                + voice.code()
                + "\"><body><p>"
                + text
                + "</p></body></html>");
    Smtp smtp = new Smtp(settings);
    for (String recipient : to == null ? settings.recipients() : List.of(address(to))) {
      try {
        smtp.send("test-" + UUID.randomUUID(), recipient, letter, terminal.clock().instant());
        terminal.out().println(terminal.voice().say("mail.test.sent", recipient));
      } catch (MailException e) {
        throw new CommandFailure(recipient + ": " + e.failure().say(terminal.voice()), e);
      }
    }
    return 0;
  }

  private static String address(String to) {
    try {
      return MailSettings.address(to);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--to " + e.getMessage(), e);
    }
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
