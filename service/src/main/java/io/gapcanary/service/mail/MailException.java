package io.gapcanary.service.mail;

import io.gapcanary.service.text.Voice;

/** A message could not be sent. */
public final class MailException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient MailFailure failure;

  MailException(MailFailure failure, Throwable cause) {
    super(failure.say(Voice.ENGLISH), cause);
    this.failure = failure;
  }

  /** Why. */
  public MailFailure failure() {
    return failure;
  }
}
