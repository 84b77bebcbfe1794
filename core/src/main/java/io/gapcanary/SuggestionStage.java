package io.gapcanary;

/** What suggesting articles consists of, in order. */
public enum SuggestionStage implements WireName {
  /** The case is read, or the text that stands for it. */
  QUESTION,
  /** Articles are found and judged: the search index, and the meaning model where there is one. */
  MATCH,
  /** What goes with them: warnings, and the gap that a silence belongs to. */
  ADVICE
}
