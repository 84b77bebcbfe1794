package io.gapcanary.kb;

import org.jspecify.annotations.Nullable;

/**
 * What a match may look at.
 *
 * @param learned whether wordings learned from links and history count
 * @param exceptSource leaves out wordings learned from this source (a case is never judged by its
 *     own links), or {@code null}
 */
public record Scope(boolean learned, @Nullable String exceptSource) {
  /** Everything that is known. */
  public static final Scope ALL = new Scope(true, null);

  /** Title, body and tags alone. */
  public static final Scope ARTICLES_ONLY = new Scope(false, null);

  /** Everything but what {@code source} taught. */
  public static Scope except(String source) {
    return new Scope(true, source);
  }
}
