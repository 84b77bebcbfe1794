package io.gapcanary.kb;

/**
 * How far an article's own text goes over what a question says.
 *
 * @param passage the passage that goes furthest; empty where none has a word of the question
 * @param words the share of the question's words that this passage or the title has, each counting
 *     by how telling it is, in [0, 1]
 * @param meaning the likeness of the passage's meaning as seen from the desk's articles, in [0, 1];
 *     0 without a model
 */
public record Coverage(String passage, double words, double meaning) {
  /** No text at all. */
  static final Coverage NONE = new Coverage("", 0, 0);
}
