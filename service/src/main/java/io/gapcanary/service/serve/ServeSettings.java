package io.gapcanary.service.serve;

import io.gapcanary.WireName;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.command.Configuration;
import io.gapcanary.service.command.ServiceSetting;
import io.gapcanary.service.http.StreamSettings;
import io.gapcanary.service.mail.MailSettings;
import io.gapcanary.service.text.Voice;
import io.gapcanary.service.webhook.WebhookSettings;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a desk is served.
 *
 * @param host the address to listen on
 * @param port the port, 0 for any free one
 * @param logRequests whether each request is logged
 * @param access how the desk is entered
 * @param streams how server-sent events are sent
 * @param webhooks how webhooks are delivered
 * @param mail how the weekly report is sent by e-mail, or {@code null} when it is not
 * @param corsOrigins the origins whose pages may call the API, each as a browser writes it
 */
public record ServeSettings(
    String host,
    int port,
    boolean logRequests,
    AccessSettings access,
    StreamSettings streams,
    WebhookSettings webhooks,
    @Nullable MailSettings mail,
    Set<String> corsOrigins) {
  /** Takes a copy. */
  public ServeSettings {
    corsOrigins = Set.copyOf(corsOrigins);
  }

  /** For pages of no other origin. */
  public ServeSettings(
      String host,
      int port,
      boolean logRequests,
      AccessSettings access,
      StreamSettings streams,
      WebhookSettings webhooks) {
    this(host, port, logRequests, access, streams, webhooks, null, Set.of());
  }

  /** With the default of everything else. */
  public ServeSettings(String host, int port, boolean logRequests, AccessSettings access) {
    this(host, port, logRequests, access, StreamSettings.DEFAULT, WebhookSettings.DEFAULT);
  }

  /** The same with e-mail. */
  public ServeSettings withMail(MailSettings settings) {
    return new ServeSettings(
        host, port, logRequests, access, streams, webhooks, settings, corsOrigins);
  }

  /** Small letters, no default port and no path: a browser's is compared letter by letter. */
  private static final Pattern ORIGIN =
      Pattern.compile("https?://(?:[a-z0-9.-]+|\\[[0-9a-f:.]+])(?::\\d{1,5})?");

  private static final Pattern MAIL_SERVER =
      Pattern.compile("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+]?");

  /** With the default of everything else. */
  public static ServeSettings at(String host, int port) {
    return new ServeSettings(host, port, false, AccessSettings.DEFAULT);
  }

  /**
   * As it is configured.
   *
   * @throws io.gapcanary.service.command.CommandFailure naming the setting that cannot be read
   */
  public static ServeSettings of(Configuration from) {
    return new ServeSettings(
        from.find(ServiceSetting.HOST).orElse("127.0.0.1"),
        from.whole(ServiceSetting.PORT, 0, 65_535),
        from.flag(ServiceSetting.LOG_REQUESTS),
        new AccessSettings(
            issuer(from),
            from.duration(ServiceSetting.SESSION_LENGTH),
            from.duration(ServiceSetting.SESSION_IDLE),
            from.whole(ServiceSetting.REQUESTS_PER_SECOND, 1, 1_000_000),
            from.duration(ServiceSetting.AUDIT_KEEP),
            address(from, ServiceSetting.PUBLIC_ADDRESS),
            from.whole(ServiceSetting.PROXIES, 0, 10)),
        new StreamSettings(
            from.duration(ServiceSetting.STREAM_INTERVAL),
            from.duration(ServiceSetting.STREAM_HEARTBEAT),
            from.duration(ServiceSetting.STREAM_PATIENCE),
            from.whole(ServiceSetting.STREAMS, 1, 1_000_000),
            from.whole(ServiceSetting.STREAMS_PER_CALLER, 1, 1_000_000)),
        new WebhookSettings(
            from.flag(ServiceSetting.WEBHOOK_PRIVATE),
            from.duration(ServiceSetting.WEBHOOK_TIMEOUT),
            from.whole(ServiceSetting.WEBHOOK_ATTEMPTS, 1, 20)),
        mail(from),
        from.get(ServiceSetting.CORS_ORIGINS, ServeSettings::origins));
  }

  /**
   * How e-mail is sent as it is configured; {@code null} without a server.
   *
   * @throws io.gapcanary.service.command.CommandFailure naming the setting that cannot be used
   */
  public static @Nullable MailSettings mail(Configuration from) {
    if (from.find(ServiceSetting.MAIL_HOST).isEmpty()) {
      refuseWithoutServer(from, ServiceSetting.MAIL_TO);
      refuseWithoutServer(from, ServiceSetting.MAIL_FROM);
      return null;
    }
    String host =
        from.get(
            ServiceSetting.MAIL_HOST,
            text -> {
              if (!MAIL_SERVER.matcher(text).matches()) {
                throw new IllegalArgumentException("is no name of a server");
              }
              return text;
            });
    MailSettings.Tls tls = from.get(ServiceSetting.MAIL_TLS, text -> tls(from, host, text));
    return new MailSettings(
        host,
        from.find(ServiceSetting.MAIL_PORT).isEmpty()
            ? tls.port()
            : from.whole(ServiceSetting.MAIL_PORT, 1, 65_535),
        tls,
        login(from),
        from.get(ServiceSetting.MAIL_FROM, MailSettings::address),
        from.get(ServiceSetting.MAIL_TO, ServeSettings::recipients),
        from.get(ServiceSetting.MAIL_LANGUAGE, ServeSettings::voice),
        from.duration(ServiceSetting.MAIL_TIMEOUT),
        from.whole(ServiceSetting.MAIL_ATTEMPTS, 1, 20));
  }

  private static void refuseWithoutServer(Configuration from, ServiceSetting setting) {
    if (from.find(setting).isPresent()) {
      from.get(
          setting,
          text -> {
            throw new IllegalArgumentException("e-mail needs a server, mailHost");
          });
    }
  }

  private static MailSettings.Tls tls(Configuration from, String host, String text) {
    MailSettings.Tls tls = WireName.parse(MailSettings.Tls.class, "mailTls", text);
    if (tls == MailSettings.Tls.NONE
        && !Loopback.is(host)
        && !from.flag(ServiceSetting.MAIL_UNENCRYPTED)) {
      throw new IllegalArgumentException(
          "would send reports and password in the clear to another computer: choose starttls or implicit, or say"
              + " mailUnencrypted = true");
    }
    return tls;
  }

  private static MailSettings.@Nullable Login login(Configuration from) {
    Optional<String> password =
        from.secret(ServiceSetting.MAIL_PASSWORD, ServiceSetting.MAIL_PASSWORD_FILE);
    if (from.find(ServiceSetting.MAIL_USER).isEmpty()) {
      return null;
    }
    return from.get(
        ServiceSetting.MAIL_USER,
        user ->
            new MailSettings.Login(
                user,
                password.orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "a user needs a password, in mailPassword or mailPasswordFile"))));
  }

  private static List<String> recipients(String text) {
    List<String> recipients =
        Stream.of(text.split(",", -1))
            .filter(part -> !part.isBlank())
            .map(MailSettings::address)
            .distinct()
            .toList();
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("e-mail needs somebody who gets it");
    }
    return recipients;
  }

  private static Voice voice(String text) {
    return Voice.all().stream()
        .filter(voice -> voice.code().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be en or ko"));
  }

  private static Set<String> origins(String text) {
    Set<String> origins = new LinkedHashSet<>();
    for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
      String origin = part.strip();
      if (!ORIGIN.matcher(origin).matches()) {
        throw new IllegalArgumentException(
            "must be origins as a browser writes them, with commas between: https://shop.example.com");
      }
      origins.add(origin);
    }
    return origins;
  }

  private static AccessSettings.@Nullable Issuer issuer(Configuration from) {
    if (address(from, ServiceSetting.ISSUER) == null) {
      refuseClientWithoutIssuer(from);
      return null;
    }
    // As it is written: an issuer whose name ends with a slash writes it so in its tokens.
    URI name = from.get(ServiceSetting.ISSUER, URI::create);
    String audience =
        from.get(
            ServiceSetting.ISSUER_AUDIENCE,
            text -> {
              if (text.isBlank()) {
                throw new IllegalArgumentException(
                    "an issuer needs it, the aud that its tokens for this desk bear");
              }
              return text;
            });
    return new AccessSettings.Issuer(
        name,
        audience,
        address(from, ServiceSetting.ISSUER_KEYS),
        from.find(ServiceSetting.ISSUER_ROLES).orElse("roles"),
        client(from, name));
  }

  private static void refuseClientWithoutIssuer(Configuration from) {
    if (from.find(ServiceSetting.ISSUER_CLIENT).isPresent()) {
      from.get(
          ServiceSetting.ISSUER_CLIENT,
          text -> {
            throw new IllegalArgumentException("needs the issuer that knows this client");
          });
    }
  }

  private static AccessSettings.@Nullable Client client(Configuration from, URI issuer) {
    if (from.find(ServiceSetting.ISSUER_CLIENT).isEmpty()) {
      return null;
    }
    String id =
        from.get(
            ServiceSetting.ISSUER_CLIENT,
            text -> {
              if (from.find(ServiceSetting.PUBLIC_ADDRESS).isEmpty()) {
                throw new IllegalArgumentException(
                    "needs publicAddress, where the issuer sends browsers back to");
              }
              return text;
            });
    return new AccessSettings.Client(
        id,
        from.secret(ServiceSetting.ISSUER_SECRET, ServiceSetting.ISSUER_SECRET_FILE).orElse(null),
        from.get(
            ServiceSetting.ISSUER_SCOPES,
            text -> {
              if (!List.of(text.split("\\s+")).contains("openid")) {
                throw new IllegalArgumentException("must have openid among them");
              }
              return text;
            }),
        from.find(ServiceSetting.ISSUER_LABEL).orElse(String.valueOf(issuer.getHost())),
        address(from, ServiceSetting.ISSUER_AUTHORIZATION),
        address(from, ServiceSetting.ISSUER_TOKEN));
  }

  private static @Nullable URI address(Configuration from, ServiceSetting setting) {
    return from.find(setting).isEmpty()
        ? null
        : from.get(
            setting,
            text -> {
              URI uri = URI.create(text.replaceFirst("/$", ""));
              if (uri.getHost() == null || !uri.getScheme().matches("https?")) {
                throw new IllegalArgumentException(
                    "is no address such as https://desk.example.com");
              }
              return uri;
            });
  }
}
