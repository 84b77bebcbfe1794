package io.gapcanary.service.access;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs people in on the pages through the issuer: OpenID Connect's authorization code flow with
 * PKCE (RFC 7636), state and nonce. Thread-safe.
 *
 * <p>What the answer must fit is kept by the browser, encrypted with a key that ends with the
 * process, so that nobody fills this desk's memory by beginning and never coming back. Each
 * beginning is good for one answer.
 */
public final class IssuerSignIn {
  private static final Logger LOG = LoggerFactory.getLogger(IssuerSignIn.class);

  /** How long one may take at the issuer. */
  public static final Duration LIFE = Duration.ofMinutes(10);

  private static final int REMEMBERED = 20_000;

  /** A longer address would not fit into the cookie. */
  private static final int LONGEST_WAY = 1000;

  private final AccessSettings.Issuer issuer;
  private final AccessSettings.Client client;
  private final URI here;
  private final IssuerAddresses addresses;
  private final IssuedTokens idTokens;
  private final IssuedTokens accessTokens;
  private final People people;
  private final SignIns signIns;
  private final InstantSource clock;
  private final byte[] key = Secrets.bytes(32);
  private final Map<String, Instant> answered =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param here where the issuer sends browsers back to
   * @param accessTokens knows those of programs, which say the role where an ID token does not
   */
  IssuerSignIn(
      AccessSettings.Issuer issuer,
      AccessSettings.Client client,
      URI here,
      IssuerAddresses addresses,
      IssuedTokens accessTokens,
      People people,
      SignIns signIns,
      InstantSource clock) {
    this.issuer = issuer;
    this.client = client;
    this.here = here;
    this.addresses = addresses;
    this.idTokens = new IssuedTokens(issuer, client.id(), addresses, clock);
    this.accessTokens = accessTokens;
    this.people = people;
    this.signIns = signIns;
    this.clock = clock;
  }

  /** What people call the issuer. */
  public String label() {
    return client.label();
  }

  /**
   * A sign-in that begins.
   *
   * @param address where the browser goes
   * @param kept what it keeps until it comes back
   */
  public record Begun(URI address, String kept) {}

  /** How it ended. */
  public sealed interface Ended {
    /** They are signed in. The browser keeps the secret and goes on to an address of this desk. */
    record Done(String secret, Caller caller, String to) implements Ended {}

    /** They are not. */
    record Refused(Why why) implements Ended {}
  }

  /** Why one is not signed in. */
  public enum Why {
    /** It was not begun in this browser, too long ago, or answered before. */
    EXPIRED,
    /** They, or the issuer, said no. */
    DENIED,
    /** The issuer cannot be reached, or does not do what it should. */
    UNAVAILABLE,
    /** What it said does not hold. */
    INVALID,
    /** They have no role here. */
    NO_ROLE,
    /** Somebody else of that name signs in here. */
    NAME_TAKEN
  }

  private record Kept(String state, String nonce, String verifier, String to, Instant until) {}

  /**
   * Begins one.
   *
   * @param to where to go then, an address of this desk
   * @throws IssuerException when the issuer does not say where people sign in
   */
  public Begun begin(String to) {
    State state = new State();
    Nonce nonce = new Nonce();
    CodeVerifier verifier = new CodeVerifier();
    try {
      URI address =
          new AuthenticationRequest.Builder(
                  ResponseType.CODE,
                  com.nimbusds.oauth2.sdk.Scope.parse(client.scopes()),
                  new ClientID(client.id()),
                  here)
              .endpointURI(addresses.authorization())
              .state(state)
              .nonce(nonce)
              .codeChallenge(verifier, CodeChallengeMethod.S256)
              .build()
              .toURI();
      Instant until = clock.instant().plus(LIFE);
      String way = to.length() > LONGEST_WAY ? "/" : to;
      return new Begun(
          address,
          sealed(new Kept(state.getValue(), nonce.getValue(), verifier.getValue(), way, until)));
    } catch (IOException e) {
      throw new IssuerException(issuer.name(), e);
    }
  }

