package io.gapcanary.gaps;

import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Question;
import io.gapcanary.storage.GapMember;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A readable phrase for a gap, in a customer's own words: of the sentences of its latest questions
 * the one that says what is asked, and that the other questions resemble most.
 */
final class GapTitle {
  private static final int LONGEST = 120;

  /** How many questions are compared with each other. */
  private static final int COMPARED = 6;

  /** How many sentences of a question may become the title. */
  private static final int SENTENCES = 2;

  /** What a sentence that asks something or tells of trouble is worth, in likeness. */
  private static final double TELLING = 0.4;

  /** What a sentence too short to say what it is about costs. */
  private static final double SCRAP = 0.5;

  /** Of equals the shorter one: what a letter costs. */
  private static final double LETTER = 1 / 600.0;

  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?。…])\\s+|\\s*\\R\\s*");

  private static final Pattern ASKS =
      Pattern.compile(
          "(?i)\\?|^(?:how|what|why|when|where|which|who|can|could|do|does|is|are|may|should|will|would)\\b"
              + "|\\b(?:how (?:do|can|to|long|much)|i (?:want|need|would like)|not|n(?:'|’)t|cannot|cant|wont|dont|doesnt|isnt|no longer|stopp?(?:s|ed)?|fail(?:s|ed)?|errors?|broken|wrong|lost|missing|refus\\w+|keeps?|unable)\\b"
              + "|(?:나요|가요|까요|을까|ㄹ까|는지|은지|는데요|려고|어떻게|어디|언제|얼마|무엇|뭐예요|방법|왜|싶)|안 ?(?:되|돼|됩|나|와|떠|보|켜|꺼|들|열|맞|먹|눌|잡|가|됨)|못|없|오류|에러|실패|고장|끊|멈|느려|느리|사라|계속|이상");

  /** What leads to a question in a chat or on the phone, and is none. */
  private static final Pattern LEAD =
      Pattern.compile(
          "(?i)^(?:finally|ok(?:ay)? here goes|here goes|got a (?:min|minute|sec)|quick (?:one|question)|real person|hello|anyone|first time|thanks|for context|so,? )\\b.{0,25}$"
              + "|\\b(?:real|human) (?:person|being|agent)\\b|\\bfinally a human\\b"
              + "|^(?:드디어|이제야|겨우|처음|첨|바로|급한|급하|긴 글|좀 길|길어|말씀|제가|저기).{0,10}(?:연결|문의|상담|질문|통화|됐|되었|써|적|드려|드릴)"
              + "|본인 ?확인|연결 ?(?:됐|되|이 됐)|상담원 ?(?:연결|맞)|사람(?:이|하고|이랑)? ?(?:맞|상담|연결)|처음 ?(?:문의|연락|써|상담)|확인 ?먼저|먼저 ?(?:할게|하고|확인|말씀)");

  /** What tells that it is over, at the end of a case. */
  private static final Pattern DONE =
      Pattern.compile(
          "(?i)^(?:ok(?:ay)?|yes|yep|ahh?|oh|great|perfect|done|sorted|both|all)\\b.{0,40}\\b(?:now|works?|worked|wiped|back|visible|done|fixed)\\b"
              + "|\\b(?:works now|worked|it'?s back|that did it|fixed it|solved)\\b"
              + "|(?:정상적으로|이제|바로|싹|모두|다) .{0,20}(?:습니다|어요|네요|됐다|됩니다|돼요)[.!~]*$|완료|(?:바꾸니까|하니까|하니|켜니|꺼내놓으니까) .{0,20}(?:됐|됩|되네|지워|다르|찾)");

  /** What a sentence costs for each one that stands before it: people begin with what they want. */
  private static final double LATER = 0.1;

  private final KnowledgeBase knowledge;

  GapTitle(KnowledgeBase knowledge) {
    this.knowledge = knowledge;
  }

  /** The title of a gap with these members. */
  String of(List<GapMember> members) {
    return ofQuestions(members.stream().map(GapMember::question).toList());
  }

  /** The title of these questions. */
  String ofQuestions(List<String> all) {
    List<String> questions =
        all.stream().filter(question -> !question.isBlank()).distinct().limit(COMPARED).toList();
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      int of = i;
      List<Candidate> its = new ArrayList<>();
      for (String text : sentences(questions.get(i))) {
        its.add(new Candidate(text, of, telling(text) - LATER * its.size()));
      }
      its.stream()
          .sorted(Comparator.comparingDouble(Candidate::telling).reversed())
          .limit(SENTENCES)
          .forEach(candidates::add);
    }
    double[] typical = typical(candidates, questions);
    String best = "";
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < candidates.size(); i++) {
      double score = typical[i] + candidates.get(i).telling();
      if (score > most) {
        most = score;
        best = candidates.get(i).text();
      }
    }
    return shortened(best);
  }

  /** A sentence of a question that may become the title. */
  private record Candidate(String text, int question, double telling) {}

  /** How much the other questions resemble each sentence, in the mean, the most of all being 1. */
  private double[] typical(List<Candidate> candidates, List<String> questions) {
    double[] typical = new double[candidates.size()];
    if (questions.size() <= 2) {
      return typical;
    }
    List<Question> all = new ArrayList<>();
    candidates.forEach(one -> all.add(Question.of(one.text(), Instant.EPOCH)));
    questions.forEach(text -> all.add(Question.of(text, Instant.EPOCH)));
    double[][] alike = knowledge.sameSubjects(all);
    double most = 1e-6;
    for (int i = 0; i < typical.length; i++) {
      for (int j = 0; j < questions.size(); j++) {
        typical[i] += candidates.get(i).question() == j ? 0 : alike[i][candidates.size() + j];
      }
      most = Math.max(most, typical[i]);
    }
    for (int i = 0; i < typical.length; i++) {
      typical[i] /= most;
    }
    return typical;
  }

  /** How well a sentence reads as what is asked, whatever it is about. */
  private static double telling(String sentence) {
    int enough = hasHangul(sentence) ? 8 : 18;
    return (ASKS.matcher(sentence).find() ? TELLING : 0)
        - (sentence.length() < enough ? SCRAP : 0)
        - (isAside(sentence) ? 2 : 0)
        - Math.min(sentence.length(), 2 * LONGEST) * LETTER;
  }

  private static boolean isAside(String sentence) {
    return LEAD.matcher(sentence).find() || DONE.matcher(sentence).find();
  }

  /** A question without what led to it and how it ended; all of it where nothing else is in it. */
  static String readable(String question) {
    String rest =
        sentences(question).stream()
            .filter(sentence -> !isAside(sentence))
            .collect(Collectors.joining(" "));
    return rest.isEmpty() ? question : rest;
  }

  private static List<String> sentences(String question) {
    return SENTENCE_END
        .splitAsStream(question.strip())
        .map(sentence -> sentence.replaceAll("\\s+", " ").strip())
        .filter(sentence -> sentence.chars().anyMatch(Character::isLetterOrDigit))
        .toList();
  }

  /** True when a title was taken from a question. */
  static boolean isOf(String question, String title) {
    return sentences(question).stream().anyMatch(text -> shortened(text).equals(title));
  }

  private static String shortened(String line) {
    if (line.length() <= LONGEST) {
      return line;
    }
    int blank = line.lastIndexOf(' ', LONGEST - 1);
    int end = blank > LONGEST / 2 ? blank : LONGEST - 1;
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  private static boolean hasHangul(String line) {
    return line.chars().anyMatch(c -> c >= 0xAC00 && c <= 0xD7A3);
  }
}
