package io.gapcanary.kb;

import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A knowledge base as it would be after a change: the same articles, calibration and floors but for
 * what is supposed. Thread-safe; made by {@link KnowledgeBase#suppose}. What changes in the
 * knowledge base itself later is seen here too.
 */
public final class Supposed {
  private final KnowledgeBase knowledge;
  private final Measuring measuring;
  private final SupposedUnits units;
  private final Map<String, Header> headers;
  private final Map<String, Double> floors;

  Supposed(
      KnowledgeBase knowledge,
      Measuring measuring,
      SupposedUnits units,
      Map<String, Header> headers,
      Map<String, Double> floors) {
    this.knowledge = knowledge;
    this.measuring = measuring;
    this.units = units;
    this.headers = headers;
    this.floors = floors;
  }

  /**
   * Finds which articles would answer.
   *
   * @throws UncheckedIOException when the index cannot be read
   */
  public Matches match(Question question, Scope scope) {
    Measured measured = measuring.measure(question, scope, units, headers);
    return knowledge.judge(question, measured, floors).matches();
  }
}
