package io.gapcanary.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Who may use a desk: keys, people and their sign-ins, and what was decided by whom. A SQLite file
 * of its own beside the desk's record, because commands write into it while a desk is being served.
 *
 * <p>Thread-safe, and safe beside other processes: what one writes, all others read next. It knows
 * hashes only, and which of them are good is for its callers to say.
 */
public final class AccessStore implements AutoCloseable {
  /** The name of the file in a desk's folder. */
  public static final String FILE = "access.db";

  private final Handle handle;
  private final ReentrantLock using = new ReentrantLock();

  private AccessStore(Handle handle) {
    this.handle = handle;
  }

  /**
   * A program's key.
   *
   * @param id its public part
   * @param name what people call it
   * @param scope what it may do
   * @param hash of the whole key
   * @param createdBy who made it
   * @param lastUsedAt when it was last used, about; {@code null}: never
   * @param revokedAt when it ceased to be good; {@code null}: it still is
   */
  public record Key(
      String id,
      String name,
      String scope,
      String hash,
      Instant createdAt,
      String createdBy,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt) {}

  /**
   * One who signs in.
   *
   * @param name what they sign in by, alike whatever the case of its letters
   * @param role what they may do
   * @param password its hash, or {@code null} where an issuer vouches for them
   * @param seenAt when they last signed in; {@code null}: never
   * @param subject whom the issuer means by them, or {@code null}
   */
  public record Person(
      String name,
      String role,
      @Nullable String password,
      Instant createdAt,
      @Nullable Instant seenAt,
      @Nullable String subject) {
    /** One for whom no issuer vouches. */
    public Person(
        String name,
        String role,
        @Nullable String password,
        Instant createdAt,
        @Nullable Instant seenAt) {
      this(name, role, password, createdAt, seenAt, null);
    }
  }

  /**
   * A sign-in that lasts.
   *
   * @param hash of what the browser keeps
   * @param usedAt when it was last used, about
   */
  public record SignIn(String hash, String person, Instant at, Instant usedAt) {}

  /**
   * Something that was done.
   *
   * @param id grows with time
   * @param who did it
   * @param what it was
   * @param subject what it was done to, an id, where there is such a thing
   * @param status how it went, as HTTP says it
   * @param request the id of the request, where there was one
   */
  public record Deed(
      long id,
      Instant at,
      String who,
      String what,
      @Nullable String subject,
      int status,
      @Nullable String request) {}

