package io.gapcanary.service.mail;

/**
 * What an e-mail says, in two forms of the same content.
 *
 * @param subject one line
 * @param text for programs that show plain text
 * @param html a whole page, which loads nothing from elsewhere
 */
public record Letter(String subject, String text, String html) {
  /**
   * Checks the subject.
   *
   * @throws IllegalArgumentException when it has more than one line, which could add headers
   */
  public Letter {
    if (subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("A subject is one line");
    }
  }
}
