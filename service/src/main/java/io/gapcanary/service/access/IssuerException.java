package io.gapcanary.service.access;

import java.net.URI;

/** An issuer's keys cannot be had, so that nobody can say whether its token is good. */
public final class IssuerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IssuerException(URI issuer, Throwable cause) {
    super("The keys of the issuer " + issuer + " cannot be had now: try again in a moment", cause);
  }
}
