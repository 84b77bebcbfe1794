package io.gapcanary;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One message of a case.
 *
 * @param id the sender's identifier, which makes sending it again harmless, or {@code null}
 * @param from who wrote it
 * @param text what was written; personal data is masked before it is kept
 * @param at when; {@code null}: now
 */
public record Message(@Nullable String id, Author from, String text, @Nullable Instant at) {
  /** Checks what every user of a message relies on. */
  public Message {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(text, "text");
    if (id != null && id.isBlank()) {
      throw new IllegalArgumentException("A message's id must not be blank: leave it out instead");
    }
  }

  /** A customer's message, now. */
  public static Message customer(String text) {
    return new Message(null, Author.CUSTOMER, text, null);
  }

  /** An agent's message, now. */
  public static Message agent(String text) {
    return new Message(null, Author.AGENT, text, null);
  }

  /** The same message at a time. */
  public Message at(@Nullable Instant time) {
    return new Message(id, from, text, time);
  }

  /** Leaves the text out: it must not reach a log. */
  @Override
  public String toString() {
    return "Message[" + id + ", " + from + ", " + at + "]";
  }
}
