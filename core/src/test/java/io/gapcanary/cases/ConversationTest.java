package io.gapcanary.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.text.Normalizer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole conversations as they come from chats, mails and forms, and the question in each. */
class ConversationTest {
  private static String question(String... messages) {
    return CaseQuestion.of(List.of(messages), 1200).text();
  }

  private static Arguments mail(String name, String question, String... messages) {
    return argumentSet(name, question, List.of(messages));
  }

  static Stream<Arguments> conversations() {
    return Stream.of(
        mail(
            "an answer above the agent's quoted mail",
            "The reset link says it has expired.",
            """
            Hi Support team,

            The reset link says it has expired.

            Thanks,
            Maya Lind
            Nordhaus Ltd.

            On Mon, Nov 2, 2026 at 10:15 AM Support <[email]> wrote:
            > Please reset your password with the link below.
            > It is valid for an hour.
            """),
        mail(
            "an introduction that wraps, and a quotation without marks",
            "It still asks for the old card.",
            """
            It still asks for the old card.
            On Mon, Nov 2, 2026 at 10:15 AM Billing Support <
            [email]> wrote:

            Hello Maya, you can change your card under Billing.
            """),
        mail(
            "Outlook's header block",
            "Where do I find the invoice for October?",
            """
            Where do I find the invoice for October?

            From: Support <[email]>
            Sent: Monday, November 2, 2026 10:15
            To: Maya Lind
            Subject: RE: Your order

            Your parcel is on its way. Is there anything else?
            """),
        mail(
            "an original message",
            "The parcel arrived without the charger.",
            """
            The parcel arrived without the charger.

            -----Original Message-----
            From: Support
            Your parcel was delivered today.
            """),
        mail(
            "a forwarded mail that is the question itself",
            "Scanner is not found\nThe scanner is not found since we moved to Wi-Fi.",
            """
            ---------- Forwarded message ---------
            From: Jon Berg <[email]>
            Date: Mon, Nov 2, 2026
            Subject: Fwd: Scanner is not found
            To: Maya Lind <[email]>

            The scanner is not found since we moved to Wi-Fi.
            """),
        mail(
            "a phone's signature and a disclaimer",
            "My order shows the wrong address.",
            """
            My order shows the wrong address.

            Sent from my iPhone

            This e-mail and any attachments are confidential and intended solely for the
            recipient. If you received it in error, delete it and tell the sender.
            """),
        mail(
            "a signature of many lines",
            "Can we add a second administrator to our plan?",
            """
            Dear Sir or Madam,
            I hope this email finds you well.
            Can we add a second administrator to our plan?
            Kind regards,
            Jon Berg
            Head of Operations
            Nordhaus Ltd. | 12 Harbour Street
            [phone]
            www.nordhaus.example
            """),
        mail(
            "thanks before the matter",
            "the printer is dead since this morning",
            """
            Thanks!
            the printer is dead since this morning
            """),
        mail(
            "a stack trace",
            "Export to PDF fails.\nIllegalStateException: No fonts installed\nIOException: Permission denied: /var/cache/fonts",
            """
            Hello,
            Export to PDF fails.
            Exception in thread "main" java.lang.IllegalStateException: No fonts installed
                at com.example.pdf.Fonts.load(Fonts.java:88)
                at com.example.pdf.Export.run(Export.java:41)
                at java.base/java.lang.Thread.run(Thread.java:1583)
            Caused by: java.io.IOException: Permission denied: /var/cache/fonts
                ... 17 more
            """),
        mail(
            "a Python traceback",
            "The sync script stopped working after the upgrade\nKeyError: 'account_id'",
            """
            The sync script stopped working after the upgrade
            Traceback (most recent call last):
              File "/opt/sync/main.py", line 12, in <module>
                run(load())
              File "/opt/sync/run.py", line 40, in run
                account = row['account_id']
            KeyError: 'account_id'
            """),
        mail(
            "a log with one error in it",
            "Backup never finishes.\nDisk quota exceeded (code 4032)\nWhat does it mean?",
            """
            Backup never finishes.
            2026-11-02 09:00:00,001 INFO  [main] com.example.backup.Job - started
            2026-11-02 09:00:01,112 DEBUG [pool-1] com.example.backup.Job - copied 117 files
            2026-11-02 09:04:09,500 ERROR [pool-1] com.example.backup.Job - Disk quota exceeded (code 4032)
            2026-11-02 09:04:39,500 ERROR [pool-1] com.example.backup.Job - Disk quota exceeded (code 4032)
            2026-11-02 09:04:40,001 INFO  [main] com.example.backup.Job - waiting
            What does it mean?
            """),
        mail(
            "a browser's console",
            "The cart stays empty.\nTypeError: Cannot read properties of undefined (reading 'items')",
            """
            The cart stays empty.
            Uncaught TypeError: Cannot read properties of undefined (reading 'items')
                at Cart.render (cart.js:210:17)
                at https://shop.example.com/app.js:14:3
            """),
        mail(
            "a system log",
            "VPN drops every hour\nserver certificate expired",
            """
            VPN drops every hour
            Nov  2 10:22:33 laptop vpnd[812]: INFO: rekeying
            Nov  2 10:22:34 laptop vpnd[812]: ERROR: server certificate expired
            """),
        mail(
            "a time that begins a sentence is no log",
            "이후로 로그인이 안 됩니다",
            "2026-11-02 10:30 이후로 로그인이 안 됩니다"),
        mail(
            "small talk in many messages",
            "the app logs me out every few minutes",
            "hey",
            "anyone there?",
            "hi Sam, thanks for helping",
            "the app logs me out every few minutes",
            "ok",
            "sure, one moment",
            "thank you!!"),
        mail(
            "what is said later and more specifically",
            "The app crashes on start.\nonly when the calendar plugin is enabled",
            "The app crashes on start.",
            "yes",
            "only when the calendar plugin is enabled"),
        mail(
            "another question counts from then on",
            "how do I change the language of invoices?",
            "My parcel has not arrived for two weeks",
            "ah great, it just came",
            "I have another question",
            "how do I change the language of invoices?"),
        mail(
            "quoted lines between answers",
            "It happens on both.\nWindows 11",
            """
            > Does it happen on Wi-Fi or on cable?
            It happens on both.
            > Which system do you use?
            Windows 11
            """),
        mail(
            "지메일 인용",
            "링크가 만료되었다고 나옵니다.",
            """
            안녕하세요.
            링크가 만료되었다고 나옵니다.
            감사합니다.
            한서윤 드림

            2026년 11월 2일 (월) 오전 10:15, 고객지원 <[email]>님이 작성:
            > 아래 링크에서 비밀번호를 재설정해 주세요.
            """),
        mail(
            "표시 없는 인용",
            "카드가 계속 거절됩니다.",
            """
            카드가 계속 거절됩니다.

            2026년 11월 2일 (월) 오전 10:15, 고객지원 <[email]>님이 작성:

            결제 수단은 결제 화면에서 바꾸실 수 있습니다.
            """),
        mail(
            "아웃룩 인용",
            "10월 세금계산서는 어디에서 받나요?",
            """
            10월 세금계산서는 어디에서 받나요?

            보낸 사람: 고객지원 <[email]>
            보낸 날짜: 2026년 11월 2일 월요일
            받는 사람: 한서윤
            제목: RE: 주문 안내

            주문하신 상품이 발송되었습니다.
            """),
        mail(
            "원본 메시지",
            "충전기가 빠진 채로 왔어요.",
            """
            충전기가 빠진 채로 왔어요.
            -----원본 메시지-----
            보낸 사람: 고객지원
            상품이 배송되었습니다.
            """),
        mail(
            "휴대폰 서명과 고지문",
            "배송지가 잘못 나와요",
            """
            배송지가 잘못 나와요

            나의 iPhone에서 보냄

            본 메일은 지정된 수신인만을 위한 것이며 기밀 정보를 담고 있을 수 있습니다.
            잘못 받으신 경우 삭제해 주십시오.
            """),
        mail(
            "인사와 서명 사이",
            "관리자를 한 명 더 추가할 수 있나요?",
            """
            담당자님 안녕하세요.
            관리자를 한 명 더 추가할 수 있나요?
            감사합니다.
            한서윤 드림
            노드하우스 운영팀
            [phone]
            """),
        mail(
            "로그가 붙은 문의",
            "백업이 끝나지 않습니다.\n디스크 용량 초과 (코드 4032)",
            """
            안녕하세요, 백업이 끝나지 않습니다.
            [2026-11-02 09:00:00] [INFO] 시작
            [2026-11-02 09:00:05] [DEBUG] 파일 117개 복사
            [2026-11-02 09:04:09] [ERROR] 디스크 용량 초과 (코드 4032)
            """),
        mail(
            "여러 번 나눠 보낸 말",
            "앱이 자꾸 로그아웃돼요",
            "안녕하세요",
            "ㅎㅎ",
            "상담 가능한가요?",
            "앱이 자꾸 로그아웃돼요",
            "네",
            "넵 감사합니다~",
            "ㅠㅠ"),
        mail(
            "나중에 더 자세히",
            "앱이 켜지자마자 꺼져요\n캘린더 플러그인을 켰을 때만 그래요",
            "앱이 켜지자마자 꺼져요",
            "네",
            "캘린더 플러그인을 켰을 때만 그래요"),
        mail(
            "다른 질문",
            "송장 언어는 어떻게 바꾸나요?",
            "택배가 2주째 안 왔어요",
            "아 방금 왔네요",
            "다른 문의가 있는데요",
            "송장 언어는 어떻게 바꾸나요?"),
        mail("띄어쓰기 없는 말", "비밀번호변경이안돼요", "안녕하세요문의드립니다", "비밀번호변경이안돼요"),
        mail("영문 자판으로 친 인사", "환불은 언제 되나요", "dkssudgktpdy", "환불은 언제 되나요"),
        mail(
            "맥에서 온 글",
            "환불은 언제 되나요",
            Normalizer.normalize("안녕하세요. 환불은 언제 되나요", Normalizer.Form.NFD)));
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void theQuestionIsFound(String question, List<String> messages) {
    assertThat(CaseQuestion.of(messages, 1200).text()).isEqualTo(question);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dkssudgktpdy",
        "DKSSUDGKTPDY",
        "rkatkgkqslek",
        "안녕하세요\u200B",
        "ㅋㅋㅋ 안녕하세요ㅎㅎ",
        "ㅠㅠ",
        "\uD83D\uDE4F\uD83D\uDE4F",
        "\uFEFF",
        "Hello, I hope you are doing well.",
        "> Did that help?\n> Let us know.",
        "Thank you!\nSent from my iPhone",
        "감사합니다\n나의 iPhone에서 보냄",
        "네 알겠습니다. 수고하세요!",
      })
  void nothingIsAsked(String text) {
    assertThat(question(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How do I remove Sent from my iPhone from my mails?",
        "Is this message confidential?",
        "What did the agent say: why was my refund wrote off",
        "Subject: lines are cut off in print",
        "INFO desk number please? I lost it",
        "ERROR 49 on the printer",
        "On Wi-Fi the intended recipients do not receive my mails, on mobile data they do",
        "at checkout (step 2) nothing happens",
        "#1 add a second printer",
        "refund the rock climbing course",
        "나의 PC에서 보낸 메일이 안 가요",
        "오류가 났다고 나옵니다: E-4032",
        "안녕 모드를 켜는 법",
      })
  void aQuestionThatLooksLikeTheRestStays(String text) {
    assertThat(question(text)).isEqualTo(text);
  }

  @Test
  void hundredKilobytesOfLogLeaveWhatWasSaidAroundThem() {
    String line = "2026-11-02 09:00:00,001 INFO [main] com.example.Job - polled 17 of 23 items\n";
    String text =
        "Our nightly job hangs.\n"
            + line.repeat(700)
            + "2026-11-02 09:00:00,001 ERROR [main] com.example.Job - Lease lost\n"
            + line.repeat(700)
            + "How do I restart it without losing data?";
    assertThat(question(text))
        .isEqualTo("Our nightly job hangs.\nLease lost\nHow do I restart it without losing data?");
  }

  @Test
  void aLongMessageKeepsItsStartAndItsEnd() {
    String text =
        "My scanner is lost. "
            + "It was fine before that day. ".repeat(500)
            + "Which driver do I need?";
    assertThat(question(text))
        .hasSizeLessThanOrEqualTo(1200)
        .startsWith("My scanner is lost.")
        .endsWith("Which driver do I need?");
  }
}
