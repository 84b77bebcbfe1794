package io.gapcanary.cases;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a message that its writer wrote: without quoted mail, forwarding headers,
 * signatures, disclaimers and what mail programs add.
 *
 * <p>The time it takes grows with the length of the message only.
 */
final class OwnLines {
  /** Of a longer message the middle is not read. */
  private static final int MOST_READ = 120_000;

  /** And neither is that of a longer line. */
  private static final int LONGEST_LINE = 4_000;

  private static final Pattern QUOTE_INTRODUCTION =
      Pattern.compile(
          "(?i)(?:on .{4,200} wrote ?:?|.{1,80} (?:said|wrote) ?:|.{1,160}님이 (?:작성|쓴 글|보낸 메시지) ?:?)");

  /** The introductions of mail programs, which tell the date; people name at most a weekday. */
  private static final Pattern DATED = Pattern.compile("\\d{4}|\\d{1,2}:\\d{2}");

  private static final Pattern QUOTE_BEGINS =
      Pattern.compile(
          "(?i)[-_ ]{0,40}(?:-{2,}|_{2,}) ?(?:original message|original mail|forwarded message|forwarded by|원본 ?메시지|원본 ?메일|전달된 ?메시지)\\b?.{0,80}"
              + "|begin forwarded message ?:?|(?:전달된|이전) 메시지 ?:");

  private static final Pattern HEADER =
      Pattern.compile(
          "(?i)\\*?(from|sent|date|to|cc|reply-to|subject|보낸 ?사람|보낸 ?이|보낸 ?날짜|보낸 ?시간|날짜|받는 ?사람|받는 ?이|참조|제목) ?:\\*?(.{0,300})");

  private static final Set<String> SUBJECT = Set.of("subject", "제목");

  private static final Pattern REPLY = Pattern.compile("(?i)^(?:\\s*(?:re|fwd?|회신|전달) ?:)+");

  private static final Pattern DEVICE =
      Pattern.compile(
          "(?i)sent (?:from|via|with|using) (?:my |the |an? )?[\\p{L}\\p{N} .'’+-]{2,50}|get outlook for (?:ios|android).{0,80}"
              + "|.{0,30}에서 (?:보냄|보낸 메일(?:입니다)?|발송됨|전송됨)\\.?|(?:ios|android)용 outlook.{0,60}"
              + "|#*-? ?please (?:type|write) your reply above this line.{0,20}");

  private static final Pattern DISCLAIMER =
      Pattern.compile(
          "(?i)[* ]*(?:this (?:e-?mail|message|communication|transmission)|the (?:information|contents?)|if you (?:are not|have received|received)"
              + "|confidential|disclaimer|notice|please (?:consider|think)|virus-free|(?:본|이) (?:메일|이메일|메시지|전자우편))"
              + ".{0,120}?(?:intended (?:solely|only|exclusively|for|recipient)|confidential|privileged|environment|virus-free|기밀|비밀|수신인|무단).*");

  /** What may stand below a farewell: names, titles, numbers, addresses; no sentence. */
  private static final Pattern SENTENCE =
      Pattern.compile(
          "[?!]|(?:\\S+ ){6,}\\S+[.]$|\\p{IsLowercase}+(?: \\p{IsLowercase}+){2}|[가-힣 ]{4,}(?:다|요|죠|까)[.~]?$");

  private static final Pattern SALUTATION =
      Pattern.compile(
          "(?i)(?:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day))(?: [\\p{L}.'’-]{1,30}){0,3} ?[,!]");

  private OwnLines() {}

  /** The writer's own lines, composed, stripped on the right, none of them blank. */
  static List<String> of(String message) {
    List<String> all = plain(message).lines().map(OwnLines::cut).toList();
    List<String> own = new ArrayList<>();
    boolean says = false;
    boolean disclaimer = false;
    boolean headers = false;
    for (int i = 0; i < all.size(); i++) {
      String line = all.get(i).strip();
      disclaimer = disclaimer ? !line.isEmpty() : says && !line.isEmpty() && isDisclaimer(line);
      if (line.isEmpty() || disclaimer || isQuoted(line) || isOfTheProgram(line)) {
        continue;
      }
      if (line.equals("--") || line.equals("__") || line.equals("—")) {
        break;
      }
      int introduction = introduction(all, i);
      if (introduction > 0 && !own.isEmpty()) {
        i += introduction - 1;
        if (says && quotesTheRest(all, i, line)) {
          break;
        }
        continue;
      }
      boolean begins =
          "-_bB전이".indexOf(line.charAt(0)) >= 0 && QUOTE_BEGINS.matcher(line).matches();
      if (begins || isHeaderBlock(all, i)) {
        if (says) {
          break;
        }
        headers = true;
      }
      headers = headers && (begins || isHeader(line));
      String said = headers ? subject(line) : line;
      if (!said.isEmpty() && !(own.isEmpty() && isSalutation(line, all, i))) {
        own.add(headers ? said : all.get(i).stripTrailing());
        says = says || !SmallTalk.isNothingElse(said);
      }
    }
    return withoutSignature(own);
  }

