package io.gapcanary.service.page;

import io.gapcanary.FollowUp;
import io.gapcanary.Gap;
import io.gapcanary.GapReplay;
import io.gapcanary.ToTell;
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
 * @param replay the gap's questions asked again, or {@code null} when nobody asked for it
 * @param tried whether the replay was of what the form holds
 * @param others gaps that this one may be merged into
 */
public record GapWork(
    List<FollowUp> followUps,
    String draft,
    boolean tellingDue,
    List<ToTell> toTell,
    TrialForm trial,
    @Nullable GapReplay replay,
    boolean tried,
    List<Gap> others) {

  /**
   * An article to be tried.
   *
   * @param articleId the article that it would replace, or empty
   */
  public record TrialForm(String articleId, String title, String body) {}

  /** What customers ask that the article does not say. */
  public List<FollowUp> lacking() {
    return followUps.stream().filter(one -> one.passage() == null).toList();
  }

  /** What they ask although the article says it. */
  public List<FollowUp> said() {
    return followUps.stream().filter(one -> one.passage() != null).toList();
  }
}
