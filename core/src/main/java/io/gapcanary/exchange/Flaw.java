package io.gapcanary.exchange;

import io.gapcanary.WireName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is wrong with something in a file: why it cannot be used, or what of it is left out. It
 * holds nothing of a customer's text.
 *
 * @param about what it is about, from the outside in: case c-7, then its message 2; empty: the line
 *     or the file as a whole
 * @param code the reason for programs: {@code missing}; that of a {@link Reason}, unless whoever
 *     reads other formats has further ones
 * @param arguments what the reason names, such as a field
 * @param sentence the same in English, for logs and where nothing words the parts
 */
public record Flaw(List<Part> about, String code, List<String> arguments, String sentence) {
  /**
   * One of the things that a flaw is about.
   *
   * @param kind what it is
   * @param name its id or its number; empty when it has none
   */
  public record Part(Kind kind, String name) {
    @Override
    public String toString() {
      return (kind.wireName().replace('-', ' ') + " " + name).strip();
    }
  }

  /** What files consist of. */
  public enum Kind implements WireName {
    ARTICLE,
    CASE,
    QUESTION,
    RESOLVED_QUESTION,
    MESSAGE,
    IDENTITY,
    CLOSE
  }

  /** The reasons of lines of JSON. */
  public enum Reason implements WireName {
    LINE_BLANK("line is blank"),
    LINE_TOO_LONG("line is longer than %2$s bytes"),
    LINE_NOT_UTF_8("line is not valid UTF-8"),
    LINE_NOT_JSON("line is not valid JSON"),
    LINE_NOT_JSON_AT("line is not valid JSON (column %2$s)"),
    LINE_NOT_AN_OBJECT("line is JSON but not an object"),
    MISSING("%s has no %s"),
    BLANK("%s: %s is blank"),
    TOO_LONG("%s: %s must have 1 to %s characters"),
    NOT_A_TEXT("%s: %s must be a text"),
    NOT_A_LIST("%s: %s must be a list"),
    NOT_A_NUMBER("%s: %s must be a number"),
    NOT_AN_OBJECT("%s must be an object"),
    NEGATIVE("%s: %s must be 0 or more, not %s"),
    NOT_A_TIME("%s: %s \"%s\" is not a time with a zone"),
    TIME_OUT_OF_RANGE("%s: %s \"%s\" does not lie between 1970 and 2200"),
    NONE_OF("%s: %s \"%s\" is none of %s"),
    VERSIONS_UNREADABLE(
        "%s: versions \"%s\" cannot be read; write for example \">=2.0 <3.0\" or \"<2 || >=4\""),
    VERSION_UNREADABLE("%s: version \"%s\" cannot be read, so every article fits"),
    CLOSED_BEFORE_OPENED("%s closed before it opened"),
    NO_RELEVANT("%s has no relevant; write [] when no article answers it"),
    SAME_MESSAGE_ID("%s has two messages of the id %s"),
    FIRST_STAYS("%s was there already: the first one stays"),
    LATER_STAYS("%s was there already: this later one stays"),
    NO_SUCH_ARTICLE("there is no article %2$s"),
    LINK_TO_NO_ARTICLE("%s: there is no article %s, so its link is left out"),
    IN_THE_FUTURE("%s lies in the future: it goes on until %s"),
    OLDER_THAN_KEPT("%s is older than cases are kept: it ended at %s"),
    OPENED_OTHERWISE("%s was opened before, with other content"),

    /** What nothing else says: a sentence in English. */
    OTHER("%2$s");

    private final String english;

    Reason(String english) {
      this.english = english;
    }
  }

  /** Takes copies. */
  public Flaw {
    about = List.copyOf(about);
    arguments = List.copyOf(arguments);
  }

  /** A flaw with its sentence. */
  public static Flaw of(List<Part> about, Reason reason, String... arguments) {
    String what = about.stream().map(Part::toString).collect(Collectors.joining(", "));
    Object[] named = Stream.concat(Stream.of(what), Arrays.stream(arguments)).toArray();
    return new Flaw(
        about,
        reason.wireName(),
        List.of(arguments),
        String.format(Locale.ROOT, reason.english, named));
  }

  /** A flaw of one thing. */
  public static Flaw of(Kind kind, String name, Reason reason, String... arguments) {
    return of(List.of(new Part(kind, name)), reason, arguments);
  }

  /** A flaw of a line as a whole. */
  public static Flaw ofLine(Reason reason, String... arguments) {
    return of(List.of(), reason, arguments);
  }

  /** What an exception says is wrong. */
  public static Flaw of(IllegalArgumentException e) {
    return e instanceof UnusableException told
        ? told.flaw()
        : ofLine(Reason.OTHER, String.valueOf(e.getMessage()));
  }

  /** Its sentence. */
  @Override
  public String toString() {
    return sentence;
  }
}
