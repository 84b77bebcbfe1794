package io.gapcanary.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a case asks, distilled from the customer's messages.
 *
 * <p>Left out are quoted mail, signatures, disclaimers, logs but for their errors, greetings,
 * thanks, calls for somebody to answer, the lead-ins of returning customers, and phrases that only
 * carried personal data. A message of nothing else asks nothing. When the customer turns to another
 * question, that one counts. Of a long message the beginning and the end stay, of many messages the
 * beginning and the latest.
 *
 * @param text the question, masked; empty when nothing was asked
 * @param soundsAgain true when the customer says that this is not the first contact about it
 */
public record CaseQuestion(String text, boolean soundsAgain) {
  /** Nothing was asked yet. */
  public static final CaseQuestion NONE = new CaseQuestion("", false);

  /** True when nothing was asked. */
  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** Distils one masked text. */
  public static CaseQuestion of(String maskedText, int longest) {
    return of(List.of(maskedText), longest);
  }

  /**
   * Distils one masked text that is known to be a question: where nothing of it would be left, it
   * stays as it is.
   */
  public static String asked(String maskedText, int longest) {
    CaseQuestion distilled = of(maskedText, longest);
    return distilled.isEmpty() ? maskedText : distilled.text();
  }

  /** From this weight on, a question is stated. */
  private static final int STATED = 15;

  /** A later message of this weight says more about it. */
  private static final int ADDS = 50;

  /** And one that tells under which condition, of this weight. */
  private static final int SPECIFIES = 25;

  private static final Pattern CONDITION =
      Pattern.compile(
          "(?i)\\b(?:only|when|whenever|after|since|while|unless|error|says|version)\\b|때|경우|이후|부터|하면|다고|라고|버전|오류");

  /** What looks like an error code or a model. */
  private static final Pattern CODE =
      Pattern.compile("\\b(?=[\\w-]*\\d)(?=[\\w-]*[A-Za-z])[\\w-]{3,}\\b");

  /**
   * Distils the question.
   *
   * @param maskedMessages what the customer wrote so far, free of personal data, in order
   * @param longest how many characters the question may have
   */
  public static CaseQuestion of(List<String> maskedMessages, int longest) {
    List<String> parts = new ArrayList<>();
    boolean again = false;
    boolean turned = false;
    for (String message : maskedMessages) {
      Said said = Said.in(message, longest);
      again |= said.soundsAgain();
      turned |= said.turnsElsewhere();
      if (turned && !isUnstated(List.of(said.text()))) {
        parts.clear();
        turned = false;
      }
      if (!said.text().isEmpty() && (isUnstated(parts) || addsTo(said.text()))) {
        parts.add(said.text());
      }
    }
    return new CaseQuestion(capped(parts, longest), again);
  }

  private static boolean isUnstated(List<String> parts) {
    return parts.stream().mapToInt(CaseQuestion::weight).sum() < STATED;
  }

  /**
   * Once the question is stated, short answers ("yes, the white one", "ordering now") add nothing
   * to it.
   */
  private static boolean addsTo(String text) {
    int enough = CONDITION.matcher(text).find() ? SPECIFIES : ADDS;
    return weight(text) >= enough || text.indexOf('?') >= 0 || CODE.matcher(text).find();
  }

  /**
   * How much a text says, in letters of English: a Hangul syllable says as much as two or three.
   */
  private static int weight(String text) {
    return text.chars()
            .map(c -> Character.isLetterOrDigit(c) ? (c >= 0xAC00 && c <= 0xD7A3 ? 5 : 2) : 0)
            .sum()
        / 2;
  }

  private static String capped(List<String> parts, int longest) {
    String all = String.join("\n", parts);
    if (all.length() <= longest) {
      return all;
    }
    if (parts.size() == 1) {
      return start(all, longest);
    }
    String latest = start(parts.getLast(), longest / 3);
    String earlier = String.join("\n", parts.subList(0, parts.size() - 1));
    return start(earlier, longest - latest.length() - 1) + "\n" + latest;
  }

  /** The start of a text, up to a word's end where there is one near. */
  static String start(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    int blank = text.lastIndexOf(' ', end);
    return text.substring(0, blank > end * 3 / 4 ? blank : end).strip();
  }

  /** The end of a text, from a word's start where there is one near. */
  static String end(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int at = text.length() - longest;
    int from = Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
    int blank = text.indexOf(' ', from);
    return text.substring(blank >= 0 && blank < from + longest / 4 ? blank : from).strip();
  }
}
