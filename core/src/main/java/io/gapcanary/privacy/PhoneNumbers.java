package io.gapcanary.privacy;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds phone numbers: international ones by their {@code +} or {@code 00}, national ones of the
 * known regions by the form in which people write them.
 *
 * <p>A national number begins with a 0, or has the North American grouping 3-3-4. Ten digits in one
 * piece could be anything, so that they count only after a word such as <em>call</em>.
 */
final class PhoneNumbers {
  private static final String SEPARATORS = " -.()/";
  private static final int MOST_DIGITS = 15;
  private static final int FEWEST_DIGITS = 8;

  /** Korean: area or service code, exchange, line; one to three groups. */
  private static final Pattern KOREAN =
      Pattern.compile(
          "(?:82\\D{0,3})?0?(?:1[016789]|2|[3-6][1-5]|70|80|50\\d)(?:\\D{0,3})\\d{3,4}(?:\\D{0,3})\\d{4}");

  private static final Pattern NORTH_AMERICAN =
      Pattern.compile("(?:1\\D{1,2})?[2-9]\\d{2}\\D{1,2}[2-9]\\d{2}\\D\\d{4}");

  private static final Pattern CUE =
      Pattern.compile(
          "(?i)(?:call|phone|tel|mobile|cell|whatsapp|text|reach|contact|전화|연락|핸드폰|휴대폰|폰)");

  private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();
  private final List<String> regions;

  PhoneNumbers(List<String> regions) {
    this.regions = List.copyOf(regions);
    for (String region : regions) {
      if (!library.getSupportedRegions().contains(region)) {
        throw new IllegalArgumentException(
            "phoneRegions: \"" + region + "\" is no country that has phone numbers");
      }
    }
  }

  /**
   * How often the library may still be asked about one text. Asking is slow; a text that uses this
   * up is no conversation, and what looks like a number in it is masked unasked.
   */
  static final class Budget {
    private int left = 2000;

    boolean spent() {
      return left-- <= 0;
    }
  }

  /** The longest number that begins with the i-th group, or {@code null}. */
  @Nullable Finding at(PlainText text, List<DigitGroup> groups, int i, Budget budget) {
    DigitGroup first = groups.get(i);
    if (first.length() > MOST_DIGITS || text.latinLetterAt(first.start() - 1)) {
      return null;
    }
    int last = i;
    int digits = first.length();
    while (last + 1 < groups.size()
        && digits + groups.get(last + 1).length() <= MOST_DIGITS
        && groups.get(last).joins(groups.get(last + 1), text, SEPARATORS, 3)) {
      digits += groups.get(++last).length();
    }
    int start = numberStart(text, first.start());
    for (int j = last; j >= i && digits >= FEWEST_DIGITS; j--) {
      int end = groups.get(j).end();
      if (isNumber(text, start, first.start(), end, budget)) {
        return new Finding(PersonalData.PHONE, start, end);
      }
      digits -= groups.get(j).length();
    }
    return null;
  }

  /** Takes in a plus or a bracket before the first digit. */
  private static int numberStart(PlainText text, int digit) {
    int start = digit;
    if (text.at(start - 1) == '(') {
      start--;
    }
    return text.at(start - 1) == '+' ? start - 1 : start;
  }

  private boolean isNumber(PlainText text, int start, int digit, int end, Budget budget) {
    String number = text.between(digit, end);
    if (text.at(start) == '+') {
      return isValid(text.between(start, end), "ZZ", budget);
    }
    if (number.startsWith("00")) {
      return isValid("+" + number.substring(2), "ZZ", budget);
    }
    return regions.stream().anyMatch(region -> isNational(text, digit, number, region, budget));
  }

  private boolean isNational(
      PlainText text, int digit, String number, String region, Budget budget) {
    return switch (region) {
      case "KR" -> isKorean(number);
      case "US", "CA" ->
          NORTH_AMERICAN.matcher(number).matches()
              ? isValid(number, region, budget)
              : isTenDigits(number) && cueBefore(text, digit) && isValid(number, region, budget);
      default -> number.startsWith("0") && isValid(number, region, budget);
    };
  }

  /** The form decides: numbers of withdrawn ranges belong to people too. */
  private static boolean isKorean(String number) {
    return (number.startsWith("0") || number.startsWith("82")) && KOREAN.matcher(number).matches();
  }

  private static boolean isTenDigits(String number) {
    return number.length() == 10 && number.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean cueBefore(PlainText text, int digit) {
    return CUE.matcher(text.between(Math.max(0, digit - 24), digit)).find();
  }

  private boolean isValid(String number, String region, Budget budget) {
    if (budget.spent()) {
      return true;
    }
    try {
      var parsed = library.parse(number, region);
      // After a plus the length decides: what is not assigned yet, or invented, still looks like
      // one.
      return region.equals("ZZ") ? library.isPossibleNumber(parsed) : library.isValidNumber(parsed);
    } catch (NumberParseException e) {
      return false;
    }
  }
}
