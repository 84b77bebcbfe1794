package io.gapcanary.cases;

import io.gapcanary.kb.Dubeolsik;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words that people say around a question, in English and Korean.
 *
 * <p>A sentence is small talk when <em>every</em> word of it is: so that new wordings of a greeting
 * need no new rule, and a single word of substance keeps a sentence.
 */
final class SmallTalk {
  /** A sentence without its small talk. */
  record Stripped(String rest, boolean soundsAgain, boolean turnsElsewhere) {}

  private static final Set<String> ENGLISH =
      words(
          """
          hi hii hiya sup hello helo hey heya howdy yo greetings welcome dear sir madam sirs all team folks guys everyone
          everybody there here around anyone anybody someone somebody person human agent representative rep advisor
          operator support service customer desk online available awake present listening
          good morning afternoon evening day night nice great lovely weekend week have a an one
          am is are was be been i'm im i me my you your u we us it its it's this that these those the to of for from with
          at on in by and or so but if as about any some
          can could may might would will shall should do does did got get has had having need needs want wanted like
          wondering hoping hope trying able
          please pls plz kindly help helping helped assist assistance ask asking asked question questions query issue
          problem something quick quickly moment free talk speak chat chatting hear
          thank thanks thankyou thx ty tks cheers much very many so lot lots really appreciate appreciated appreciation
          advance kind kindly regards best sincerely yours truly faithfully respectfully bye goodbye farewell
          ok okay k yes yep yeah yup no nope sure right alright fine cool perfect awesome understood see test testing
          well how who sorry excuse pardon wait waiting hold hmm um uh oh ah back just really hopefully
          another different more answer reply response guidance advice suggestions suggestion support input attention patience
          """);

  private static final Set<String> ENGLISH_AGAIN =
      words(
          """
          again before already earlier previously previous last yesterday ago days day weeks week month months times
          twice once still yet same follow following followup follow-up up contacted contacting contact called calling
          call wrote written write emailed messaged texted spoke spoken talked chatted reported raised opened asked
          reached out told said mentioned returning return coming came back after over
          not isn't isnt hasn't hasnt haven't havent wasn't wasnt didn't didnt doesn't doesnt don't never nothing no
          solved resolved fixed sorted answered working works work worked helped happening changed unsolved unresolved
          solution fix thing matter case ticket conversation chat continue continuing persists persist remains
          i've ive you've we've it's they them he she who somebody other another your colleague colleagues guys team
          """);

  private static final Pattern ENGLISH_AGAIN_CUE =
      Pattern.compile(
          "(?i)\\b(?:(?:contact|call|ask|messag|email|report|talk|chat|text|rais|mention)(?:ed|ing)|wrote|written|spoke|spoken|reached out|been in touch)\\b.{0,60}"
              + "\\b(?:before|already|earlier|previously|yesterday|ago|again|twice|last (?:time|week|month|night)|the other day)\\b"
              + "|\\b(?:still|yet) (?:is |has |have |do |does )?(?:not|isn't|hasn't|haven't|unsolved|unresolved|broken|waiting|the same|no)\\b"
              + "|\\b(?:not|isn't|hasn't|wasn't|never) (?:been )?(?:yet )?(?:solved|resolved|fixed|sorted|answered)\\b"
              + "|\\bfollow(?:ing)?[ -]?up\\b|\\b(?:it's|its|it is) me again\\b|\\bsame (?:issue|problem|thing|question)\\b"
              + "|\\b(?:back|here|asking|contacting|writing|calling) again\\b|\\b(?:my|our) (?:last|previous|earlier) (?:case|ticket|chat|call|conversation|message|question)\\b"
              + "|\\b(?:got|was|were|we) (?:cut off|disconnected)\\b");

