package io.gapcanary;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the impact's factors and the customers' segments count on a desk, and who decided so.
 * Thread-safe; made by {@link Desk#weights}.
 */
public final class Weights {
  private final DeskWork work;

  Weights(DeskWork work) {
    this.work = work;
  }

  /**
   * The weights that hold.
   *
   * @param weights them
   * @param decided true when a person decided; false: the settings
   * @param settings what the settings say
   * @param version grows with every decision
   * @param decisions all of them, the latest first
   */
  public record InUse(
      ImpactWeights weights,
      boolean decided,
      ImpactWeights settings,
      long version,
      List<Decision> decisions) {
    /** Takes a copy. */
    public InUse {
      decisions = List.copyOf(decisions);
    }
  }

  /**
   * What somebody decided.
   *
   * @param weights from then on; {@code null}: the settings' again
   * @param at when
   * @param by who
   */
  public record Decision(@Nullable ImpactWeights weights, Instant at, String by) {}

  /** The weights that hold now. */
  public InUse get() {
    ImpactWeights settings = work.settings().weights();
    List<Decision> decisions = work.read(session -> session.weights().decisions());
    ImpactWeights decided = decisions.isEmpty() ? null : decisions.getFirst().weights();
    return new InUse(
        decided == null ? settings : decided,
        decided != null,
        settings,
        decisions.size(),
        decisions);
  }

  /**
   * Decides; impacts are told by it at once.
   *
   * @param expectedVersion the {@link InUse#version} that the decision was based on
   * @param weights from now on; {@code null}: the settings' again
   * @param by who says so; blank: {@code manager}
   * @throws StaleException when somebody has decided since
   */
  public InUse decide(long expectedVersion, @Nullable ImpactWeights weights, String by) {
    work.change(
        session -> {
          int version = session.weights().decisions().size();
          if (version != expectedVersion) {
            throw new StaleException(
                "The weights have changed: they are at version "
                    + version
                    + ", not "
                    + expectedVersion);
          }
          session.weights().decide(weights, work.clockNow(), by.isBlank() ? "manager" : by.strip());
          return version;
        });
    return get();
  }
}