  /**
   * Opens the file in a folder, or begins an empty one, readable by its owner only.
   *
   * @throws RuntimeException when it cannot be read or written, or is no database
   */
  public static AccessStore open(Path folder) {
    Path file = folder.resolve(FILE);
    createPrivate(file);
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(10_000);
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    Flyway.configure(AccessStore.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:io/gapcanary/storage/access")
        .load()
        .migrate();
    return new AccessStore(StorageFailure.discreet(Jdbi.create(source)).open());
  }

  private static void createPrivate(Path file) {
    try {
      if (!Files.exists(file)) {
        PrivateFiles.makeFile(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be made", e);
    }
  }

  private <T> T use(Function<Handle, T> work) {
    using.lock();
    try {
      return work.apply(handle);
    } catch (RuntimeException e) {
      throw StorageFailure.told(e);
    } finally {
      using.unlock();
    }
  }

  private int execute(String sql, @Nullable Object... arguments) {
    return use(open -> open.execute(sql, arguments));
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : at.toEpochMilli();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  /** True when somebody may use the desk: a key is good, or a person can sign in. */
  public boolean anyone() {
    return use(
        open ->
            open.createQuery(
                    "SELECT EXISTS (SELECT 1 FROM api_key WHERE revoked_at IS NULL) OR EXISTS (SELECT 1 FROM person WHERE password IS NOT NULL)")
                .mapTo(Boolean.class)
                .one());
  }

  /** Adds a key. */
  public void add(Key key) {
    execute(
        "INSERT INTO api_key (id, name, scope, hash, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?)",
        key.id(),
        key.name(),
        key.scope(),
        key.hash(),
        key.createdAt().toEpochMilli(),
        key.createdBy());
  }

  /** The key of an id, revoked ones included. */
  public Optional<Key> findKey(String id) {
    return use(
        open ->
            open.createQuery("SELECT * FROM api_key WHERE id = :id")
                .bind("id", id)
                .map(AccessStore::key)
                .findOne());
  }

  /** All keys, good ones first, each of the two the latest first. */
  public List<Key> listKeys() {
    return use(
        open ->
            open.createQuery(
                    "SELECT * FROM api_key ORDER BY revoked_at IS NOT NULL, created_at DESC, id")
                .map(AccessStore::key)
                .list());
  }

  private static Key key(ResultSet row, StatementContext context) throws SQLException {
    return new Key(
        row.getString("id"),
        row.getString("name"),
        row.getString("scope"),
        row.getString("hash"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getString("created_by"),
        instant(row, "last_used_at"),
        instant(row, "revoked_at"));
  }

  /** Notes that a key was used. */
  public void used(Key key, Instant at) {
    execute("UPDATE api_key SET last_used_at = ? WHERE id = ?", at.toEpochMilli(), key.id());
  }

  /**
   * Revokes a key for good.
   *
   * @return false when there is none, or it is revoked already
   */
  public boolean revoke(String id, Instant at) {
    return execute(
            "UPDATE api_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
            at.toEpochMilli(),
            id)
        > 0;
  }

  /**
   * Adds a person.
   *
   * @return false when there is one of that name
   */
  public boolean add(Person person) {
    return execute(
            "INSERT INTO person (name, role, password, created_at, seen_at, subject) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            person.name(),
            person.role(),
            person.password(),
            person.createdAt().toEpochMilli(),
            millis(person.seenAt()),
            person.subject())
        > 0;
  }

  /**
   * Notes whom an issuer means by a person, when nobody else was meant before.
   *
   * @return false when somebody else was
   */
  public boolean claim(String name, String subject) {
    return execute(
            "UPDATE person SET subject = ? WHERE name = ? AND COALESCE(subject, ?) = ?",
            subject,
            name,
            subject,
            subject)
        > 0;
  }

  /** The person of a name. */
  public Optional<Person> findPerson(String name) {
    return use(
        open ->
            open.createQuery("SELECT * FROM person WHERE name = :name")
                .bind("name", name)
                .map(AccessStore::person)
                .findOne());
  }

  /** Everybody, by name. */
  public List<Person> listPeople() {
    return use(
        open ->
            open.createQuery("SELECT * FROM person ORDER BY name").map(AccessStore::person).list());
  }

  private static Person person(ResultSet row, StatementContext context) throws SQLException {
    return new Person(
        row.getString("name"),
        row.getString("role"),
        row.getString("password"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        instant(row, "seen_at"),
        row.getString("subject"));
  }

  /** Gives a person another role. False when there is no such person. */
  public boolean setRole(String name, String role) {
    return execute("UPDATE person SET role = ? WHERE name = ?", role, name) > 0;
  }

  /**
   * Gives a person another password, and ends their sign-ins but for one.
   *
   * @param kept the hash of a sign-in that stays, or {@code null}
   * @return false when there is no such person
   */
  public boolean setPassword(String name, String password, @Nullable String kept) {
    return use(
        open ->
            open.inTransaction(
                within -> {
                  within.execute(
                      "DELETE FROM sign_in WHERE person = ? AND hash <> ?",
                      name,
                      kept == null ? "" : kept);
                  return within.execute(
                          "UPDATE person SET password = ? WHERE name = ?", password, name)
                      > 0;
                }));
  }

  /** Keeps the same password under a stronger hash. */
  public void rehash(String name, String password) {
    execute("UPDATE person SET password = ? WHERE name = ?", password, name);
  }

  /** Removes a person and their sign-ins. False when there is no such person. */
  public boolean removePerson(String name) {
    return execute("DELETE FROM person WHERE name = ?", name) > 0;
  }

  /** Begins a sign-in. */
  public void add(SignIn signIn) {
    use(
        open ->
            open.inTransaction(
                within -> {
                  within.execute(
                      "INSERT INTO sign_in (hash, person, at, used_at) VALUES (?, ?, ?, ?)",
                      signIn.hash(),
                      signIn.person(),
                      signIn.at().toEpochMilli(),
                      signIn.usedAt().toEpochMilli());
                  return within.execute(
                      "UPDATE person SET seen_at = ? WHERE name = ?",
                      signIn.at().toEpochMilli(),
                      signIn.person());
                }));
  }

  /** The sign-in of a hash, however old. */
  public Optional<SignIn> findSignIn(String hash) {
    return use(
        open ->
            open.createQuery("SELECT * FROM sign_in WHERE hash = :hash")
                .bind("hash", hash)
                .map(
                    (row, context) ->
                        new SignIn(
                            row.getString("hash"),
                            row.getString("person"),
                            Instant.ofEpochMilli(row.getLong("at")),
                            Instant.ofEpochMilli(row.getLong("used_at"))))
                .findOne());
  }

  /** Notes that a sign-in was used. */
  public void used(SignIn signIn, Instant at) {
    execute("UPDATE sign_in SET used_at = ? WHERE hash = ?", at.toEpochMilli(), signIn.hash());
  }

  /** Ends a sign-in. */
  public void removeSignIn(String hash) {
    execute("DELETE FROM sign_in WHERE hash = ?", hash);
  }

  /** Ends the sign-ins that began, or were last used, too long ago. */
  public void removeSignIns(Instant begunBefore, Instant usedBefore) {
    execute(
        "DELETE FROM sign_in WHERE at < ? OR used_at < ?",
        begunBefore.toEpochMilli(),
        usedBefore.toEpochMilli());
  }

  /** Notes what was done. */
  public void note(Deed deed) {
    execute(
        "INSERT INTO audit (at, who, what, subject, status, request) VALUES (?, ?, ?, ?, ?, ?)",
        deed.at().toEpochMilli(),
        deed.who(),
        deed.what(),
        deed.subject(),
        deed.status(),
        deed.request());
  }

  /**
   * What was done, the latest first.
   *
   * @param before an id: only what was done before it
   */
  public List<Deed> listDeeds(long before, int limit) {
    return use(
        open ->
            open.createQuery("SELECT * FROM audit WHERE id < :before ORDER BY id DESC LIMIT :limit")
                .bind("before", before)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Deed(
                            row.getLong("id"),
                            Instant.ofEpochMilli(row.getLong("at")),
                            row.getString("who"),
                            row.getString("what"),
                            row.getString("subject"),
                            row.getInt("status"),
                            row.getString("request")))
                .list());
  }

  /** Forgets what was done before a time. */
  public void forgetDeeds(Instant before) {
    execute("DELETE FROM audit WHERE at < ?", before.toEpochMilli());
  }

  @Override
  public void close() {
    use(
        open -> {
          open.close();
          return true;
        });
  }
}
