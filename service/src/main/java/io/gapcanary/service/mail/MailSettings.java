package io.gapcanary.service.mail;

import io.gapcanary.WireName;
import io.gapcanary.service.text.Voice;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the weekly report is sent by e-mail.
 *
 * @param host the SMTP server's name or address
 * @param port its port
 * @param tls how the connection is encrypted
 * @param login who signs in there, or {@code null} for nobody
 * @param from the sender, a {@link #address}
 * @param recipients who get the report, each an {@link #address} and a message of their own
 * @param voice the language of subject and text
 * @param timeout how long connecting, an answer of the server and sending some bytes may each take
 * @param attempts after so many a message is given up
 */
public record MailSettings(
    String host,
    int port,
    Tls tls,
    @Nullable Login login,
    String from,
    List<String> recipients,
    Voice voice,
    Duration timeout,
    int attempts) {
  /** Takes a copy. */
  public MailSettings {
    recipients = List.copyOf(recipients);
  }

  /** How a connection is encrypted. */
  public enum Tls implements WireName {
    /** By the command STARTTLS, without which nothing is sent. */
    STARTTLS(587),
    /** From the first byte. */
    IMPLICIT(465),
    /** Not at all. */
    NONE(25);

    private final int port;

    Tls(int port) {
      this.port = port;
    }

    /** The usual port. */
    public int port() {
      return port;
    }
  }

  /**
   * Who signs in.
   *
   * @param password shown nowhere
   */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[user=" + user + "]";
    }
  }

  /**
   * An address as {@code mina@example.com} or {@code Mina <mina@example.com>}, checked.
   *
   * @throws IllegalArgumentException when it is none, or has line breaks, which could add headers
   */
  public static String address(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("an address must not have line breaks or control signs");
    }
    try {
      InternetAddress[] read = InternetAddress.parse(text, true);
      if (read.length == 1 && !read[0].isGroup() && read[0].getAddress().contains("@")) {
        read[0].validate();
        return text.strip();
      }
    } catch (AddressException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "is no address such as mina@example.com or Mina <mina@example.com>");
  }
}
