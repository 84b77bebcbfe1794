package io.gapcanary.service.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be set beside a desk's own settings, by the same ways. */
public enum ServiceSetting {
  HOST("127.0.0.1"),
  PORT("7070"),
  DATA("gapcanary-data"),
  EMBEDDER(""),
  PUBLIC_ADDRESS(""),
  PROXIES("0"),
  CORS_ORIGINS(""),
  ISSUER(""),
  ISSUER_AUDIENCE(""),
  ISSUER_KEYS(""),
  ISSUER_ROLES("roles"),
  ISSUER_CLIENT(""),
  ISSUER_SECRET(""),
  ISSUER_SECRET_FILE(""),
  ISSUER_SCOPES("openid profile"),
  ISSUER_LABEL(""),
  ISSUER_AUTHORIZATION(""),
  ISSUER_TOKEN(""),
  REQUESTS_PER_SECOND("100"),
  SESSION_LENGTH("12h"),
  SESSION_IDLE("4h"),
  AUDIT_KEEP("365d"),
  STREAMS("10000"),
  STREAMS_PER_CALLER("2500"),
  STREAM_INTERVAL("PT0.1S"),
  STREAM_HEARTBEAT("15s"),
  STREAM_PATIENCE("10s"),
  WEBHOOK_PRIVATE("false"),
  WEBHOOK_TIMEOUT("10s"),
  WEBHOOK_ATTEMPTS("10"),
  MAIL_HOST(""),
  MAIL_PORT(""),
  MAIL_TLS("starttls"),
  MAIL_UNENCRYPTED("false"),
  MAIL_USER(""),
  MAIL_PASSWORD(""),
  MAIL_PASSWORD_FILE(""),
  MAIL_FROM(""),
  MAIL_TO(""),
  MAIL_LANGUAGE("en"),
  MAIL_TIMEOUT("10s"),
  MAIL_ATTEMPTS("10"),
  LOG_FORMAT("text"),
  LOG_REQUESTS("false");

  private final String absent;

  ServiceSetting(String absent) {
    this.absent = absent;
  }

  /** Its default, as it is written; empty: nothing. */
  public String absent() {
    return absent;
  }

  /** Its name in files: {@code publicAddress}. */
  public String settingName() {
    StringBuilder text = new StringBuilder();
    for (String word : name().toLowerCase(Locale.ROOT).split("_")) {
      text.append(
          text.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return text.toString();
  }

  /** Whether its value is shown nowhere, and is no option of a command, which others can see. */
  public boolean isSecret() {
    return this == MAIL_PASSWORD || this == ISSUER_SECRET;
  }

  static boolean isSecret(String name) {
    return find(name).filter(ServiceSetting::isSecret).isPresent();
  }

  static Optional<ServiceSetting> find(String name) {
    return Arrays.stream(values()).filter(one -> one.settingName().equals(name)).findFirst();
  }
}
