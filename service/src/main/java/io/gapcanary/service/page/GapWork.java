package io.gapcanary.service.page;

import io.gapcanary.FollowUp;
import io.gapcanary.Gap;
import io.gapcanary.GapReplay;
import io.gapcanary.ToTell;
import io.gapcanary.WireName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gap's page shows to those who close it.
 *
 * @param followUps what customers came back to ask; empty but for incomplete gaps
 * @param draft the draft as HTML that is safe to show
 * @param tellingDue whether there is somebody to tell
 * @param toTell whom
 * @param trial what the form to try an article holds
 * @param wordings what the form to try wordings holds
 * @param floor what the form to try another floor holds
 * @param replay the gap's questions asked again, or {@code null} when nobody asked for it
 * @param tried the form that the replay was of, or {@code null} when it was of today
 * @param others gaps that this one may be merged into
 */
public record GapWork(
    List<FollowUp> followUps,
    String draft,
    boolean tellingDue,
    List<ToTell> toTell,
    TrialForm trial,
    WordingForm wordings,
    FloorForm floor,
    @Nullable GapReplay replay,
    @Nullable Trying tried,
    List<Gap> others) {

  /**
   * An article to be tried.
   *
   * @param articleId the article that it would replace, or empty
   */
  public record TrialForm(String articleId, String title, String body) {}

  /** What may be tried. */
  public enum Trying implements WireName {
    ARTICLE,
    WORDINGS,
    FLOOR
  }

  /**
   * Wordings to be tried.
   *
   * @param articleId the article that they would lead to, or empty
   * @param texts one a line
   * @param choices the articles that may be chosen
   */
  public record WordingForm(String articleId, String texts, List<String> choices) {}

  /**
   * A floor to be tried.
   *
   * @param languages those that may be chosen
   * @param language the one that is
   * @param inUse the floor in use for it
   * @param value as typed
   */
  public record FloorForm(List<String> languages, String language, double inUse, String value) {}

  /** What customers ask that the article does not say. */
  public List<FollowUp> lacking() {
    return followUps.stream().filter(one -> one.passage() == null).toList();
  }

  /** What they ask although the article says it. */
  public List<FollowUp> said() {
    return followUps.stream().filter(one -> one.passage() != null).toList();
  }
}
