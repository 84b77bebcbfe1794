package io.gapcanary.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a case adds to a gap. */
public record GapMember(
    long gapKey,
    String caseId,
    String customer,
    Instant at,
    String question,
    String spoken,
    double minutes,
    boolean repeat,
    @Nullable String product,
    @Nullable String channel,
    @Nullable String segment) {}
