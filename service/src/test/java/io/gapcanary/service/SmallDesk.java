package io.gapcanary.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Files of a small desk with a history, written for tests: everything in it is made up. */
public final class SmallDesk {
  private static final Instant START = Instant.parse("2026-10-05T08:00:00Z");

  private SmallDesk() {}

  /** {@code articles.jsonl}: four articles, one of them in Korean, one for old versions. */
  public static final String ARTICLES =
      """
      {"id":"kb-1","title":"Reset your password","body":"Open Settings, choose Account and press Reset password. A mail with a link arrives.","url":"https://help.example.com/kb-1"}
      {"id":"kb-2","title":"Pair the thermostat with the app","body":"Hold the round button of the thermostat until it blinks, then choose Add device in the app.","versions":"<3.0","url":"https://help.example.com/kb-2"}
      {"id":"kb-3","title":"배송지를 변경하는 방법","body":"주문 내역에서 배송지 변경을 누르고 새 주소를 입력합니다. 출고 전까지만 바꿀 수 있습니다.","language":"ko","url":"https://help.example.com/kb-3"}
      {"id":"kb-4","title":"Cancel a subscription","body":"Open Billing, choose the plan and press Cancel subscription. It ends with the paid month."}
      """;

  /** Writes {@code articles.jsonl} and {@code cases.jsonl} into a folder. */
  public static void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("articles.jsonl"), ARTICLES);
    Files.write(folder.resolve("cases.jsonl"), cases());
  }

  /** Forty-eight cases over six weeks: answered ones, missing ones, returns and a dropped line. */
  public static List<String> cases() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Instant at = START.plus(Duration.ofDays(i * 3L));
      lines.add(
          line(
              "pw-" + i,
              "cu-" + i,
              at,
              "I forgot my password and need to reset the password of my account",
              "{\"id\":\"kb-1\",\"at\":\"" + at.plusSeconds(200) + "\",\"action\":\"linked\"}"));
      lines.add(
          line(
              "inv-" + i,
              "cv-" + i,
              at.plusSeconds(3600),
              "Where can I download an invoice with the tax number of my company? Number " + i,
              ""));
      lines.add(
          line(
              "ko-" + i,
              "ck-" + i,
              at.plusSeconds(7200),
              i % 2 == 0 ? "주문한 물건 배송지를 변경하고 싶어요" : "해외로도 배송되나요? 관세는 누가 내나요?",
              ""));
      lines.add(
          line(
              "pw-again-" + i,
              "cu-" + i,
              at.plus(Duration.ofDays(1)),
              "I still cannot reset the password of my account, the mail never arrives",
              ""));
    }
    return lines;
  }

  private static String line(String id, String customer, Instant at, String text, String links) {
    return """
        {"id":"%s","customerId":"%s","openedAt":"%s","closedAt":"%s","resolution":"solved","channel":"chat",\
        "messages":[{"at":"%s","from":"customer","text":"%s"},{"at":"%s","from":"agent","text":"Let me look into that."}],"articles":[%s]}"""
        .formatted(
            id,
            customer,
            at,
            at.plusSeconds(600),
            at.plusSeconds(30),
            text,
            at.plusSeconds(300),
            links);
  }
}