  private String sealed(Kept kept) {
    JWEObject object =
        new JWEObject(
            new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM),
            new Payload(
                Map.<String, Object>of(
                    "state", kept.state(),
                    "nonce", kept.nonce(),
                    "verifier", kept.verifier(),
                    "to", kept.to(),
                    "until", kept.until().toString())));
    try {
      object.encrypt(new DirectEncrypter(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return object.serialize();
  }

  private Optional<Kept> opened(String kept) {
    try {
      JWEObject object = JWEObject.parse(kept);
      object.decrypt(new DirectDecrypter(key));
      Map<String, Object> said = object.getPayload().toJSONObject();
      return Optional.of(
          new Kept(
              String.valueOf(said.get("state")),
              String.valueOf(said.get("nonce")),
              String.valueOf(said.get("verifier")),
              String.valueOf(said.get("to")),
              Instant.parse(String.valueOf(said.get("until")))));
    } catch (java.text.ParseException | JOSEException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  /**
   * Ends one with what the issuer had the browser ask for.
   *
   * @param said the parameters of the address
   * @param kept what the browser kept, or an empty text
   */
  public Ended end(Map<String, List<String>> said, String kept) {
    try {
      return signedIn(said, kept);
    } catch (RefusedException e) {
      LOG.info("A sign-in through the issuer was refused: {}", e.getMessage());
      return new Ended.Refused(e.why);
    } catch (IssuerException e) {
      LOG.warn("{}", e.getMessage());
      return new Ended.Refused(Why.UNAVAILABLE);
    }
  }

  private Ended.Done signedIn(Map<String, List<String>> said, String cookie)
      throws RefusedException {
    Kept kept =
        opened(cookie)
            .filter(found -> clock.instant().isBefore(found.until()))
            .orElseThrow(() -> new RefusedException(Why.EXPIRED, "it was not begun, or long ago"));
    AuthorizationCode code = code(said, kept);
    OIDCTokens tokens = tokens(code, kept);
    JWTClaimsSet claims = claims(tokens, kept);
    Caller vouched = role(claims, tokens);
    People.Person person =
        people
            .seen(vouched.name(), vouched.scope(), claims.getSubject())
            .orElseThrow(
                () -> new RefusedException(Why.NAME_TAKEN, "another of that name signs in here"));
    return new Ended.Done(signIns.begin(person), SignIns.caller(person), kept.to());
  }

  private AuthorizationCode code(Map<String, List<String>> said, Kept kept)
      throws RefusedException {
    AuthenticationResponse response;
    try {
      response = AuthenticationResponseParser.parse(here, said);
    } catch (ParseException e) {
      throw new RefusedException(Why.INVALID, "the answer cannot be read");
    }
    State state = response.getState();
    if (state == null
        || !Secrets.same(state.getValue(), kept.state())
        || !isFirstAnswer(kept.state())) {
      throw new RefusedException(Why.EXPIRED, "its state is of another, or was answered before");
    }
    if (response.getIssuer() != null
        && !response.getIssuer().getValue().equals(issuer.name().toString())) {
      throw new RefusedException(Why.INVALID, "the answer is of another issuer");
    }
    if (!response.indicatesSuccess()) {
      String error = String.valueOf(response.toErrorResponse().getErrorObject().getCode());
      throw new RefusedException(
          List.of("server_error", "temporarily_unavailable").contains(error)
              ? Why.UNAVAILABLE
              : Why.DENIED,
          "the issuer said " + (error.matches("[a-z_]{1,40}") ? error : "no"));
    }
    AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
    if (code == null) {
      throw new RefusedException(Why.INVALID, "the answer has no code");
    }
    return code;
  }

  private boolean isFirstAnswer(String state) {
    synchronized (answered) {
      return answered.putIfAbsent(state, clock.instant()) == null;
    }
  }

  private OIDCTokens tokens(AuthorizationCode code, Kept kept) throws RefusedException {
    try {
      AuthorizationCodeGrant grant =
          new AuthorizationCodeGrant(code, here, new CodeVerifier(kept.verifier()));
      ClientID id = new ClientID(client.id());
      URI endpoint = addresses.token();
      String secret = client.secret();
      HTTPRequest request =
          (secret == null
                  ? new TokenRequest.Builder(endpoint, id, grant)
                  : new TokenRequest.Builder(
                      endpoint, new ClientSecretBasic(id, new Secret(secret)), grant))
              .build()
              .toHTTPRequest();
      request.setConnectTimeout(IssuerAddresses.MILLIS);
      request.setReadTimeout(IssuerAddresses.MILLIS);
      request.setFollowRedirects(false);
      TokenResponse response = OIDCTokenResponseParser.parse(request.send());
      if (response instanceof OIDCTokenResponse good && good.getOIDCTokens().getIDToken() != null) {
        return good.getOIDCTokens();
      }
      boolean spent =
          !response.indicatesSuccess()
              && OAuth2Error.INVALID_GRANT.equals(response.toErrorResponse().getErrorObject());
      throw new RefusedException(
          spent ? Why.EXPIRED : Why.UNAVAILABLE,
          spent ? "the issuer does not know the code" : "the issuer gave no tokens");
    } catch (IOException e) {
      throw new IssuerException(issuer.name(), e);
    } catch (ParseException e) {
      throw new RefusedException(Why.UNAVAILABLE, "the issuer's tokens cannot be read");
    }
  }

  private JWTClaimsSet claims(OIDCTokens tokens, Kept kept) throws RefusedException {
    JWTClaimsSet claims =
        idTokens
            .claims(tokens.getIDTokenString())
            .orElseThrow(() -> new RefusedException(Why.INVALID, "the ID token is not good"));
    Object party = claims.getClaim("azp");
    boolean forUs = party == null ? claims.getAudience().size() == 1 : client.id().equals(party);
    if (!forUs || !Secrets.same(String.valueOf(claims.getClaim("nonce")), kept.nonce())) {
      throw new RefusedException(Why.INVALID, "the ID token is of another sign-in");
    }
    return claims;
  }

  /** By the ID token, else by an access token of the same person that is for this desk. */
  private Caller role(JWTClaimsSet claims, OIDCTokens tokens) throws RefusedException {
    String access = tokens.getAccessToken().getValue();
    return idTokens
        .caller(claims)
        .or(
            () ->
                Optional.of(access)
                    .filter(IssuedTokens::looksLikeOne)
                    .flatMap(accessTokens::claims)
                    .filter(more -> claims.getSubject().equals(more.getSubject()))
                    .flatMap(idTokens::caller))
        .filter(caller -> caller.scope() != Scope.INGEST)
        .orElseThrow(() -> new RefusedException(Why.NO_ROLE, "they have no role here"));
  }

  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Why why;

    RefusedException(Why why, String detail) {
      super(detail);
      this.why = why;
    }
  }
}
