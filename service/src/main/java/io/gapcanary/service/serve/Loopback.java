package io.gapcanary.service.serve;

import java.util.regex.Pattern;

/** The addresses that only this computer reaches. */
final class Loopback {
  private static final Pattern ADDRESS =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]", Pattern.CASE_INSENSITIVE);

  private Loopback() {}

  static boolean is(String host) {
    return ADDRESS.matcher(host).matches();
  }
}
