package io.gapcanary.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What one message says once everything around it is left out.
 *
 * @param text the rest; may be empty
 * @param soundsAgain true when a lead-in of a returning customer was found
 */
record Said(String text, boolean soundsAgain) {
  private static final Pattern QUOTE_INTRODUCTION =
      Pattern.compile(
          "(?i)^(?:on .{4,120} wrote|.{1,60} (?:said|wrote|님이 작성)|-{2,} ?(?:original message|원본 메시지).*) ?:?$");

  /** Where a sentence ends: after its mark, or where a customer began a new one without any. */
  private static final Pattern SENTENCE_END =
      Pattern.compile("(?<=[.!?。…~])\\s+|(?<=[!?。])(?=\\p{L})");

  /** Where the first words of a sentence may be a sentence of their own. */
  private static final Pattern CLAUSE_END = Pattern.compile("(?<=[,:;，—–])\\s+|\\s+-\\s+");

  /** What is said in a message, of which no more than {@code longest} characters are read. */
  static Said in(String message, int longest) {
    String read = message.length() <= longest ? message : message.substring(0, longest);
    List<String> lines = new ArrayList<>();
    boolean again = false;
    for (String line : own(read.lines().map(String::strip).toList())) {
      List<String> kept = new ArrayList<>();
      for (String sentence : SENTENCE_END.split(CarriedData.without(line))) {
        SmallTalk.Stripped stripped = strip(sentence.strip());
        again |= stripped.soundsAgain();
        if (!stripped.rest().isEmpty()) {
          kept.add(stripped.rest());
        }
      }
      if (!kept.isEmpty()) {
        lines.add(String.join(" ", kept));
      }
    }
    return new Said(hasWord(lines) ? String.join("\n", lines) : "", again);
  }

  private static boolean hasWord(List<String> lines) {
    return lines.stream()
        .anyMatch(
            line -> line.codePoints().filter(Character::isLetterOrDigit).limit(2).count() == 2);
  }

  /** Leaves out what others said and how the writer signs. */
  private static List<String> own(List<String> lines) {
    List<String> own = new ArrayList<>();
    for (String line : lines) {
      if (line.equals("--") || line.equals("__")) {
        break;
      }
      if (QUOTE_INTRODUCTION.matcher(line).matches() && own.stream().anyMatch(l -> !l.isEmpty())) {
        continue;
      }
      if (!line.startsWith(">") && !line.isEmpty()) {
        own.add(line);
      }
    }
    return withoutSignature(own);
  }

  /** After a last line such as <em>Best regards</em> only names follow. */
  private static List<String> withoutSignature(List<String> lines) {
    for (int i = Math.max(1, lines.size() - 4); i < lines.size(); i++) {
      if (SmallTalk.isFarewell(lines.get(i))
          && lines.subList(i + 1, lines.size()).stream().allMatch(l -> l.length() <= 40)) {
        return lines.subList(0, i);
      }
    }
    return lines;
  }

  /** Takes small talk from the front of a sentence, clause by clause, or the whole of it. */
  private static SmallTalk.Stripped strip(String sentence) {
    boolean again = SmallTalk.soundsAgain(sentence);
    if (SmallTalk.isNothingElse(sentence)) {
      return new SmallTalk.Stripped("", again);
    }
    String rest = SmallTalk.withoutGreeting(sentence);
    String[] clauses = CLAUSE_END.split(rest, 4);
    int first = 0;
    int at = 0;
    while (first < clauses.length - 1 && SmallTalk.isNothingElse(clauses[first])) {
      at = rest.indexOf(clauses[first + 1], at + clauses[first].length());
      first++;
    }
    rest = first == 0 ? rest : rest.substring(at);
    return new SmallTalk.Stripped(SmallTalk.withoutThanks(rest).strip(), again);
  }
}
