package io.gapcanary.service.serve;

import io.gapcanary.service.command.CommandFailure;
import java.util.regex.Pattern;

/** The addresses that only this computer reaches. */
final class Loopback {
  private static final Pattern ADDRESS =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]", Pattern.CASE_INSENSITIVE);

  private Loopback() {}

  /**
   * Refuses any other: there is no access control yet.
   *
   * @throws CommandFailure when others would reach it
   */
  static void require(String host) {
    if (!ADDRESS.matcher(host).matches()) {
      throw new CommandFailure(
          "Gapcanary has no access control yet, so --host must be 127.0.0.1, ::1 or localhost and not "
              + host);
    }
  }
}
