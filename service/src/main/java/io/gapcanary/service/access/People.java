package io.gapcanary.service.access;

import io.gapcanary.storage.AccessStore;
import java.text.Normalizer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Those who sign in, and may own gaps. Thread-safe. */
public final class People {
  private final AccessStore store;
  private final Passwords passwords;
  private final InstantSource clock;

  People(AccessStore store, Passwords passwords, InstantSource clock) {
    this.store = store;
    this.passwords = passwords;
    this.clock = clock;
  }

  /**
   * A person.
   *
   * @param name what they sign in by
   * @param role what they may do
   * @param issued whether an issuer vouches for them, and no password of this desk
   * @param seenAt when they last signed in; {@code null}: never
   */
  public record Person(String name, Scope role, boolean issued, @Nullable Instant seenAt) {}

  private static Person person(AccessStore.Person row) {
    return new Person(row.name(), Scope.role(row.role()), row.password() == null, row.seenAt());
  }

  /**
   * Adds a person.
   *
   * @throws IllegalArgumentException when the name, the role or the password cannot be one, or the
   *     name is taken
   */
  public Person add(String name, Scope role, String password) {
    String called = Names.require("name", name);
    Scope checked = Scope.role(role.wireName());
    Passwords.requireGood(password, called);
    AccessStore.Person row =
        new AccessStore.Person(
            called, checked.wireName(), passwords.hash(password), clock.instant(), null);
    if (!store.add(row)) {
      throw new IllegalArgumentException(
          "There is a user "
              + called
              + " already: choose another name, or give them another password");
    }
    return person(row);
  }

  /** Everybody, by name. */
  public List<Person> list() {
    return store.listPeople().stream().map(People::person).toList();
  }

  /** The person of a name, whatever the case of its letters. */
  public Optional<Person> find(String name) {
    return row(name).map(People::person);
  }

  private Optional<AccessStore.Person> row(String name) {
    return store.findPerson(Normalizer.normalize(name, Normalizer.Form.NFC).strip());
  }

  /**
   * The person whose name and password these are. Takes as long when there is none.
   *
   * <p>A password that was hashed less strongly than new ones are is hashed anew.
   */
  Optional<Person> find(String name, String password) {
    Optional<AccessStore.Person> known = row(name).filter(row -> row.password() != null);
    if (known.isEmpty()) {
      passwords.fitNobody(password);
      return Optional.empty();
    }
    String hash = String.valueOf(known.get().password());
    if (!passwords.fits(password, hash)) {
      return Optional.empty();
    }
    if (passwords.isWeak(hash)) {
      store.rehash(known.get().name(), passwords.hash(password));
    }
    return known.map(People::person);
  }

  /**
   * Gives a person another password, and ends their sign-ins.
   *
   * @throws IllegalArgumentException when it cannot be one, or there is no such person
   */
  public void setPassword(String name, String password) {
    setPassword(name, password, null);
  }

  void setPassword(String name, String password, @Nullable String keptSignIn) {
    Person person = get(name);
    Passwords.requireGood(password, person.name());
    store.setPassword(person.name(), passwords.hash(password), keptSignIn);
  }

  /**
   * Gives a person another role, from their next request on.
   *
   * @throws IllegalArgumentException when there is no such person
   */
  public void setRole(String name, Scope role) {
    store.setRole(get(name).name(), Scope.role(role.wireName()).wireName());
  }

  /**
   * Removes a person and ends their sign-ins. What they decided stays under their name.
   *
   * @throws IllegalArgumentException when there is no such person
   */
  public void remove(String name) {
    store.removePerson(get(name).name());
  }

  private Person get(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("There is no user " + name.strip()));
  }

  /**
   * Notes one whom an issuer vouches for, so that they may own gaps.
   *
   * @param subject whom the issuer means
   * @return empty when the name is that of somebody else: of one with a password of this desk, or
   *     of another whom the issuer vouches for
   */
  Optional<Person> seen(String name, Scope role, String subject) {
    Instant now = clock.instant();
    store.add(new AccessStore.Person(name, role.wireName(), null, now, now, subject));
    Optional<AccessStore.Person> known = row(name).filter(row -> row.password() == null);
    if (known.isEmpty() || !store.claim(known.get().name(), subject)) {
      return Optional.empty();
    }
    if (!known.get().role().equals(role.wireName())) {
      store.setRole(known.get().name(), role.wireName());
    }
    return row(name).map(People::person);
  }
}
