package io.gapcanary.service.access;

import java.net.URI;

/** An issuer cannot be asked for its keys or addresses, so that nobody can say who is good. */
public final class IssuerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IssuerException(URI issuer, Throwable cause) {
    super("The issuer " + issuer + " cannot be asked now: try again in a moment", cause);
  }
}
