package io.gapcanary.kb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of the questions before that are like one.
 *
 * @param all those near, in no order
 * @param linked how many questions of the desk led to an article
 * @param ended how many ended with none
 */
record PastQuestions(List<Past> all, int linked, int ended) {
  static final PastQuestions NONE = new PastQuestions(List.of(), 0, 0);

  /**
   * A past question.
   *
   * @param given whether an article was given
   * @param alike the probability that it asks the same
   * @param version the version it was asked of, or {@code null}
   */
  record Past(boolean given, double alike, @Nullable String version) {
    /** That none was given tells something where the article applied to that question too. */
    private boolean tells(@Nullable String asked, Applicability best) {
      return given
          || version == null
          || asked == null
          || version.equals(asked)
          || best.fitsVersion(version);
    }
  }

  /**
   * The experience with an article, or with what is most like it.
   *
   * @param version the version that is asked about now, or {@code null}
   * @param best what the likeliest article applies to
   */
  Experience with(@Nullable String version, Applicability best) {
    List<Past> telling = all.stream().filter(past -> past.tells(version, best)).toList();
    return Experience.of(telling, linked, ended);
  }
}
