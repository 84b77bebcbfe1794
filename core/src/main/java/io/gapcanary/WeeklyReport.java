package io.gapcanary;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a week brought: which gaps came, grew, were fixed and came back, how the desk did against
 * the week before, and what to do first. Nothing that customers said is in it but for the titles of
 * gaps, which are masked.
 *
 * <p>What happened is that of the week; states, owners, impacts and what to do first are as of
 * {@link #asOf}.
 *
 * @param week {@code 2026-W47}
 * @param from its Monday, where the desk is
 * @param to its Sunday
 * @param timeZone where the desk is
 * @param asOf the desk's time when this was told
 * @param whole false while the week goes on
 * @param appeared the gaps that were raised, those with the most cases in the week first
 * @param grown the gaps from before that got further cases, likewise; dismissed ones left out
 * @param fixed the gaps that evidence verified and that were not opened again in the same week, in
 *     that order
 * @param reopened the gaps that were done with and were opened again, likewise
 * @param todo the gaps by impact that somebody can do something about, at most five; those whose
 *     remedy is there and waits for its proof are left out
 * @param health how the desk did
 * @param worse the articles that customers came back after in the week and whose repeat rate
 *     suddenly rose, the surest first
 */
public record WeeklyReport(
    String week,
    LocalDate from,
    LocalDate to,
    String timeZone,
    Instant asOf,
    boolean whole,
    Section appeared,
    Section grown,
    Section fixed,
    Section reopened,
    List<Todo> todo,
    Health health,
    List<Worse> worse) {
  /** Takes copies. */
  public WeeklyReport {
    todo = List.copyOf(todo);
    worse = List.copyOf(worse);
  }

  /**
   * Some gaps.
   *
   * @param count how many there are
   * @param gaps the first of them, at most 50
   */
  public record Section(int count, List<OfGap> gaps) {
    /** Takes a copy. */
    public Section {
      gaps = List.copyOf(gaps);
    }
  }

  /**
   * A gap in the week.
   *
   * @param title masked
   * @param articleId the article concerned, or {@code null}
   * @param owner who sees to it, or {@code null}
   * @param cases how many it has in all
   * @param casesOfWeek how many of them closed in the week
   * @param casesOfWeekBefore how many in the week before
   * @param latest the latest of the week's cases, the latest first, at most 20
   * @param turn what made it appear, fixed (the proof) or reopened; {@code null} for one that grew
   */
  public record OfGap(
      String gapId,
      Gap.Kind kind,
      Gap.State state,
      String title,
      @Nullable String articleId,
      @Nullable String owner,
      int cases,
      int casesOfWeek,
      int casesOfWeekBefore,
      List<String> latest,
      Gap.@Nullable Event turn) {
    /** Takes a copy. */
    public OfGap {
      latest = List.copyOf(latest);
    }
  }

  /**
   * A gap to see to.
   *
   * @param gap the gap
   * @param step what to do about it
   * @param impact what it costs, factor by factor
   * @param rank where it stands, and what puts it above the next one
   */
  public record Todo(OfGap gap, Step step, Impact impact, GapRank rank) {}

  /** What to do about a gap: by its kind, or by what is to cure it. */
  public enum Step implements WireName {
    /** Of a missing one. */
    WRITE_ARTICLE,
    /** Of an incomplete one. */
    COMPLETE_ARTICLE,
    /** Of a superseded one. */
    COVER_VERSION,
    /** Of an unfindable one. */
    MAKE_FINDABLE,
    /** Of an untranslated one. */
    TRANSLATE_ARTICLE,
    /** Of one whose remedy is a fix of the product. */
    FIX_PRODUCT,
    /** Of one whose remedy is another way of working. */
    CHANGE_PROCESS,
    /** Of one whose remedy is training. */
    TRAIN_AGENTS;

    /** The step for a gap. */
    public static Step of(Gap gap) {
      return switch (gap.remedy()) {
        case PRODUCT_FIX -> FIX_PRODUCT;
        case PROCESS -> CHANGE_PROCESS;
        case TRAINING -> TRAIN_AGENTS;
        case ARTICLE ->
            switch (gap.kind()) {
              case MISSING -> WRITE_ARTICLE;
              case INCOMPLETE -> COMPLETE_ARTICLE;
              case SUPERSEDED -> COVER_VERSION;
              case UNFINDABLE -> MAKE_FINDABLE;
              case UNTRANSLATED -> TRANSLATE_ARTICLE;
            };
      };
    }
  }

  /**
   * How the desk did.
   *
   * @param week the cases that closed in the week
   * @param before those of the week before
   */
  public record Health(DeskFigures week, DeskFigures before) {}

  /**
   * An article that became worse.
   *
   * @param title its title
   * @param change since when, and by how much
   * @param returnsOfWeek how many repeat contacts after it closed in the week
   * @param latest the latest of them, at most 20
   */
  public record Worse(
      String articleId, String title, RateChange change, int returnsOfWeek, List<String> latest) {
    /** Takes a copy. */
    public Worse {
      latest = List.copyOf(latest);
    }
  }
}
