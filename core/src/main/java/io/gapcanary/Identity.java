package io.gapcanary;

/**
 * One way in which a customer is known. Kept only as a keyed hash.
 *
 * @param type {@code phone}, {@code email}, {@code account} or any other word
 * @param value the number, address or name; never stored
 */
public record Identity(String type, String value) {
  /**
   * Checks both parts.
   *
   * @throws IllegalArgumentException when one is blank
   */
  public Identity {
    if (type.isBlank() || value.isBlank()) {
      throw new IllegalArgumentException("An identity needs a type and a value, and one is blank");
    }
  }

  /** Says the type only: a value must not reach a log. */
  @Override
  public String toString() {
    return "Identity[" + type + "]";
  }
}
