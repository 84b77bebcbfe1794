package io.gapcanary;

/** What an agent did with an article in a case. */
public enum LinkAction implements WireName {
  /** Gave it to the customer: from now on the case was given the article. */
  LINKED,
  /** Looked at it: says nothing yet. */
  OPENED,
  /**
   * Found it unfit: takes an earlier link back; where there was none, several agents' dismissals
   * lower the article for much the same questions.
   */
  DISMISSED
}
