package io.gapcanary.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a case adds to a gap.
 *
 * @param returnsTo the earlier case whose customer came back, or was cut off, with this one; or
 *     {@code null}
 */
public record GapMember(
    long gapKey,
    String caseId,
    String customer,
    Instant at,
    String question,
    String spoken,
    double minutes,
    @Nullable String returnsTo,
    boolean repeat,
    @Nullable String product,
    @Nullable String channel,
    @Nullable String segment,
    @Nullable String version) {}
