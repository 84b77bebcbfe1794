package io.gapcanary.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one message says once everything around it is left out.
 *
 * @param text the rest; may be empty
 * @param soundsAgain true when a lead-in of a returning customer was found
 * @param turnsElsewhere true when another question is announced
 */
record Said(String text, boolean soundsAgain, boolean turnsElsewhere) {
  /** Where a sentence ends: after its mark, or where a customer began a new one without any. */
  private static final Pattern SENTENCE_END =
      Pattern.compile("(?<=[.!?。…~])\\s+|(?<=[!?。])(?=\\p{L})");

  /** Less than this of a sentence says nothing. */
  private static final int ROOM_FOR_A_PART = 100;

  /** Where the first words of a sentence may be a sentence of their own. */
  private static final Pattern CLAUSE_END = Pattern.compile("(?<=[,:;，—–])\\s+|\\s+-\\s+");

  /**
   * What is said in a message, in little more than {@code longest} characters: of a longer one the
   * beginning and the end.
   */
  static Said in(String message, int longest) {
    List<String> lines = new ArrayList<>();
    boolean again = false;
    boolean elsewhere = false;
    for (String line : ends(LogLines.without(OwnLines.of(message)), longest)) {
      List<String> kept = new ArrayList<>();
      for (String sentence : SENTENCE_END.split(CarriedData.without(line))) {
        SmallTalk.Stripped stripped = strip(sentence.strip());
        again |= stripped.soundsAgain();
        elsewhere |= stripped.turnsElsewhere();
        if (!stripped.rest().isEmpty()) {
          kept.add(stripped.rest());
        }
      }
      if (!kept.isEmpty()) {
        lines.add(String.join(" ", kept));
      }
    }
    return new Said(hasWord(lines) ? String.join("\n", lines) : "", again, elsewhere);
  }

  /** The lines of a long text without those in its middle: people end on what they want. */
  private static List<String> ends(List<String> lines, int longest) {
    if (lines.stream().mapToInt(line -> line.length() + 1).sum() <= longest) {
      return lines;
    }
    List<String> end = new ArrayList<>();
    int left = longest / 3 - 1;
    int last = lines.size();
    while (left > 0) {
      String line = lines.get(--last);
      end.add(0, lastSentences(line, left));
      left -= line.length() + 1;
    }
    List<String> ends = new ArrayList<>();
    left = longest * 2 / 3 - 1;
    for (int first = 0; first <= last && left > 0; first++) {
      ends.add(firstSentences(lines.get(first), left));
      left -= lines.get(first).length() + 1;
    }
    ends.addAll(end);
    ends.removeIf(String::isEmpty);
    return ends;
  }

  /** As many whole sentences as fit, or a part of one where there is much room for it. */
  private static String firstSentences(String line, int room) {
    if (line.length() <= room) {
      return line;
    }
    int end = 0;
    Matcher mark = SENTENCE_END.matcher(line);
    while (mark.find() && mark.start() <= room) {
      end = mark.start();
    }
    return end == 0 && room >= ROOM_FOR_A_PART
        ? CaseQuestion.start(line, room)
        : line.substring(0, end);
  }

  private static String lastSentences(String line, int room) {
    if (line.length() <= room) {
      return line;
    }
    Matcher mark = SENTENCE_END.matcher(line);
    if (mark.find(line.length() - room)) {
      return line.substring(mark.end());
    }
    return room >= ROOM_FOR_A_PART ? CaseQuestion.end(line, room) : "";
  }

  private static boolean hasWord(List<String> lines) {
    return lines.stream()
        .anyMatch(
            line -> line.codePoints().filter(Character::isLetterOrDigit).limit(2).count() == 2);
  }

  /** Takes small talk from the front of a sentence, clause by clause, or the whole of it. */
  private static SmallTalk.Stripped strip(String sentence) {
    boolean again = SmallTalk.soundsAgain(sentence);
    if (SmallTalk.isNothingElse(sentence)) {
      return new SmallTalk.Stripped("", again, SmallTalk.turnsElsewhere(sentence));
    }
    String rest = SmallTalk.withoutGreeting(sentence);
    if (SmallTalk.isNothingElse(rest)) {
      return new SmallTalk.Stripped("", again, SmallTalk.turnsElsewhere(rest));
    }
    String[] clauses = CLAUSE_END.split(rest, 4);
    int first = 0;
    int at = 0;
    while (first < clauses.length - 1 && SmallTalk.isNothingElse(clauses[first])) {
      at = rest.indexOf(clauses[first + 1], at + clauses[first].length());
      first++;
    }
    boolean elsewhere = SmallTalk.turnsElsewhere(rest.substring(0, at));
    rest = first == 0 ? rest : rest.substring(at);
    return new SmallTalk.Stripped(SmallTalk.withoutThanks(rest).strip(), again, elsewhere);
  }
}
