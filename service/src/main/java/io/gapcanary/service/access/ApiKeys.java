package io.gapcanary.service.access;

import io.gapcanary.storage.AccessStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keys for programs: {@code gck_}, ten letters that tell which one it is, and a secret.
 * Thread-safe. Only a hash is kept, so that a key is shown once, when it is made.
 */
public final class ApiKeys {
  private static final Pattern FORM = Pattern.compile("gck_([a-z2-9]{10})_[a-z2-9]{52}");
  private static final int ID_LETTERS = 10;
  private static final int SECRET_LETTERS = 52;
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final AccessStore store;
  private final InstantSource clock;

  ApiKeys(AccessStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A key that was just made.
   *
   * @param id its public part
   * @param name what people call it
   * @param scope what it may do
   * @param key the key itself, which nobody can be told again
   */
  public record Made(String id, String name, Scope scope, String key) {}

  /** A key as it is listed. */
  public record Listed(
      String id,
      String name,
      Scope scope,
      Instant createdAt,
      String createdBy,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt) {
    /** Whether it is good. */
    public boolean good() {
      return revokedAt == null;
    }
  }

  /**
   * Makes a key.
   *
   * @throws IllegalArgumentException when the name cannot be one
   */
  public Made create(String name, Scope scope, String by) {
    String called = Names.require("name of a key", name);
    String id = Secrets.letters(ID_LETTERS);
    String key = "gck_" + id + "_" + Secrets.letters(SECRET_LETTERS);
    store.add(
        new AccessStore.Key(
            id, called, scope.wireName(), Secrets.hash(key), clock.instant(), by, null, null));
    return new Made(id, called, scope, key);
  }

  /** All of them, good ones first. */
  public List<Listed> list() {
    return store.listKeys().stream().map(ApiKeys::listed).toList();
  }

  private static Listed listed(AccessStore.Key key) {
    return new Listed(
        key.id(),
        key.name(),
        scope(key),
        key.createdAt(),
        key.createdBy(),
        key.lastUsedAt(),
        key.revokedAt());
  }

  private static Scope scope(AccessStore.Key key) {
    return io.gapcanary.WireName.parse(Scope.class, "scope", key.scope());
  }

  /**
   * Revokes a key; the next request with it is refused.
   *
   * @param id its public part, or the beginning {@code gck_…} of the key
   * @return false when there is no good key of that id
   */
  public boolean revoke(String id) {
    return store.revoke(id.replaceFirst("^gck_", "").replaceFirst("_.*", ""), clock.instant());
  }

  /** The caller who holds a key, when it is good. */
  Optional<Caller> find(String key) {
    Matcher form = FORM.matcher(key);
    if (!form.matches()) {
      return Optional.empty();
    }
    Optional<AccessStore.Key> found =
        store
            .findKey(form.group(1))
            .filter(known -> Secrets.same(known.hash(), Secrets.hash(key)))
            .filter(known -> known.revokedAt() == null);
    found.ifPresent(this::noteUse);
    return found.map(ApiKeys::caller);
  }

  /** The caller of a key's id, when it is good. */
  Optional<Caller> findById(String id) {
    return store.findKey(id).filter(key -> key.revokedAt() == null).map(ApiKeys::caller);
  }

  private static Caller caller(AccessStore.Key key) {
    return new Caller(Caller.Kind.KEY, key.name(), scope(key), "key:" + key.id(), null);
  }

  private void noteUse(AccessStore.Key key) {
    Instant now = clock.instant();
    if (key.lastUsedAt() == null || key.lastUsedAt().plus(NOTED_EVERY).isBefore(now)) {
      Access.tryToNote(() -> store.used(key, now));
    }
  }
}
