package io.gapcanary.service.operate;

import io.gapcanary.service.access.Access;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.command.AccessFolder;
import io.gapcanary.service.command.CommandFailure;
import io.gapcanary.service.command.Configuration;
import io.gapcanary.service.command.DataFolder;
import io.gapcanary.service.command.ServiceSetting;
import io.gapcanary.service.command.Terminal;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a command does with the access of the desk in a folder. */
final class DeskAccess {
  /** What an operator's deeds on the command line are kept under. */
  static final String OPERATOR = "operator";

  private DeskAccess() {}

  /** The folder that is meant: the option's, else the environment's, else the usual one. */
  static Path folder(@Nullable Path data) {
    return Optional.ofNullable(data)
        .orElseGet(
            () ->
                Path.of(
                    Configuration.of(null, System.getenv(), Map.of())
                        .find(ServiceSetting.DATA)
                        .orElse("gapcanary-data")));
  }

  /**
   * Works on it, whether the desk is being served or not.
   *
   * @throws CommandFailure when something cannot be done, in a sentence
   */
  static int with(@Nullable Path data, Terminal terminal, Function<Access, Integer> work) {
    Path folder = DataFolder.of(folder(data)).path();
    try (Access access = AccessFolder.open(folder, AccessSettings.DEFAULT, terminal.clock())) {
      return work.apply(access);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  static void note(Access access, String what, String subject) {
    access.audit().note(OPERATOR, what, subject, 200, null);
  }
}
