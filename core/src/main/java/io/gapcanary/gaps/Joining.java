package io.gapcanary.gaps;

import io.gapcanary.Gap;
import org.jspecify.annotations.Nullable;

/**
 * Where a case that is open still would count, were it closed now.
 *
 * @param kind the kind of gap
 * @param articleId the article concerned; {@code null} for {@link Gap.Kind#MISSING}
 * @param key the key in the record of the gap, or of the subject held back; {@code null} when the
 *     case would begin one
 */
public record Joining(Gap.Kind kind, @Nullable String articleId, @Nullable Long key) {}
