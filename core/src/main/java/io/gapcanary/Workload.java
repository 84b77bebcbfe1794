package io.gapcanary;

import java.time.Duration;

/**
 * What a desk has to do still, for operators.
 *
 * @param waitingEvents how many callers wait for their event to happen, 0 on a desk that keeps up
 * @param uncommittedChanges how many changes are in the search index but not yet safe on disk; a
 *     desk that stops without closing brings them again when it opens
 * @param indexAge how long the oldest of them has waited; zero when there is none
 */
public record Workload(int waitingEvents, int uncommittedChanges, Duration indexAge) {}
