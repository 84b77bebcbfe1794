package io.gapcanary.service.access;

import io.gapcanary.storage.AccessStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * People's sign-ins. They survive a restart, since only a hash of what the browser keeps is needed,
 * and end by themselves. Thread-safe.
 */
public final class SignIns {
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);
  private static final int LETTERS = 52;

  private final AccessStore store;
  private final People people;
  private final AccessSettings settings;
  private final InstantSource clock;

  SignIns(AccessStore store, People people, AccessSettings settings, InstantSource clock) {
    this.store = store;
    this.people = people;
    this.settings = settings;
    this.clock = clock;
  }

  /** Begins one, and returns what the browser keeps. */
  String begin(People.Person person) {
    Instant now = clock.instant();
    store.removeSignIns(now.minus(settings.sessionLength()), now.minus(settings.sessionIdle()));
    String secret = Secrets.letters(LETTERS);
    store.add(new AccessStore.SignIn(Secrets.hash(secret), person.name(), now, now));
    return secret;
  }

  /** The caller who keeps it, while it lasts. */
  Optional<Caller> find(String secret) {
    Instant now = clock.instant();
    Optional<AccessStore.SignIn> signIn =
        store
            .findSignIn(Secrets.hash(secret))
            .filter(found -> found.at().plus(settings.sessionLength()).isAfter(now))
            .filter(found -> found.usedAt().plus(settings.sessionIdle()).isAfter(now));
    signIn
        .filter(found -> found.usedAt().plus(NOTED_EVERY).isBefore(now))
        .ifPresent(found -> Access.tryToNote(() -> store.used(found, now)));
    return signIn.flatMap(found -> people.find(found.person())).map(SignIns::caller);
  }

  static Caller caller(People.Person person) {
    return new Caller(
        Caller.Kind.PERSON, person.name(), person.role(), "person:" + person.name(), null);
  }

  /** Ends it. */
  public void end(String secret) {
    store.removeSignIn(Secrets.hash(secret));
  }
}
