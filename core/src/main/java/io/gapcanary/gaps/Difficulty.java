package io.gapcanary.gaps;

import io.gapcanary.Share;

/**
 * How much harder an article's subject is than others: how often customers come back who asked
 * about it and were given nothing, against all customers who were given nothing.
 *
 * <p>With {@code r} of {@code n} such customers back and {@code U} the desk's rate without an
 * article, it is {@code ((r + 20·U) ÷ (n + 20)) ÷ U}, between 1 and 2: few customers go without the
 * article, and no subject makes its article look worse. It is 1 where {@code U} is not at least
 * twice what is expected with an article: there agents answer without linking, so that what was
 * given is no measure of the subject.
 */
final class Difficulty {
  private static final double WORTH = 20;
  private static final double MOST = 2;
  private static final double UNAIDED_AGAINST_AIDED = 2;

  private Difficulty() {}

  /**
   * The factor, in [1, 2].
   *
   * @param subject returns without the article
   * @param desk returns without any article
   * @param expected the rate that is expected with one
   */
  static double of(Share subject, Share desk, double expected) {
    if (desk.whole() == 0 || subject.whole() == 0) {
      return 1;
    }
    double rate = (double) desk.part() / desk.whole();
    if (rate < UNAIDED_AGAINST_AIDED * expected) {
      return 1;
    }
    double mine = (subject.part() + WORTH * rate) / (subject.whole() + WORTH);
    return Math.clamp(mine / rate, 1, MOST);
  }
}
