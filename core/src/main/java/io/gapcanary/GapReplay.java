package io.gapcanary;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gap's stored questions, asked again: of today's articles, or as if something were changed.
 *
 * @param gapId the gap
 * @param asked how many questions were asked
 * @param answered how many an article answers, with the change where there is one
 * @param answeredBefore how many an article answers today
 * @param passes true when enough of them are answered to prove the gap fixed, and search and the
 *     meaning model were well
 * @param degraded true when they were not: what is unanswered may be answered another time
 * @param articles the articles that answer, the one that answers most first
 * @param unanswered questions that none answers, at most ten, masked
 * @param questions each question with what answers it, the latest first
 * @param others how many other cases were asked again, the latest that were given an article; 0
 *     without a change
 * @param harmed those of them that would go wrong
 */
public record GapReplay(
    String gapId,
    int asked,
    int answered,
    int answeredBefore,
    boolean passes,
    boolean degraded,
    List<String> articles,
    List<String> unanswered,
    List<Asked> questions,
    int others,
    List<Harmed> harmed) {
  /** So many unanswered questions are told at most. */
  public static final int SHOWN = 10;

  /** True when so many of the questions are answered that the gap may be fixed: four of five. */
  public static boolean isEnough(int answered, int asked) {
    return answered > 0 && 5 * answered >= 4 * asked;
  }

  /** Takes copies. */
  public GapReplay {
    articles = List.copyOf(articles);
    unanswered = List.copyOf(unanswered);
    questions = List.copyOf(questions);
    harmed = List.copyOf(harmed);
  }

  /**
   * A question of the gap.
   *
   * @param caseId the case that asked it
   * @param question masked
   * @param before the article that answers it today, or {@code null}
   * @param after the article that answers it with the change, or {@code null}
   */
  public record Asked(
      String caseId, String question, @Nullable String before, @Nullable String after) {}

  /**
   * A question that has nothing to do with the gap, and that today leads to what its agent gave.
   *
   * @param caseId the case that asked it
   * @param question masked
   * @param given the article that its agent gave
   * @param first the article that would come first, or {@code null} when nothing would be suggested
   * @param how what would go wrong
   */
  public record Harmed(
      String caseId, String question, String given, @Nullable String first, How how) {}

  /** What may go wrong with a question. */
  public enum How implements WireName {
    /** Nothing would be suggested. */
    SILENCED,
    /** What was given would no longer be among the first three. */
    PUSHED_OUT,
    /** What was given came first, and what is supposed would come before it. */
    OVERTAKEN
  }
}
