package io.gapcanary.service.mail;

import io.gapcanary.WireName;
import io.gapcanary.service.text.Voice;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;

/**
 * Why a message could not be sent.
 *
 * @param kind what an operator can do something about
 * @param status what the server answered, as SMTP numbers it (535); 0 when it did not
 */
public record MailFailure(Kind kind, int status) {
  /** What an operator can do something about. */
  public enum Kind implements WireName {
    /** No server has that name. */
    UNKNOWN_HOST,
    /** Nobody listens there, or the connection broke. */
    REFUSED,
    /** No answer in time. */
    TIMEOUT,
    /** No encrypted connection. */
    TLS,
    /** The user or password is not accepted. */
    AUTHENTICATION,
    /** The sender is not accepted. */
    SENDER,
    /** The recipient is not accepted. */
    RECIPIENT,
    /** Anything else that the server said. */
    OTHER
  }

  /** Whether the server said that the same message will never be taken. */
  boolean isForEver() {
    return status >= 500
        && switch (kind) {
          case SENDER, RECIPIENT, OTHER -> true;
          case UNKNOWN_HOST, REFUSED, TIMEOUT, TLS, AUTHENTICATION -> false;
        };
  }

  /** As it is noted: {@code authentication 535}. */
  String noted() {
    return kind.wireName() + " " + status;
  }

  /** What was noted, when it is one. */
  public static Optional<MailFailure> find(String noted) {
    String[] parts = noted.split(" ", 2);
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.wireName().equals(parts[0]))
        .filter(kind -> parts.length == 2 && parts[1].matches("\\d{1,3}"))
        .findFirst()
        .map(kind -> new MailFailure(kind, Integer.parseInt(parts[1])));
  }

  /** What went wrong and what to do, in a sentence. */
  public String say(Voice voice) {
    String said = voice.say("mail.failure." + kind.wireName());
    return status == 0 ? said : voice.say("mail.failure.answered", said, String.valueOf(status));
  }

  static MailFailure of(MessagingException thrown) {
    Kind kind = Kind.OTHER;
    int status = 0;
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      kind = kind == Kind.OTHER ? kind(e) : kind;
      status = status == 0 ? status(e) : status;
    }
    return new MailFailure(kind, status);
  }

  private static Kind kind(Throwable e) {
    return switch (e) {
      case AuthenticationFailedException refused -> authenticating(refused);
      case SMTPSenderFailedException refused -> Kind.SENDER;
      case SMTPAddressFailedException refused -> Kind.RECIPIENT;
      case MailConnectException vain -> connecting(vain);
      case SocketTimeoutException late -> Kind.TIMEOUT;
      case UnknownHostException unknown -> Kind.UNKNOWN_HOST;
      case SSLException refused -> Kind.TLS;
      case SocketException broken -> Kind.REFUSED;
      case EOFException broken -> Kind.REFUSED;
      default -> String.valueOf(e.getMessage()).contains("STARTTLS") ? Kind.TLS : Kind.OTHER;
    };
  }

  /** Without an answer nothing was refused: the connection broke, or was waited for in vain. */
  private static Kind authenticating(AuthenticationFailedException e) {
    String answer = String.valueOf(e.getMessage());
    if (answer.isBlank()) {
      return Kind.TIMEOUT;
    }
    return answer.equals("[EOF]") ? Kind.REFUSED : Kind.AUTHENTICATION;
  }

  private static Kind connecting(MailConnectException e) {
    Throwable cause = e.getCause();
    Kind kind = cause == null ? Kind.OTHER : kind(cause);
    return kind == Kind.OTHER ? Kind.REFUSED : kind;
  }

  private static int status(Throwable e) {
    return switch (e) {
      case SMTPSenderFailedException refused -> refused.getReturnCode();
      case SMTPAddressFailedException refused -> refused.getReturnCode();
      case SMTPSendFailedException refused -> refused.getReturnCode();
      case AuthenticationFailedException refused -> leading(String.valueOf(refused.getMessage()));
      default -> 0;
    };
  }

  /** {@code 535 5.7.8 Authentication credentials invalid}. */
  private static int leading(String answer) {
    return answer.matches("(?s)[45]\\d\\d\\b.*") ? Integer.parseInt(answer.substring(0, 3)) : 0;
  }
}
