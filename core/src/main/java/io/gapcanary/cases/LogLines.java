package io.gapcanary.cases;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes pasted logs and stack traces down to what went wrong: the exceptions and the first errors
 * stay, without times and packages; frames, levels below a warning and dumps go.
 */
final class LogLines {
  /** Messages that are kept of the logs in one text. */
  private static final int MOST_MESSAGES = 3;

  /** Two lines with a time may be anybody's words; from here on they are a log. */
  private static final int A_LOG = 3;

  private static final int LONGEST_WORD = 120;

  private static final Pattern FRAME =
      Pattern.compile(
          "at (?:async )?[^ ]*[.<$/][^ ]* ?\\([^)]*\\).{0,60}|at .{1,300}(?:\\.\\w{1,5}|>):\\d+(?::\\d+)?\\)?|at [\\w.$<>`\\[\\],/+ ]{3,200}\\([^)]*\\) in .*"
              + "|File \".*\", line \\d+.*|\\.\\.\\. \\d+ (?:more|common).*|#\\d+ +(?:0x[0-9a-f]+|[0-9a-f]{8,}) .*"
              + "|goroutine \\d+ \\[.*|from .{1,300}:\\d+:in .*|\\^+|~*\\^+~*"
              + "|[^ ]{1,200}\\.(?:go|py|rb|js|ts|java|kt|cs|cpp|php):\\d+.{0,80}"
              + "|Traceback \\(most recent call last\\):?|(?:Stack ?trace|Call stack|스택 ?트레이스) ?:?"
              + "|[0-9A-Fa-f]{4,}[:h]? +(?:[0-9A-Fa-f]{2} +){4,}.*");

  private static final Pattern TIME =
      Pattern.compile(
          "[\\[(<]?(?:\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}[T ,]+\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?(?: ?(?:Z|UTC|GMT|[+-]\\d{2}:?\\d{2}))?"
              + "|\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d+)?"
              + "|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* +\\d{1,2},? +(?:\\d{4} +)?\\d{1,2}:\\d{2}:\\d{2})[\\])>]?[ ,:|-]*");

  private static final Pattern LEVEL =
      Pattern.compile(
          "(?:\\[[^\\]]{0,60}\\] *|[\\w.-]{1,60} (?=[\\w./-]{1,40}\\[\\d+\\]: )|[\\w.$-]{1,60}(?:\\[\\d+\\])?: *|\\d{1,8} +(?=[A-Z]{4,8}\\b)){0,3}"
              + "[\\[(<]?(TRACE|DEBUG|VERBOSE|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|FATAL|CRITICAL|ALERT|EMERG)[\\])>]?(?=[ :|\\[-]|$)[ :|-]*");

  /** A thread in brackets, a logger's name. */
  private static final Pattern ORIGIN =
      Pattern.compile("(?:\\[[^\\]]{0,80}\\] *|(?:[\\w$-]+\\.){2,}[\\w$]+ *[-:]+ +|- +)*");

  private static final Pattern THROWN =
      Pattern.compile(
          "(?:Exception in thread \"[^\"]{0,80}\" |Caused by: |Suppressed: |Uncaught (?:\\(in promise\\) )?|Unhandled exception[.:] ?)?"
              + "((?:[\\w$]+\\.)*[A-Z][\\w$]*(?:Exception|Error|Fault|Failure)\\b(?:: .*)?)");

  private static final Pattern PACKAGE =
      Pattern.compile(
          "\\b(?:[a-z_][\\w$]*\\.)+(?=[A-Z][\\w$]*(?:Exception|Error|Fault|Failure)\\b)");

  private static final Pattern TROUBLE =
      Pattern.compile(
          "(?i)\\b(?:error|fail|exception|denied|refused|timed? ?out|unable|cannot|can't|invalid|missing|fatal|unreachable|forbidden)|오류|실패|거부|예외|만료|불가");

  private final List<String> kept = new ArrayList<>();
  private final Set<String> messages = new HashSet<>();
  private boolean afterFrame;

  private LogLines() {}

  /** The lines of which none is a log's own, in order. */
  static List<String> without(List<String> lines) {
    boolean log = lines.stream().filter(line -> startsWithTime(line.strip())).count() >= A_LOG;
    LogLines reduced = new LogLines();
    lines.forEach(line -> reduced.add(line, log));
    return reduced.kept;
  }

  private static boolean startsWithTime(String line) {
    return !line.isEmpty()
        && "[(<0123456789JFMASOND".indexOf(line.charAt(0)) >= 0
        && TIME.matcher(line).lookingAt();
  }

  private void add(String raw, boolean log) {
    String line = raw.strip();
    boolean sourceOfFrame = afterFrame && raw.startsWith("    ");
    afterFrame = isFrame(line);
    if (afterFrame || sourceOfFrame || isDump(line)) {
      return;
    }
    Matcher time = TIME.matcher(line);
    boolean timed = startsWithTime(line) && time.lookingAt();
    String rest = timed ? line.substring(time.end()) : line;
    Matcher level = LEVEL.matcher(rest);
    if (hasCapitals(rest) && level.lookingAt() && (timed || isSetOff(rest, level.end(1)))) {
      addMessage(level.group(1), rest.substring(level.end()));
      return;
    }
    Matcher thrown = THROWN.matcher(rest);
    if (namesTrouble(rest) && thrown.matches()) {
      addMessage("ERROR", thrown.group(1));
    } else if (!timed) {
      kept.add(line);
    } else if (log) {
      addMessage(TROUBLE.matcher(rest).find() ? "ERROR" : "INFO", rest);
    } else if (!rest.isBlank()) {
      kept.add(rest);
    }
  }

  private static boolean isFrame(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (":(^.#[".indexOf(line.charAt(i)) >= 0) {
        return FRAME.matcher(line).matches();
      }
    }
    return !line.isEmpty()
        && "SsCc스0123456789aAbBcCdDeEfF".indexOf(line.charAt(0)) >= 0
        && line.length() < 200
        && FRAME.matcher(line).matches();
  }

  /** A level has four capitals in a row. */
  private static boolean hasCapitals(String line) {
    int row = 0;
    for (int i = 0; i < line.length() && row < 4; i++) {
      char c = line.charAt(i);
      row = c >= 'A' && c <= 'Z' ? row + 1 : 0;
    }
    return row == 4;
  }

  private static boolean namesTrouble(String line) {
    return line.contains("Exception")
        || line.contains("Error")
        || line.contains("Fault")
        || line.contains("Failure");
  }

  /** {@code ERROR:} and {@code [INFO]} are levels, {@code ERROR 49} may be anybody's words. */
  private static boolean isSetOff(String line, int end) {
    return "[(<".indexOf(line.charAt(0)) >= 0
        || line.startsWith(":", end)
        || line.startsWith("|", end)
        || line.startsWith("  ", end)
        || line.startsWith(" [", end);
  }

  private static boolean isDump(String line) {
    return line.length() > LONGEST_WORD
        && line.indexOf(' ') < 0
        && line.chars().noneMatch(c -> c >= 0xAC00 && c <= 0xD7A3);
  }

  private void addMessage(String level, String message) {
    boolean trouble =
        switch (level) {
          case "TRACE", "DEBUG", "VERBOSE", "INFO", "NOTICE" -> false;
          default -> true;
        };
    String named = PACKAGE.matcher(message).replaceAll("");
    String said = ORIGIN.matcher(named).replaceFirst("").strip();
    if (trouble
        && !said.isEmpty()
        && messages.size() < MOST_MESSAGES
        && messages.add(said.replaceAll("\\d+", "0"))) {
      kept.add(said);
    }
  }
}
