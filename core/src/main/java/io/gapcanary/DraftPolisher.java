package io.gapcanary;

/**
 * Words the resolution of a draft in one piece: a language model, say. Supplied by the embedding
 * program; off unless it is. It sees masked text only, and what it writes stands beside the quoted
 * lines and never in their place.
 */
@FunctionalInterface
public interface DraftPolisher {

  /**
   * Words the resolution.
   *
   * @return Markdown in the draft's language; blank: nothing to say
   * @throws RuntimeException when it cannot; the draft then stays as it is
   */
  String polish(ArticleDraft draft);
}
