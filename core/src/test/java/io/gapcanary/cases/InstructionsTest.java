package io.gapcanary.cases;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstructionsTest {
  @Test
  void whatToDoStays() {
    assertThat(
            Instructions.in(
                "Sorry about that. There's one thing the page doesn't say: the light has to be solid white before you push"
                    + " the clip in. If it's any other colour, holding it only restarts the Hub."))
        .containsExactly(
            "There's one thing the page doesn't say: the light has to be solid white before you push the clip in.",
            "If it's any other colour, holding it only restarts the Hub.");
    assertThat(
            Instructions.in("번거롭게 해 드려 죄송합니다. 누르기 전에 불빛이 흰색으로 고정되어 있어야 합니다. 다른 색일 때 누르면 재시작만 돼요."))
        .containsExactly("누르기 전에 불빛이 흰색으로 고정되어 있어야 합니다.", "다른 색일 때 누르면 재시작만 돼요.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hello! How can I help you today?",
        "Hi, real person here. Go ahead!",
        "Understood. Wishing you well.",
        "Thanks, the last four are enough for us. I've masked the rest.",
        "If anything acts up, come straight back.",
        "Let me check that for you, one moment please.",
        "I have ordered a new one for you.",
        "Is the light on the front solid white or blinking right now?",
        "The steps are on https://help.example.com/en-us/articles/1101",
        "I will write to [email] as soon as it is there.",
        "네, 확인해 보겠습니다. 등록 번호가 [phone] 맞으실까요?",
        "안녕하세요. 무엇을 도와드릴까요?",
        "네~ 편하게 쓰시고 불편한 점 있으시면 또 알려 주세요.",
        "많이 힘드셨겠습니다.",
        "본인확인 먼저 도와드리겠습니다.",
        "기다려 주셔서 감사했습니다.",
        "새 어댑터를 보내드리겠습니다.",
        "순서는 여기 있습니다 https://help.example.com/ko-kr/articles/2003"
      })
  void courtesiesQuestionsAddressesAndPersonalDataGo(String message) {
    assertThat(Instructions.in(message)).isEmpty();
  }

  @Test
  void anAnswersFirstWordGoes() {
    assertThat(Instructions.in("Yes, the switch under Network must be off."))
        .containsExactly("the switch under Network must be off.");
  }
}
