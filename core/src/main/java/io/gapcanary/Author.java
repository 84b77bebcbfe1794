package io.gapcanary;

/** Who wrote a message. */
public enum Author implements WireName {
  CUSTOMER,
  AGENT,
  SYSTEM
}