  private static final List<String> KOREAN =
      stems(
          """
          안녕 반갑 반가 수고 고생 감사 고맙 고마 땡큐 저기 여보세요 계세 계신 계십 계시 있나 있으 있습니 있어 있는 있을
          상담 문의 질문 도움 도와 가능 드립 드려 드리 드릴 드렸 될까 되나 되는 됩니 되세 할까 할게 하고 합니 하려 해도 해요
          좀 혹시 지금 네 넵 넹 예 응 아니 부탁 실례 좋은 하루 보내 말씀 여쭤 여쭙 궁금 것 게 건 점 거 싶 받 수 분 누구
          누가 아무 직원 담당 연결 주세 주실 주시 주십 주신 잠시 잠깐 시간 답변 빠른 바랍 바라 확인 알겠 알려 이용 고객
          센터 여기 저 제 제가 저는 그 이 때문 관련 한 가지 하나 뭐 뭣 테스트 오늘 아침 저녁 점심 늦은 죄송 바쁘 바쁜 실례 급 빨리 많 항상 늘
          다른 별개 쉬 세요 니다 오전 오후 밤 주말 들어 통화 채팅 톡 좀요 요 님 선생 사장
          """);

  private static final List<String> KOREAN_AGAIN =
      stems(
          """
          지난 저번 이전 전에 예전 어제 그제 그저께 아까 며칠 방금 다시 또 계속 여전히 아직 재문의 추가 후속 이어 동일 똑같 같은
          연락 전화 신고 요청 접수 해결 처리 안 안됐 안되 안됩 못 됐 되고 되어 되네 되지 되었 됩 돼 않 남 왔 했 한번 번 두 세 여러 차례 주 달 일 전
          때 때도 기다 소식 회신 문제 내용 건으로 이어서 끊 그대로 말했 얘기 이야기 여쭤봤 물어 그때 도
          """);

  private static final Pattern KOREAN_AGAIN_CUE =
      Pattern.compile(
          "(?:지난번|저번|이전에|예전에|어제|아까|며칠 전|지난 ?주|지난 ?달|얼마 전|방금|전에)[^.?!]{0,20}(?:문의|연락|전화|말씀|상담|신고|요청|질문|접수|여쭤|물어|얘기)"
              + "|다시 ?(?:문의|연락|전화|상담|질문|여쭤)|또 ?(?:문의|연락|전화|왔|같은)|재문의|후속 ?문의"
              + "|(?:아직|여전히|계속)(?:도)? ?(?:해결|처리|안 |안되|안됐|못|그대로|같은|똑같|답변)"
              + "|(?:해결|처리)(?:이|가|은|도)? ?(?:아직 )?(?:안 ?됐|안 ?되|안 ?됩|되지 ?않)|(?:같은|동일한) (?:문제|증상|건|내용)|(?:상담|전화|채팅)(?:이|가)? (?:중간에 )?끊");

  private static final Pattern GREETING =
      Pattern.compile(
          "(?i)^(?:(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|dear)"
              + "(?: (?:there|all|everyone|everybody|team|folks|guys|support|sir|madam|again|sirs?))*(?: [\\p{L}.'’-]{2,20}(?=[,!]))?"
              + "(?:[,!.:–—-]+\\s*|\\s+(?=(?:i|my|we|our|the|how|what|why|when|where|is|are|can|could|do|does|after|since)\\b))"
              + "|(?:안녕하세요|안녕하십니까|수고하십니다|수고하세요|수고 많으십니다|저기요|여보세요)[,!.~ ]+)");

  private static final Pattern WISH =
      Pattern.compile(
          "(?i)(?:i |we )?(?:trust|hope|hoping) (?:that )?(?:this|your?|all|everything|things)\\b.{0,40}"
              + "\\b(?:well|fine|great|good|okay|safe|weekend|day|week)\\b.{0,20}");

  private static final Pattern THANKS =
      Pattern.compile(
          "(?i)[,;.! ]+(?:(?:many |so )?thanks|thank you|thx|cheers)(?: (?:so|very) much| in advance| a lot| for (?:your|any|the) [a-z ,]{2,30})?[,!. ]*$"
              + "|[,. ]+(?:감사합니다|고맙습니다|수고하세요)[.!~ ]*$");

