package io.gapcanary.service.access;

import io.gapcanary.DeskException;
import io.gapcanary.storage.AccessStore;
import java.net.URI;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may use a desk. Thread-safe, and safe beside other processes on the same folder: what a
 * command changes holds from the next request on.
 *
 * <p>Nobody needs to be known while no key is good, no person can sign in and no issuer is set.
 * Once somebody had to be, it stays so until the process ends: revoking the last key does not open
 * the desk.
 */
public final class Access implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Access.class);

  /** Where tries to change one's own password are counted: whoever sits at a signed-in browser. */
  private static final String OWN_PASSWORD = "own password of ";

  private final AccessStore store;
  private final AccessSettings settings;
  private final People people;
  private final ApiKeys keys;
  private final SignIns signIns;
  private final CaseTokens caseTokens;
  private final AuditLog audit;
  private final SignInThrottle throttle;
  private final RateLimit rate;
  private final @Nullable IssuedTokens issued;
  private final @Nullable IssuerSignIn issuerSignIn;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private volatile boolean required;

  private Access(
      AccessStore store, AccessSettings settings, Passwords passwords, InstantSource clock) {
    this.store = store;
    this.settings = settings;
    this.people = new People(store, passwords, clock);
    this.keys = new ApiKeys(store, clock);
    this.signIns = new SignIns(store, people, settings, clock);
    this.caseTokens = new CaseTokens(this::findById, clock);
    this.audit = new AuditLog(store, settings.auditKeep(), clock);
    this.throttle = new SignInThrottle(clock);
    this.rate = new RateLimit(settings.requestsPerSecond(), clock);
    AccessSettings.Issuer issuer = settings.issuer();
    IssuerAddresses addresses = issuer == null ? null : new IssuerAddresses(issuer);
    this.issued =
        issuer == null || addresses == null
            ? null
            : new IssuedTokens(issuer, issuer.audience(), addresses, clock);
    this.issuerSignIn =
        issuer == null || addresses == null || issued == null
            ? null
            : issuerSignIn(issuer, addresses, issued, clock);
  }

  private @Nullable IssuerSignIn issuerSignIn(
      AccessSettings.Issuer issuer,
      IssuerAddresses addresses,
      IssuedTokens tokens,
      InstantSource clock) {
    AccessSettings.Client client = issuer.client();
    URI address = settings.publicAddress();
    return client == null || address == null
        ? null
        : new IssuerSignIn(
            issuer,
            client,
            URI.create(address + "/sign-in/issuer/done"),
            addresses,
            tokens,
            people,
            signIns,
            clock);
  }

  /** How people sign in on the pages through the issuer, when they do. */
  public Optional<IssuerSignIn> issuerSignIn() {
    return Optional.ofNullable(issuerSignIn);
  }

  /**
   * Opens the access of the desk in a folder.
   *
   * @throws RuntimeException when what is kept there cannot be read or written
   */
  public static Access open(Path folder, AccessSettings settings, InstantSource clock) {
    return new Access(
        AccessStore.open(folder), settings, new Passwords(Passwords.ITERATIONS), clock);
  }

  /** Whether callers must be known. */
  public boolean required() {
    if (!required) {
      required = issued != null || store.anyone();
    }
    return required;
  }

  /**
   * The caller who sends a secret: a key, a token of the issuer, or a short-lived one.
   *
   * @throws IssuerException when the issuer's keys cannot be had
   */
  public Optional<Caller> find(String secret) {
    if (secret.startsWith("gct_")) {
      return caseTokens.find(secret);
    }
    return issued != null && IssuedTokens.looksLikeOne(secret)
        ? issued.find(secret).map(this::noteSeen)
        : keys.find(secret);
  }

  private Caller noteSeen(Caller caller) {
    if (caller.scope() != Scope.INGEST && seen.add(caller.name() + "\n" + caller.scope())) {
      Optional<People.Person> unused =
          people.seen(caller.name(), caller.scope(), caller.id().substring("issued:".length()));
    }
    return caller;
  }

  /** The caller of a sign-in that a browser keeps. */
  public Optional<Caller> findSignIn(String secret) {
    return signIns.find(secret);
  }

  /** Whether a caller may still go on: their key is not revoked, and they were not removed. */
  public boolean isGood(Caller caller) {
    return findById(caller.id()).isPresent();
  }

  /** One who asked for a short-lived token, while they are good. */
  private Optional<Caller> findById(String id) {
    String[] parts = id.split(":", 2);
    return switch (parts[0]) {
      case "key" -> keys.findById(parts[1]);
      case "person" -> people.find(parts[1]).map(SignIns::caller);
      case "issued" -> Optional.of(new Caller(Caller.Kind.ISSUED, parts[1], Scope.AGENT, id, null));
      case "here" -> required() ? Optional.empty() : Optional.of(Caller.HERE);
      default -> Optional.empty();
    };
  }

  /** How a try to sign in went. */
  public sealed interface SigningIn {
    /** They are signed in, and the browser keeps this. */
    record Done(String secret, Caller caller) implements SigningIn {}

    /** No such name with such a password. */
    record Refused() implements SigningIn {}

    /** Too many tries in vain; the next may be made after this. */
    record Wait(Duration left) implements SigningIn {}
  }

  /**
   * Signs a person in.
   *
   * @param address where they ask from
   */
  public SigningIn signIn(String name, String password, String address) {
    String counted =
        Normalizer.normalize(name, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
    Optional<Duration> left = throttle.wait(counted, address);
    if (left.isPresent()) {
      return new SigningIn.Wait(left.get());
    }
    Optional<People.Person> person = people.find(name, password);
    if (person.isEmpty()) {
      throttle.failed(counted, address);
      return new SigningIn.Refused();
    }
    throttle.succeeded(counted, address);
    return new SigningIn.Done(signIns.begin(person.get()), SignIns.caller(person.get()));
  }

  /**
   * Lets a signed-in person choose another password; their other sign-ins end.
   *
   * @return false when the old one is not theirs, or too many tries were in vain
   * @throws IllegalArgumentException when the new one cannot be one
   */
  public boolean changePassword(String name, String old, String next, String signIn) {
    String browser = OWN_PASSWORD + name;
    if (throttle.wait(name, browser).isPresent() || people.find(name, old).isEmpty()) {
      throttle.failed(name, browser);
      return false;
    }
    people.setPassword(name, next, Secrets.hash(signIn));
    return true;
  }

  /** Takes one request of a caller's; when there are too many, how long to wait. */
  public Optional<Duration> take(Caller caller) {
    return rate.take(caller.id());
  }

  /** Notes that a caller used a route, when it is an act that is kept. */
  public void note(
      Caller caller,
      RouteRules.Rule rule,
      String what,
      @Nullable String subject,
      int status,
      @Nullable String request) {
    if (rule.keeps(caller)) {
      audit.note(caller.name(), what, subject, status, request);
    }
  }

  /** Notes what is worth less than the answer to whoever waits for it. */
  static void tryToNote(Runnable note) {
    try {
      note.run();
    } catch (DeskException e) {
      LOG.warn("When a key or a sign-in was last used could not be noted: {}", e.getMessage());
    }
  }

  /** Those who sign in. */
  public People people() {
    return people;
  }

  /** Programs' keys. */
  public ApiKeys keys() {
    return keys;
  }

  /** People's sign-ins. */
  public SignIns signIns() {
    return signIns;
  }

  /** Short-lived tokens. */
  public CaseTokens caseTokens() {
    return caseTokens;
  }

  /** What was done. */
  public AuditLog audit() {
    return audit;
  }

  /** How the desk is entered. */
  public AccessSettings settings() {
    return settings;
  }

  @Override
  public void close() {
    store.close();
  }
}
