package io.gapcanary.storage;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Single values of a desk. */
public final class MetaStore {
  private final Handle handle;

  MetaStore(Handle handle) {
    this.handle = handle;
  }

  /** The time of the latest event. */
  public Optional<Instant> findAsOf() {
    return handle
        .createQuery("SELECT value FROM meta WHERE name = 'asOf'")
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  /** Notes the time of the latest event. */
  public void setAsOf(Instant asOf) {
    handle.execute(
        "INSERT OR REPLACE INTO meta (name, value) VALUES ('asOf', ?)", asOf.toEpochMilli());
  }

  /** The calibrations that were fitted to the desk, by language. */
  public Map<String, String> calibrations() {
    Map<String, String> fits = new TreeMap<>();
    handle
        .createQuery("SELECT name, value FROM meta WHERE name LIKE 'calibration.%'")
        .map(
            (row, context) ->
                Map.entry(
                    row.getString("name").substring("calibration.".length()),
                    row.getString("value")))
        .forEach(entry -> fits.put(entry.getKey(), entry.getValue()));
    return fits;
  }

  /** How many learned wordings call for the next calibration; 0 when there was none. */
  public int calibrateAt() {
    return number("calibrateAt");
  }

  /** How many articles call for the next calibration; 0 when there was none. */
  public int calibrateAtArticles() {
    return number("calibrateAtArticles");
  }

  private int number(String name) {
    return handle
        .createQuery("SELECT value FROM meta WHERE name = ?")
        .bind(0, name)
        .mapTo(Integer.class)
        .findOne()
        .orElse(0);
  }

  /** Whether something was erased that the files still hold. */
  public boolean isScrubDue() {
    return number("scrubDue") > 0;
  }

  /** Notes whether that is so. */
  public void setScrubDue(boolean due) {
    if (due) {
      handle.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('scrubDue', 1)");
    } else {
      handle.execute("DELETE FROM meta WHERE name = 'scrubDue'");
    }
  }

  /** Where the days that cases are counted by begin. */
  public String timeZone() {
    return handle
        .createQuery("SELECT value FROM meta WHERE name = 'timeZone'")
        .mapTo(String.class)
        .findOne()
        .orElse("UTC");
  }

  /** Keeps it. */
  public void setTimeZone(String id) {
    handle.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('timeZone', ?)", id);
  }

  /** Keeps calibrations, and when the next is due. */
  public void setCalibrations(Map<String, String> fits, int calibrateAt, int calibrateAtArticles) {
    handle.execute("DELETE FROM meta WHERE name LIKE 'calibration.%'");
    fits.forEach(
        (language, fit) ->
            handle.execute(
                "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)",
                "calibration." + language,
                fit));
    handle.execute(
        "INSERT OR REPLACE INTO meta (name, value) VALUES ('calibrateAt', ?)", calibrateAt);
    handle.execute(
        "INSERT OR REPLACE INTO meta (name, value) VALUES ('calibrateAtArticles', ?)",
        calibrateAtArticles);
  }
}