  /** Composes jamo and drops what cannot be seen, so that words are found whatever typed them. */
  private static String plain(String message) {
    String read =
        message.length() <= MOST_READ
            ? message
            : message.substring(0, MOST_READ / 2)
                + "\n"
                + message.substring(message.length() - MOST_READ / 2);
    StringBuilder seen = new StringBuilder(read.length());
    for (int i = 0; i < read.length(); i++) {
      char c = read.charAt(i);
      int type = Character.getType(c);
      if (type == Character.CONTROL && c != '\n' && c != '\r' && c != '\t') {
        seen.append(' ');
      } else if (type != Character.FORMAT || c == '\u200D') {
        seen.append(c);
      }
    }
    return Normalizer.normalize(seen, Normalizer.Form.NFC);
  }

  private static String cut(String line) {
    return line.length() <= LONGEST_LINE
        ? line
        : line.substring(0, LONGEST_LINE / 2)
            + " "
            + line.substring(line.length() - LONGEST_LINE / 2);
  }

  private static boolean isQuoted(String line) {
    char first = line.charAt(0);
    return first == '>' || first == '＞';
  }

  private static boolean isOfTheProgram(String line) {
    return line.length() <= 120
        && ("sSgG#".indexOf(line.charAt(0)) >= 0 || line.contains("에서 ") || line.contains("용 Out"))
        && DEVICE.matcher(line).matches();
  }

  private static boolean isDisclaimer(String line) {
    return "*tTiIcCdDnNpPvV본이".indexOf(line.charAt(0)) >= 0
        && line.length() > 30
        && line.indexOf('?') < 0
        && DISCLAIMER.matcher(line).matches();
  }

  /** Of how many lines the introduction of a quotation is that begins here; 0 when none does. */
  private static int introduction(List<String> all, int i) {
    String line = all.get(i).strip();
    if (endsAsIntroduction(line) && QUOTE_INTRODUCTION.matcher(line).matches()) {
      return 1;
    }
    boolean wrapped =
        i + 1 < all.size()
            && line.length() < 200
            && (line.startsWith("On ") || line.startsWith("20"))
            && endsAsIntroduction(all.get(i + 1).strip())
            && QUOTE_INTRODUCTION.matcher(line + " " + all.get(i + 1).strip()).matches();
    return wrapped ? 2 : 0;
  }

  private static boolean endsAsIntroduction(String line) {
    return line.endsWith(":")
        || line.endsWith("wrote")
        || line.endsWith("작성")
        || line.endsWith("글")
        || line.endsWith("메시지");
  }

  /** A program's quotation without marks goes on to the end; one with marks ends with them. */
  private static boolean quotesTheRest(List<String> all, int at, String introduction) {
    if (!DATED.matcher(introduction).find()) {
      return false;
    }
    return all.subList(at + 1, all.size()).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .filter(OwnLines::isQuoted)
        .isEmpty();
  }

  private static boolean isHeader(String line) {
    int colon = line.indexOf(':');
    return colon > 0 && colon < 12 && HEADER.matcher(line).matches();
  }

  /** Two headers of a mail within three lines. */
  private static boolean isHeaderBlock(List<String> all, int i) {
    if (!isHeader(all.get(i).strip())) {
      return false;
    }
    return all.subList(i + 1, Math.min(all.size(), i + 3)).stream()
        .anyMatch(line -> isHeader(line.strip()));
  }

  /** Of the headers of a forwarded mail only the subject says something. */
  private static String subject(String line) {
    Matcher header = HEADER.matcher(line);
    return header.matches() && SUBJECT.contains(header.group(1).toLowerCase(Locale.ROOT))
        ? REPLY.matcher(header.group(2)).replaceFirst("").strip()
        : "";
  }

  /** A line that only addresses somebody, with the matter below it. */
  private static boolean isSalutation(String line, List<String> all, int i) {
    return SALUTATION.matcher(line).matches()
        && all.subList(i + 1, all.size()).stream().anyMatch(later -> !later.isBlank());
  }

  /** After a line such as <em>Best regards</em> only the writer's particulars follow. */
  private static List<String> withoutSignature(List<String> lines) {
    for (int i = Math.max(1, lines.size() - 9); i < lines.size(); i++) {
      if (SmallTalk.isFarewell(lines.get(i).strip())
          && lines.subList(i + 1, lines.size()).stream().allMatch(OwnLines::isParticulars)) {
        return lines.subList(0, i);
      }
    }
    return lines;
  }

  private static boolean isParticulars(String line) {
    return line.length() <= 80 && !SENTENCE.matcher(line.strip()).find();
  }
}
