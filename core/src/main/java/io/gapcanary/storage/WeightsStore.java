package io.gapcanary.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.gapcanary.ImpactWeights;
import io.gapcanary.Weights;
import io.gapcanary.exchange.DeskJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What people decided about the weights of the impact. */
public final class WeightsStore {
  private static final TypeReference<Map<String, Double>> NUMBERS = new TypeReference<>() {};

  private final Handle handle;

  WeightsStore(Handle handle) {
    this.handle = handle;
  }

  /** The weights that hold, where somebody decided. */
  public Optional<ImpactWeights> find() {
    return decisions().stream().findFirst().map(Weights.Decision::weights);
  }

  /** The decisions, the latest first. */
  public List<Weights.Decision> decisions() {
    return handle
        .createQuery("SELECT factors, segments, at, person FROM weights_decision ORDER BY id DESC")
        .map(
            (row, context) ->
                new Weights.Decision(
                    weights(row.getString(1), row.getString(2)),
                    Instant.ofEpochMilli(row.getLong(3)),
                    row.getString(4)))
        .list();
  }

  private static @Nullable ImpactWeights weights(
      @Nullable String factors, @Nullable String segments) {
    return factors == null || segments == null
        ? null
        : new ImpactWeights(numbers(factors), numbers(segments));
  }

  private static Map<String, Double> numbers(String json) {
    try {
      return DeskJson.mapper().readValue(json, NUMBERS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored weights are no JSON", e);
    }
  }

  /** Keeps a decision; without weights the settings' hold again. */
  public void decide(@Nullable ImpactWeights weights, Instant at, String person) {
    handle.execute(
        "INSERT INTO weights_decision (factors, segments, at, person) VALUES (?, ?, ?, ?)",
        weights == null ? null : DeskJson.line(new TreeMap<>(weights.factors())),
        weights == null ? null : DeskJson.line(new TreeMap<>(weights.segments())),
        at.toEpochMilli(),
        person);
  }
}
