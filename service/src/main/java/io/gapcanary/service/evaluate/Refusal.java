package io.gapcanary.service.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well the questions without an article were refused.
 *
 * @param rightly refused, and no article answers
 * @param wrongly refused, though an article answers
 * @param missed answered, though no article does
 * @param answered answered, and an article does
 */
record Refusal(int rightly, int wrongly, int missed, int answered) {

  static Refusal of(boolean[] refused, boolean[] answerable) {
    int rightly = 0;
    int wrongly = 0;
    int missed = 0;
    int answered = 0;
    for (int i = 0; i < refused.length; i++) {
      rightly += refused[i] && !answerable[i] ? 1 : 0;
      wrongly += refused[i] && answerable[i] ? 1 : 0;
      missed += !refused[i] && !answerable[i] ? 1 : 0;
      answered += !refused[i] && answerable[i] ? 1 : 0;
    }
    return new Refusal(rightly, wrongly, missed, answered);
  }

  double precision() {
    return share(rightly, rightly + wrongly);
  }

  double recall() {
    return share(rightly, rightly + missed);
  }

  double f1() {
    double p = precision();
    double r = recall();
    return p + r > 0 ? 2 * p * r / (p + r) : 0;
  }

  /** Of the questions without an article, those that got a suggestion all the same. */
  double wronglyAnsweredShare() {
    return share(missed, rightly + missed);
  }

  /** Of the questions with an article, those that got none. */
  double wronglyRefusedShare() {
    return share(wrongly, wrongly + answered);
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("precision", Measures.rounded(precision()));
    figures.put("recall", Measures.rounded(recall()));
    figures.put("f1", Measures.rounded(f1()));
    return figures;
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
