package io.gapcanary.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an agent wrote that may help the next customer too: the sentences that say how things are or
 * what to do.
 *
 * <p>Left out are greetings, thanks, regrets and wishes, questions to the customer, what the agent
 * does or has done for this one ("I have ordered it", "확인해 드리겠습니다"), what points to an address, and
 * everything that bore personal data.
 */
public final class Instructions {
  private static final Pattern SENTENCE_END =
      Pattern.compile("(?<=[.!?。…~])[\"'”’)]*\\s+|\\s*\\R\\s*");

  /** A mask such as {@code [email]}, and what masks or stars say. */
  private static final Pattern CARRIED = Pattern.compile("\\[\\p{Alpha}[\\p{Alpha} -]{1,30}]");

  private static final Pattern ADDRESS =
      Pattern.compile("(?i)https?://|www\\.|\\b[\\w-]+\\.(?:com|net|org|io|kr|example)\\b");

  private static final Pattern ENGLISH_COURTESY =
      Pattern.compile(
          "(?i)\\b(?:sorry|apolog\\w*|thank\\w*|glad|happy to|pleasure|wish(?:ing)? you|have a (?:\\w+ )?(?:day|one|evening|weekend)"
              + "|anything else|let me (?:check|look|see|know|pull|find)|let us know|one (?:moment|second|sec)|a (?:moment|minute),? please|hold on|please wait|bear with"
              + "|(?:real|right) (?:person|here)|how (?:can|may) i|feel free|come (?:straight )?back|reach out|get in touch|take care|good luck|no worries|you(?:'|’)?re welcome"
              + "|i (?:understand|see how|hear you|appreciate|know how)|understood|verify (?:you|your identity)|for security|fair enough)\\b"
              + "|^(?:lovely|great|perfect|wonderful|excellent|sure|okay|ok|yes|no|of course|absolutely|certainly|noted|done|right)[,.! ]*$");

  /** What the agent does for this customer. */
  private static final Pattern ENGLISH_FOR_THIS_ONE =
      Pattern.compile(
          "(?i)^(?:(?:and|so|then|okay|ok|right|yes|now),? )?(?:i|we)(?:'|’)?(?:ve|ll|m|d| have| will| am| would| can| could)?\\b"
              + "|^(?:ordered|sent|booked|forwarded|escalated|refunded|noted|done|checked|resent|transferred|reported|logged|masked)\\b");

  private static final Pattern KOREAN_COURTESY =
      Pattern.compile(
          "죄송|감사|고맙|반갑|안녕|수고|좋은 하루|즐거운|행복한|편안한 (?:하루|저녁|밤)|기다려 ?주|잠시만|잠깐만|불편(?:을|하셨|드려|하시|한 점|하신)|번거롭|답답하|힘드셨|놀라셨|속상|걱정"
              + "|본인 ?확인|성함|연락처|생년월일|(?:확인|안내|도움|도와|접수|처리|전달|연결|진행|조회|발송|예약|신청|요청|등록|취소|변경|문의|보내)(?:해|을|를|도)? ?(?:드리겠|드릴게|드렸|드려도|드립|드리고|해 ?두었|했습니다|하겠습니다|해 ?볼게|해 ?보겠|할게요)"
              + "|보내 ?(?:드|줬|놓)|남겨 ?(?:드|두)|걸어 ?드|또 (?:알려|연락|문의|말씀)|언제든|이용해 ?주|말씀해 ?주|다행|무엇을 도와|어떻게 도와|상담원|상담사|담당자(?:가|에게|께)|고객님 번호|맞으(?:실|세|신)"
              + "|^(?:네|예|넵|아|음|그럼|그러셨군요|그렇군요|알겠습니다|네 알겠습니다)[,.~! ]*$");

  /** An answer's first word, which answers nothing in an article. */
  private static final Pattern LEAD =
      Pattern.compile(
          "(?i)^(?:(?:yes|no|sure|okay|ok|right|lovely|great|perfect|certainly|absolutely|of course|네|예|넵|아니요|아뇨|네 고객님|고객님|그럼)[,.!~ ]+)+(?=\\S)");

  private static final int SHORTEST = 15;
  private static final int LONGEST = 400;

  private Instructions() {}

  /** The sentences of an agent's masked message, in order. */
  public static List<String> in(String maskedMessage) {
    List<String> sentences = new ArrayList<>();
    for (String line : LogLines.without(OwnLines.of(maskedMessage))) {
      for (String sentence : SENTENCE_END.split(line)) {
        String said = SmallTalk.withoutThanks(SmallTalk.withoutGreeting(sentence.strip())).strip();
        said = LEAD.matcher(said).replaceFirst("");
        if (instructs(said)) {
          sentences.add(said);
        }
      }
    }
    return List.copyOf(sentences);
  }

  private static boolean instructs(String sentence) {
    return weight(sentence) >= SHORTEST
        && sentence.length() <= LONGEST
        && !asks(sentence)
        && !CARRIED.matcher(sentence).find()
        && !ADDRESS.matcher(sentence).find()
        && !ENGLISH_COURTESY.matcher(sentence).find()
        && !ENGLISH_FOR_THIS_ONE.matcher(sentence).find()
        && !KOREAN_COURTESY.matcher(sentence).find()
        && !SmallTalk.isNothingElse(sentence);
  }

  private static boolean asks(String sentence) {
    return sentence.endsWith("?") || sentence.endsWith("？") || sentence.contains("? ");
  }

  /** Its letters and digits; a Hangul syllable counts two. */
  private static int weight(String text) {
    return text.chars()
        .map(c -> Character.isLetterOrDigit(c) ? (c >= 0xAC00 && c <= 0xD7A3 ? 2 : 1) : 0)
        .sum();
  }
}
