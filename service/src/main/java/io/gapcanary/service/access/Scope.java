package io.gapcanary.service.access;

import io.gapcanary.WireName;

/** What one may do; which scope may use which route is in {@link RouteRules}. */
public enum Scope implements WireName {
  /** Talks with customers: cases, suggestions, and reads articles and gaps. */
  AGENT,
  /** Mends the knowledge base: gaps, floors, wordings, and all that an agent may. */
  MANAGER,
  /** Brings articles and cases, and reads nothing else. For programs. */
  INGEST,
  /** Everything. */
  ADMIN;

  /**
   * The scope that a person signs in with.
   *
   * @throws IllegalArgumentException when people have no such role
   */
  public static Scope role(String text) {
    Scope scope = WireName.parse(Scope.class, "role", text);
    if (scope == INGEST) {
      throw new IllegalArgumentException(
          "The role ingest is for programs: make a key with it, or choose agent, manager or admin");
    }
    return scope;
  }
}