  private static final Pattern FAREWELL =
      Pattern.compile(
          "(?i)^(?:(?:many |kind |best |warm |with )*(?:thanks|thank you|regards|wishes|cheers|sincerely|yours|respectfully)\\b.{0,30}|감사합니다[.!]?|.{1,10} (?:드림|올림))$");

  /** Where the customer turns to something else, and what was asked before is over. */
  private static final Pattern NEW_SUBJECT =
      Pattern.compile(
          "(?i)\\b(?:another|a different|one more|a second|an unrelated|a separate) (?:question|issue|problem|thing)\\b"
              + "|\\bnever ?mind (?:that|about)\\b|\\bon (?:another|a different) note\\b"
              + "|(?:다른|별개의?|추가) ?(?:문의|질문)|하나 ?더 (?:여쭤|여쭙|문의|질문|궁금|물어)|그(?:거|건|것은?) (?:말고|됐고|해결됐)");

  /** From so many letters on, keys that make a Korean pleasantry hardly make an English word. */
  private static final int LAYOUT_SLIP = 6;

  /** What belongs to no word: marks at its ends, and laughter ({@code ㅎㅎ}) anywhere. */
  private static final Pattern AROUND = Pattern.compile("^[-']+|[-']+$|[\\u3131-\\u318E]+");

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}'’-]+");

  private SmallTalk() {}

  private static Set<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
  }

  private static List<String> stems(String text) {
    return List.copyOf(words(text));
  }

  /** True when a sentence says nothing but small talk, or that the customer was here before. */
  static boolean isNothingElse(String sentence) {
    List<String> words = wordsOf(sentence);
    if (words.isEmpty()) {
      return true;
    }
    if (words.size() > 25) {
      return false;
    }
    if (WISH.matcher(sentence).matches()) {
      return true;
    }
    boolean again = soundsAgain(sentence);
    return words.stream().allMatch(word -> isSmall(word, again));
  }

  /** True when it is said that this is not the first contact. */
  static boolean soundsAgain(String sentence) {
    return ENGLISH_AGAIN_CUE.matcher(sentence).find() || KOREAN_AGAIN_CUE.matcher(sentence).find();
  }

  /** True when small talk announces another question than the one before. */
  static boolean turnsElsewhere(String smallTalk) {
    return NEW_SUBJECT.matcher(smallTalk).find();
  }

  /** True for a line after which only the writer's name follows. */
  static boolean isFarewell(String line) {
    return FAREWELL.matcher(line).matches();
  }

  /** A sentence without the greeting that it begins with. */
  static String withoutGreeting(String sentence) {
    return GREETING.matcher(sentence).replaceFirst("");
  }

  /** A sentence without the thanks that it ends with. */
  static String withoutThanks(String sentence) {
    return THANKS.matcher(sentence).replaceFirst("");
  }

  private static boolean isSmall(String word, boolean again) {
    if (ENGLISH.contains(word) || (again && ENGLISH_AGAIN.contains(word))) {
      return true;
    }
    if (word.chars().allMatch(Character::isDigit)) {
      return again;
    }
    return isKorean(word)
        ? isSmallKorean(word, again)
        : word.length() >= LAYOUT_SLIP
            && Dubeolsik.hangul(word).filter(hangul -> isSmallKorean(hangul, again)).isPresent();
  }

  private static boolean isSmallKorean(String word, boolean again) {
    return Stream.concat(KOREAN.stream(), again ? KOREAN_AGAIN.stream() : Stream.of())
        .anyMatch(stem -> startsWith(word, stem));
  }

  /** A stem of one syllable is a word of its own, or has a particle behind it. */
  private static boolean startsWith(String word, String stem) {
    return word.startsWith(stem) && (stem.length() > 1 || word.length() <= 3);
  }

  private static boolean isKorean(String word) {
    return word.chars().allMatch(c -> c >= 0xAC00 && c <= 0xD7A3);
  }

  private static List<String> wordsOf(String sentence) {
    return NO_WORD
        .splitAsStream(
            Normalizer.normalize(sentence, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .replace('’', '\''))
        .map(word -> AROUND.matcher(word).replaceAll(""))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
