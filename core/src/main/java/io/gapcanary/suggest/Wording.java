package io.gapcanary.suggest;

import io.gapcanary.RateChange;
import io.gapcanary.RepeatRate;
import io.gapcanary.Suggestions.KnownGap.Solution;
import io.gapcanary.kb.Language;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sentences that agents read, in Korean or in English. */
enum Wording {
  KOREAN {
    @Override
    String words(List<?> words) {
      return "질문과 같은 낱말: " + joined(words);
    }

    @Override
    String askedAs(String wording) {
      return "전에 이렇게 물은 고객이 이 문서로 해결했습니다: “" + wording + "”";
    }

    @Override
    String meaning() {
      return "질문과 뜻이 비슷합니다";
    }

    @Override
    String givenBefore(LocalDate day) {
      return day.format(KOREAN_DAY) + "에 이 고객에게 이미 안내한 문서입니다";
    }

    @Override
    String incomplete(RepeatRate rate) {
      return "이 문서를 안내받은 고객 " + rate.given() + "명 중 " + rate.returned() + "명이 다시 문의했습니다";
    }

    @Override
    String dismissed(int voices) {
      return "비슷하게 물은 고객 " + voices + "명의 상담에서 맞지 않다고 판단한 문서입니다";
    }

    @Override
    String worseLately(RateChange rise, LocalDate since) {
      return since.format(KOREAN_DAY)
          + "부터 이 문서를 안내받은 고객 "
          + rise.given()
          + "명 중 "
          + rise.returned()
          + "명이 다시 문의했습니다(그전에는 "
          + rise.formerGiven()
          + "명 중 "
          + rise.formerReturned()
          + "명)";
    }

    @Override
    String forming(int others) {
      return "지금 진행 중인 다른 상담 " + others + "건에서도 같은 문제를 묻고 있습니다. 아직 공백 목록에는 없습니다.";
    }

    @Override
    String knownGap(
        int place, int open, @Nullable String owner, int solved, List<Solution> solutions) {
      StringBuilder text = new StringBuilder("최근 7일 동안 이 문제를 만난 ");
      text.append(place == 1 ? "첫 번째" : place + "번째").append(" 상담입니다. ");
      if (open > 0) {
        text.append("지금 진행 중인 다른 상담 ").append(open).append("건에서도 같은 문제를 묻고 있습니다. ");
      }
      text.append(owner == null ? "아직 담당자가 없습니다." : "담당자: " + owner + ".");
      if (solved > 0) {
        text.append(" 문서 없이 해결한 상담이 ").append(solved).append("건 있습니다");
        text.append(
            solutions.isEmpty()
                ? "."
                : ". 가장 최근 답변: “"
                    + solutions.getFirst().quote()
                    + "” (상담 "
                    + solutions.getFirst().caseId()
                    + ")");
      }
      return text.toString();
    }

    @Override
    String notValidated() {
      return "아직 검증되지 않은 문서입니다";
    }

    @Override
    String otherLanguage(String language) {
      return "문서의 언어가 다릅니다: " + language;
    }

    @Override
    String internal() {
      return "내부용 문서입니다: 고객에게 보내지 마세요";
    }

    @Override
    String unreadableVersion(String version) {
      return "읽을 수 없는 버전(“" + version + "”)이라 모든 버전의 문서를 후보로 보았습니다";
    }
  },
  ENGLISH {
    @Override
    String words(List<?> words) {
      return "Shares the words: " + joined(words);
    }

    @Override
    String askedAs(String wording) {
      return "Solved it for a customer who asked: “" + wording + "”";
    }

    @Override
    String meaning() {
      return "Means much the same as the question";
    }

    @Override
    String givenBefore(LocalDate day) {
      return "This customer was given this on " + day.format(ENGLISH_DAY);
    }

    @Override
    String incomplete(RepeatRate rate) {
      return rate.returned() + " of " + rate.given() + " customers given this came back";
    }

    @Override
    String dismissed(int voices) {
      return "Did not fit for " + voices + " customers who asked much the same";
    }

    @Override
    String worseLately(RateChange rise, LocalDate since) {
      return "Since "
          + since.format(ENGLISH_DAY)
          + ", "
          + rise.returned()
          + " of "
          + rise.given()
          + " customers given this came back; before, "
          + rise.formerReturned()
          + " of "
          + rise.formerGiven();
    }

    @Override
    String forming(int others) {
      return others == 1
          ? "One other conversation that is open now asks the same. It is no gap yet."
          : others + " other conversations that are open now ask the same. It is no gap yet.";
    }

    @Override
    String knownGap(
        int place, int open, @Nullable String owner, int solved, List<Solution> solutions) {
      StringBuilder text = new StringBuilder("You are the ");
      text.append(place == 1 ? "first" : ordinal(place)).append(" to meet this in seven days. ");
      if (open > 0) {
        text.append(open == 1 ? "One other conversation" : open + " other conversations");
        text.append(
            open == 1 ? " that is open now asks it too. " : " that are open now ask it too. ");
      }
      text.append(owner == null ? "Nobody sees to it yet." : owner + " sees to it.");
      if (solved > 0) {
        text.append(solved == 1 ? " It was solved once" : " It was solved " + solved + " times");
        text.append(" without an article");
        text.append(
            solutions.isEmpty()
                ? "."
                : ", last like this: “"
                    + solutions.getFirst().quote()
                    + "” (case "
                    + solutions.getFirst().caseId()
                    + ")");
      }
      return text.toString();
    }

    @Override
    String notValidated() {
      return "Not validated yet";
    }

    @Override
    String otherLanguage(String language) {
      return "Written in another language: " + language;
    }

    @Override
    String internal() {
      return "Internal: do not send it to the customer";
    }

    @Override
    String unreadableVersion(String version) {
      return "Version “" + version + "” cannot be read, so articles for every version are shown";
    }
  };

  private static final DateTimeFormatter KOREAN_DAY =
      DateTimeFormatter.ofPattern("M월 d일(EEE)", Locale.KOREAN);
  private static final DateTimeFormatter ENGLISH_DAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM", Locale.ENGLISH);

  /** 1st, 2nd, 3rd, 4th, 11th, 21st. */
  static String ordinal(int number) {
    int last = number % 10;
    boolean teen = number % 100 / 10 == 1;
    return number
        + (teen || last == 0 || last > 3 ? "th" : List.of("st", "nd", "rd").get(last - 1));
  }

  private static String joined(List<?> words) {
    return words.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** The sentences for a customer's language. */
  static Wording of(String language) {
    return language.equals(Language.KOREAN) ? KOREAN : ENGLISH;
  }

  abstract String words(List<?> words);

  abstract String askedAs(String wording);

  abstract String meaning();

  abstract String givenBefore(LocalDate day);

  abstract String incomplete(RepeatRate rate);

  abstract String dismissed(int voices);

  abstract String worseLately(RateChange rise, LocalDate since);

  abstract String forming(int others);

  abstract String knownGap(
      int place, int open, @Nullable String owner, int solved, List<Solution> solutions);

  abstract String notValidated();

  abstract String otherLanguage(String language);

  abstract String internal();

  abstract String unreadableVersion(String version);
}
