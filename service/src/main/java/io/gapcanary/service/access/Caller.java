package io.gapcanary.service.access;

import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param kind how they are known
 * @param name what they are called in histories
 * @param scope what they may do
 * @param id tells them from all others
 * @param caseId the only case that they may reach, or {@code null} for all
 */
public record Caller(Kind kind, String name, Scope scope, String id, @Nullable String caseId) {

  /** How a caller is known. */
  public enum Kind {
    /** Nobody signs in: whoever sits at this computer. */
    THIS_COMPUTER,
    /** A person who signed in on a page. */
    PERSON,
    /** A program with a key. */
    KEY,
    /** One whom an issuer vouches for. */
    ISSUED,
    /** One who holds a short-lived token for a case. */
    CASE_TOKEN,
    /** One who holds a short-lived token for the board of gaps. */
    BOARD_TOKEN
  }

  /** Whoever sits at this computer, while nobody needs to sign in. */
  public static final Caller HERE =
      new Caller(Kind.THIS_COMPUTER, "this computer", Scope.ADMIN, "here", null);

  /** True for people, as far as one can know. */
  public boolean isPerson() {
    return kind == Kind.PERSON || kind == Kind.ISSUED;
  }

  /** Who decides: the caller where one is known, else what was typed. */
  public String by(@Nullable String typed) {
    return kind == Kind.THIS_COMPUTER ? (typed == null ? "" : typed) : name;
  }
}
