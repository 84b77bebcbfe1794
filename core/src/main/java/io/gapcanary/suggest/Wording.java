package io.gapcanary.suggest;

import io.gapcanary.RepeatRate;
import io.gapcanary.kb.Language;
import java.time.LocalDate;
import java.util.List;

/** The sentences that agents read, in Korean or in English. */
enum Wording {
  KOREAN {
    @Override
    String words(List<String> words) {
      return "질문과 같은 낱말: " + String.join(", ", words);
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
      return day + "에 이 고객에게 이미 안내한 문서입니다";
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
      return "버전 “" + version + "”을(를) 읽을 수 없어 모든 문서를 후보로 보았습니다";
    }
  },
  ENGLISH {
    @Override
    String words(List<String> words) {
      return "Shares the words: " + String.join(", ", words);
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
      return "This customer was given this on " + day;
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

  /** The sentences for a customer's language. */
  static Wording of(String language) {
    return language.equals(Language.KOREAN) ? KOREAN : ENGLISH;
  }

  abstract String words(List<String> words);

  abstract String askedAs(String wording);

  abstract String meaning();

  abstract String givenBefore(LocalDate day);

  abstract String incomplete(RepeatRate rate);

  abstract String dismissed(int voices);

  abstract String notValidated();

  abstract String otherLanguage(String language);

  abstract String internal();

  abstract String unreadableVersion(String version);
}
