package io.gapcanary.service.page;

import io.gapcanary.Floor;
import io.gapcanary.Gap;
import io.gapcanary.LearnedWording;
import io.gapcanary.Totals;
import io.gapcanary.kb.Article;
import io.gapcanary.service.http.Problem;
import io.gapcanary.service.text.GapHistory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What each page shows: one record a template. */
public final class Views {
  private Views() {}

  /**
   * The first page.
   *
   * @param conversation the live demonstration
   * @param gaps the first ones
   * @param totals the desk in numbers
   * @param articles how many there are
   */
  public record First(
      Frame frame, ConversationView conversation, List<Gap> gaps, Totals totals, int articles) {}

  /**
   * The console.
   *
   * @param conversation the one at hand
   */
  public record Agent(Frame frame, ConversationView conversation) {}

  /**
   * The gap list.
   *
   * @param gaps a page of it
   * @param kinds those that are shown; empty: all
   * @param states those that are shown
   * @param next where the next page begins, or {@code null}
   */
  public record Gaps(
      Frame frame,
      List<Gap> gaps,
      Set<Gap.Kind> kinds,
      Set<Gap.State> states,
      @Nullable String next) {}

  /**
   * One gap.
   *
   * @param gap the gap
   * @param titles titles of the articles that it names, by id
   * @param work what helps to close it
   * @param refused why a change was not made, or {@code null}
   */
  public record OneGap(
      Frame frame, Gap gap, Map<String, String> titles, GapWork work, @Nullable String refused) {
    /** An article's title, or its id when it is gone. */
    public String title(String articleId) {
      return titles.getOrDefault(articleId, articleId);
    }

    /** What happened to it, in words. */
    public String said(Gap.Event event) {
      return GapHistory.say(event, frame.voice(), frame.named());
    }

    /** Who did it. */
    public String who(Gap.Event event) {
      return GapHistory.who(event, frame.voice());
    }

    /** The states that a person may bring it to, and the one that it is in. */
    public List<Gap.State> states() {
      return Stream.of(Gap.State.values())
          .filter(state -> state == gap.state() || gap.state().mayBecome(state))
          .toList();
    }
  }

  /**
   * The articles.
   *
   * @param rows a page of them
   * @param next where the next page begins, or {@code null}
   */
  public record Articles(Frame frame, List<ArticleRow> rows, @Nullable String next) {}

  /**
   * An article in the list.
   *
   * @param article the article
   * @param given in how many closed cases it was given
   * @param gaps the open gaps that name it
   */
  public record ArticleRow(Article article, int given, List<Gap> gaps) {}

  /**
   * One article.
   *
   * @param row the article with its health
   * @param html its body, safe to show
   * @param wordings what was learned for it
   */
  public record OneArticle(
      Frame frame,
      ArticleRow row,
      String html,
      List<LearnedWording> wordings,
      List<LearnedWording> dismissals) {
    private static final int SHOWN = 5;

    /** The wordings that stand open. */
    public List<LearnedWording> latest() {
      return wordings.subList(0, Math.min(SHOWN, wordings.size()));
    }

    /** The others. */
    public List<LearnedWording> earlier() {
      return wordings.subList(latest().size(), wordings.size());
    }
  }

  /**
   * The desk.
   *
   * @param totals its numbers
   * @param articles how many there are
   * @param asOf its time
   * @param floors all of them
   * @param settings every setting
   * @param impairment what is wrong with the meaning model, or {@code null}
   */
  public record Desk(
      Frame frame,
      Totals totals,
      int articles,
      Instant asOf,
      List<Floor> floors,
      Map<String, Object> settings,
      @Nullable String impairment) {}

  /**
   * A problem.
   *
   * @param problem what went wrong
   */
  public record Trouble(Frame frame, Problem problem) {}
}
