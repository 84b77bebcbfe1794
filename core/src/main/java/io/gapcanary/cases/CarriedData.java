package io.gapcanary.cases;

import java.util.regex.Pattern;

/**
 * Phrases that only carried personal data: {@code My email is [email]}, {@code 연락처는 [phone]}.
 * Masked as they are, they would still make two questions look alike.
 */
final class CarriedData {
  private static final String MASK = "\\[(?:email|phone|card|resident-number)\\]|<(?:email|phone)>";

  private static final String ENGLISH_NAME =
      "(?:e-?mail|phone|telephone|mobile|cell|cellphone|card|credit card|contact|account|login|user ?name|number)";

  private static final String ENGLISH =
      "(?:(?:and |so )?(?:please )?(?:you can )?(?:call|reach|contact|text|ring|phone|write|email|e-mail|mail)"
          + "(?: to)?(?: me| us)?(?: back)?(?: at| on| to| under| via| by)?"
          + "|(?:and |where )?(?:my |the |our |this is my |here is my |here's my )?"
          + ENGLISH_NAME
          + "(?: address| number| no\\.?| id)?(?: on file)? ?(?:is|was|:|=)?)";

  private static final String KOREAN_NAME =
      "(?:이메일|메일|전자우편|연락처|전화번호|전화|휴대폰|휴대전화|핸드폰|폰|번호|카드|카드번호|신용카드|주민번호|주민등록번호|계정|아이디)";

  private static final String KOREAN =
      "(?:제|저의|내|본인)?\\s?" + KOREAN_NAME + "\\s?(?:번호|주소)?(?:는|은|이|가|도|:)?\\s?(?:다음과 같습니다)?:?";

  private static final String KOREAN_AFTER =
      "(?:입니다|이에요|예요|이고요|이고|인데요|번입니다|번|으로|로)?"
          + "(?:\\s?(?:연락|전화|회신|답변|메일|문자)(?:을|를)?\\s?(?:주세요|주십시오|부탁드립니다|부탁드려요|바랍니다|주시면 됩니다))?";

  private static final Pattern PHRASE =
      Pattern.compile(
          "(?i)(?:(?<![\\p{L}])(?:"
              + ENGLISH
              + "|"
              + KOREAN
              + ")\\s{0,2})?(?:"
              + MASK
              + ")"
              + KOREAN_AFTER);

  private CarriedData() {}

  /** A line without masks and the phrases that they stood in. */
  static String without(String line) {
    if (line.indexOf('[') < 0 && line.indexOf('<') < 0) {
      return line;
    }
    return PHRASE
        .matcher(line)
        .replaceAll(" ")
        .replaceAll("\\s{2,}", " ")
        .replaceAll(" ([.,!?])", "$1")
        .strip();
  }
}
