package io.gapcanary.service.serve;

import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.command.Configuration;
import io.gapcanary.service.command.ServiceSetting;
import io.gapcanary.service.http.StreamSettings;
import io.gapcanary.service.webhook.WebhookSettings;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
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
 * @param corsOrigins the origins whose pages may call the API, each as a browser writes it
 */
public record ServeSettings(
    String host,
    int port,
    boolean logRequests,
    AccessSettings access,
    StreamSettings streams,
    WebhookSettings webhooks,
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
    this(host, port, logRequests, access, streams, webhooks, Set.of());
  }

  /** With the default of everything else. */
  public ServeSettings(String host, int port, boolean logRequests, AccessSettings access) {
    this(host, port, logRequests, access, StreamSettings.DEFAULT, WebhookSettings.DEFAULT);
  }

  /** Small letters, no default port and no path: a browser's is compared letter by letter. */
  private static final Pattern ORIGIN =
      Pattern.compile("https?://(?:[a-z0-9.-]+|\\[[0-9a-f:.]+])(?::\\d{1,5})?");

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
        from.get(ServiceSetting.CORS_ORIGINS, ServeSettings::origins));
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
    URI name = address(from, ServiceSetting.ISSUER);
    if (name == null) {
      return null;
    }
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
        from.find(ServiceSetting.ISSUER_ROLES).orElse("roles"));
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
