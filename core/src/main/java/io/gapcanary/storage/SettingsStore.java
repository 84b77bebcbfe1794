package io.gapcanary.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.gapcanary.exchange.DeskJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What people decided about settings. */
public final class SettingsStore {
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private final Handle handle;

  SettingsStore(Handle handle) {
    this.handle = handle;
  }

  /**
   * A decision.
   *
   * @param settings everything that was decided by then, texts by name
   * @param at when
   * @param by who
   */
  public record Decision(Map<String, String> settings, Instant at, String by) {
    /** Takes a copy. */
    public Decision {
      settings = Map.copyOf(settings);
    }
  }

  /** The settings that hold because people decided so: texts by name. */
  public Map<String, String> decided() {
    return decisions().stream().findFirst().map(Decision::settings).orElse(Map.of());
  }

  /** The decisions, the latest first. */
  public List<Decision> decisions() {
    return handle
        .createQuery("SELECT settings, at, person FROM settings_decision ORDER BY id DESC")
        .map(
            (row, context) ->
                new Decision(
                    texts(row.getString(1)),
                    Instant.ofEpochMilli(row.getLong(2)),
                    row.getString(3)))
        .list();
  }

  private static Map<String, String> texts(String json) {
    try {
      return DeskJson.mapper().readValue(json, TEXTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored settings are no JSON", e);
    }
  }

  /** Keeps a decision. */
  public void decide(Map<String, String> settings, Instant at, String person) {
    handle.execute(
        "INSERT INTO settings_decision (settings, at, person) VALUES (?, ?, ?)",
        DeskJson.line(new TreeMap<>(settings)),
        at.toEpochMilli(),
        person);
  }
}
