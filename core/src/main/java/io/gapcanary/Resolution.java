package io.gapcanary;

/** How a case ended, in the agent's words. */
public enum Resolution implements WireName {
  SOLVED,
  ESCALATED,
  UNSOLVED
}
