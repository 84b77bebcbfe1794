package io.gapcanary.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaseQuestionTest {
  private static final String LATEST =
      "and the new calendar crashes as soon as I open it from the second account";

  private static CaseQuestion question(String... messages) {
    return CaseQuestion.of(List.of(messages), 1200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hi",
        "hello there",
        "Good morning",
        "hey, anyone around?",
        "sup",
        "바쁘신데 죄송해요",
        "Is there somebody I can talk to?",
        "Hello, can you help me please?",
        "Thanks a lot, bye!",
        "thank you so much for your help",
        "I have a quick question",
        "안녕하세요",
        "안녕하세요~ 문의드릴 게 있습니다.",
        "수고하십니다",
        "상담 가능할까요?",
        "저기요",
        "혹시 지금 상담 가능한가요?",
        "질문 하나 드려도 될까요?",
        "감사합니다. 좋은 하루 되세요!",
        "ㅎㅎ",
        "?",
        "  ",
      })
  void smallTalkIsNoQuestion(String text) {
    assertThat(question(text)).isEqualTo(CaseQuestion.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I contacted you about this before.",
        "This is still not solved.",
        "Following up again:",
        "It's me again, the same problem as yesterday",
        "지난번에도 문의드렸는데요.",
        "아직 해결이 안 됐어요.",
        "다시 문의드립니다.",
        "어제 전화드렸는데 아직도 처리가 안 되고 있어요",
      })
  void aLeadInIsNoQuestionButIsNoticed(String text) {
    assertThat(question(text)).isEqualTo(new CaseQuestion("", true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hi, my printer prints nothing|my printer prints nothing",
        "Hello! How do I reset my password? Thanks!|How do I reset my password?",
        "I contacted you about this before. what is my credit limit|what is my credit limit",
        "Following up again: can you freeze my account|can you freeze my account",
        "지난번에도 문의드렸는데요. 에어컨 켜지 마.|에어컨 켜지 마.",
        "다시 문의드립니다. 환불은 언제 되나요?|환불은 언제 되나요?",
        "안녕하세요 비밀번호를 바꾸고 싶어요|비밀번호를 바꾸고 싶어요",
        "환불 문의드립니다|환불 문의드립니다",
        "how do i change my pin My email is [email]|how do i change my pin",
        "what is the weather Call me at [phone]|what is the weather",
        "my card was stolen My card is [card]|my card was stolen",
        "환불해 주세요 연락처는 [phone]|환불해 주세요",
        "주소 변경 카드번호 [card]|주소 변경",
        "송장 조회해줘 주민번호는 [resident-number]|송장 조회해줘",
        "로그인이 안 돼요. 제 번호는 [phone]로 연락 주세요|로그인이 안 돼요.",
        "can you transfer money|can you transfer money",
        "what time is it|what time is it",
      })
  void theQuestionRemains(String text, String question) {
    assertThat(question(text).text()).isEqualTo(question);
  }

  @Test
  void quotedLinesAndSignaturesAreNotTheCustomersWords() {
    assertThat(
            question(
                    "Sync fails\nThe calendar does not sync.\n> Did you restart?\nOn Monday, Ann wrote:\nYes, it fails.\nBest regards,\nJohn Smith")
                .text())
        .isEqualTo("Sync fails\nThe calendar does not sync.\nit fails.");
  }

  @Test
  void aLongTextKeepsItsStartAndTheLatestMessage() {
    CaseQuestion question = CaseQuestion.of(List.of("word ".repeat(1000), LATEST), 300);
    assertThat(question.text()).hasSizeLessThanOrEqualTo(300).endsWith(LATEST);
  }

  @Test
  void shortAnswersAddNothingToAQuestionThatIsStated() {
    assertThat(
            question("My printer disappeared after the update", "yes, the white one", "found it")
                .text())
        .isEqualTo("My printer disappeared after the update");
    assertThat(question("업데이트하고 나서 프린터가 안 잡혀요", "네 그거요", "이제 되네요").text())
        .isEqualTo("업데이트하고 나서 프린터가 안 잡혀요");
  }

  @Test
  void aFurtherQuestionAndAnErrorCodeDo() {
    assertThat(question("My printer disappeared after the update", "is it 4.1?", "E-4032").text())
        .isEqualTo("My printer disappeared after the update\nis it 4.1?\nE-4032");
  }

  @Test
  void messagesAddUp() {
    assertThat(question("Hi", "It crashes.", "When I print.").text())
        .isEqualTo("It crashes.\nWhen I print.");
  }

  @Test
  void aTextThatIsKnownToAskKeepsWhatIsLeftOrAll() {
    assertThat(CaseQuestion.asked("Hi there,\nhow do I reset my password\nThanks in advance", 500))
        .isEqualTo("how do I reset my password");
    assertThat(CaseQuestion.asked("thanks", 500)).isEqualTo("thanks");
  }
}
