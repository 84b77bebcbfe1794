package io.gapcanary;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A case whose customer got no answer, or one that turned out wrong, and has not come back. No
 * personal data is kept: the desk that handled the case knows whom to reach.
 *
 * @param caseId the case
 * @param closedAt when it closed
 * @param agentId who served it, or {@code null}
 * @param channel how the customer came, or {@code null}
 * @param articleId what was given and turned out wrong, or {@code null} when nothing was
 */
public record ToTell(
    String caseId,
    Instant closedAt,
    @Nullable String agentId,
    @Nullable String channel,
    @Nullable String articleId) {}
