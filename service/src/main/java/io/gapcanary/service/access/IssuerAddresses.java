package io.gapcanary.service.access;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an issuer does what: as the settings say, else as its discovery document does, which is
 * asked for when it is first needed. Thread-safe.
 */
final class IssuerAddresses {
  static final int MILLIS = 5_000;
  static final int BYTES = 1 << 20;

  private final AccessSettings.Issuer issuer;
  private volatile @Nullable Map<String, Object> document;

  IssuerAddresses(AccessSettings.Issuer issuer) {
    this.issuer = issuer;
  }

  /** Its key set. */
  URI keys() throws IOException {
    return issuer.keys() == null ? discovered("jwks_uri") : issuer.keys();
  }

  /** Where people sign in. */
  URI authorization() throws IOException {
    AccessSettings.Client client = issuer.client();
    return client == null || client.authorization() == null
        ? discovered("authorization_endpoint")
        : client.authorization();
  }

  /** Where a code is exchanged for tokens. */
  URI token() throws IOException {
    AccessSettings.Client client = issuer.client();
    return client == null || client.token() == null ? discovered("token_endpoint") : client.token();
  }

  private URI discovered(String member) throws IOException {
    try {
      String said = JSONObjectUtils.getString(document(), member);
      if (said == null || !said.matches("https?://.+")) {
        throw new IOException("The discovery document names no " + member);
      }
      return URI.create(said);
    } catch (ParseException | IllegalArgumentException e) {
      throw new IOException("The discovery document cannot be read", e);
    }
  }

  private Map<String, Object> document() throws IOException, ParseException {
    Map<String, Object> known = document;
    if (known == null) {
      known = JSONObjectUtils.parse(retrieved());
      if (!issuer.name().toString().equals(known.get("issuer"))) {
        throw new IOException("The discovery document is of another issuer");
      }
      document = known;
    }
    return known;
  }

  private String retrieved() throws IOException {
    URI address =
        URI.create(
            issuer.name().toString().replaceFirst("/$", "") + "/.well-known/openid-configuration");
    return new DefaultResourceRetriever(MILLIS, MILLIS, BYTES)
        .retrieveResource(address.toURL())
        .getContent();
  }
}
