package io.gapcanary.service.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** The SMTP server that the settings name. Thread-safe; each connection is for one thread. */
public final class Smtp {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final MailSettings settings;
  private final Session session;

  /** Connects to nothing yet. */
  public Smtp(MailSettings settings) {
    this(settings, null);
  }

  /**
   * @param trusting decides which certificates are good; {@code null}: as this Java does
   */
  Smtp(MailSettings settings, @Nullable SSLSocketFactory trusting) {
    this.settings = settings;
    Properties properties = new Properties();
    String millis = String.valueOf(settings.timeout().toMillis());
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.auth", String.valueOf(settings.login() != null));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put(
        "mail.smtp.ssl.enable", String.valueOf(settings.tls() == MailSettings.Tls.IMPLICIT));
    String starttls = String.valueOf(settings.tls() == MailSettings.Tls.STARTTLS);
    properties.put("mail.smtp.starttls.enable", starttls);
    properties.put("mail.smtp.starttls.required", starttls);
    if (trusting != null) {
      properties.put("mail.smtp.ssl.socketFactory", trusting);
    }
    this.session = Session.getInstance(properties);
  }

  /** A connection, signed in where the settings say so. */
  final class Connection implements AutoCloseable {
    private final Transport transport;

    private Connection(Transport transport) {
      this.transport = transport;
    }

    /** Whether another message may be sent by it. */
    boolean isOpen() {
      return transport.isConnected();
    }

    /**
     * Sends a message.
     *
     * @param id tells it from others, and is the same at every attempt
     */
    void send(String id, String recipient, Letter letter, Instant now) throws MailException {
      try {
        Message message = message(id, recipient, letter, now);
        transport.sendMessage(message, message.getAllRecipients());
      } catch (MessagingException e) {
        throw new MailException(MailFailure.of(e), e);
      }
    }

    @Override
    public void close() {
      try {
        transport.close();
      } catch (MessagingException e) {
        // what was sent was acknowledged
      }
    }
  }

  /** Connects. */
  Connection open() throws MailException {
    MailSettings.Login login = settings.login();
    try {
      Transport transport = session.getTransport("smtp");
      transport.connect(
          settings.host(),
          settings.port(),
          login == null ? null : login.user(),
          login == null ? null : login.password());
      return new Connection(transport);
    } catch (MessagingException e) {
      throw new MailException(MailFailure.of(e), e);
    }
  }

  /** Sends a single message by a connection of its own. */
  public void send(String id, String recipient, Letter letter, Instant now) throws MailException {
    try (Connection connection = open()) {
      connection.send(id, recipient, letter, now);
    }
  }

  private MimeMessage message(String id, String recipient, Letter letter, Instant now)
      throws MessagingException {
    InternetAddress from = address(settings.from());
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + "@" + domain(from) + ">");
          }
        };
    message.setFrom(from);
    message.setRecipient(Message.RecipientType.TO, address(recipient));
    message.setSubject(letter.subject(), UTF_8);
    message.setSentDate(Date.from(now));
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader("Content-Language", settings.voice().code());
    MimeBodyPart text = new MimeBodyPart();
    text.setText(letter.text(), UTF_8, "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(letter.html(), UTF_8, "html");
    message.setContent(new MimeMultipart("alternative", text, html));
    message.saveChanges();
    return message;
  }

  /** With a name in any script. */
  private static InternetAddress address(String text) throws MessagingException {
    InternetAddress address = InternetAddress.parse(text, true)[0];
    try {
      address.setPersonal(address.getPersonal(), UTF_8);
    } catch (java.io.UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
    return address;
  }

  private static String domain(InternetAddress from) {
    return from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
  }
}
