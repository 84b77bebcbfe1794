package io.gapcanary.gaps;

import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Question;
import io.gapcanary.storage.GapStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A readable phrase for a gap, in a customer's own words: of its latest questions the one that the
 * others resemble most, and of equals the shorter one.
 */
final class GapTitle {
  private static final int LONGEST = 120;

  /** How many questions are compared with each other. */
  private static final int COMPARED = 6;

  private final KnowledgeBase knowledge;

  GapTitle(KnowledgeBase knowledge) {
    this.knowledge = knowledge;
  }

  /** The title of a gap with these members. */
  String of(List<GapStore.Member> members) {
    List<String> questions =
        members.stream()
            .map(GapStore.Member::question)
            .filter(question -> !question.isBlank())
            .distinct()
            .limit(COMPARED)
            .toList();
    String best = "";
    double most = Double.NEGATIVE_INFINITY;
    for (String question : questions) {
      double score = centrality(question, questions) - phrase(question).length() / 2000.0;
      if (score > most) {
        most = score;
        best = question;
      }
    }
    return phrase(best);
  }

  private double centrality(String question, List<String> all) {
    if (all.size() <= 2) {
      return 0;
    }
    Question asked = Question.of(question, Instant.EPOCH);
    return all.stream()
            .filter(other -> !other.equals(question))
            .mapToDouble(other -> knowledge.sameSubject(asked, Question.of(other, Instant.EPOCH)))
            .sum()
        / (all.size() - 1);
  }

  /** A question on one line: the line that customers put first where there are several. */
  static String phrase(String question) {
    String line = statement(question).replaceAll("\\s+", " ");
    if (line.length() <= LONGEST) {
      return line;
    }
    String sentence = line.split("(?<=[.!?。])\\s", 2)[0];
    if (sentence.length() <= LONGEST) {
      return sentence;
    }
    int blank = line.lastIndexOf(' ', LONGEST - 1);
    int end = blank > LONGEST / 2 ? blank : LONGEST - 1;
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /** The first line that says something; greetings and scraps before it do not. */
  private static String statement(String question) {
    List<String> lines = question.strip().lines().map(String::strip).toList();
    return lines.stream()
        .filter(line -> line.length() >= (hasHangul(line) ? 8 : 18))
        .findFirst()
        .orElseGet(() -> lines.stream().max(Comparator.comparingInt(String::length)).orElse(""));
  }

  private static boolean hasHangul(String line) {
    return line.chars().anyMatch(c -> c >= 0xAC00 && c <= 0xD7A3);
  }
}
