package io.gapcanary.kb;

import java.util.List;

/** Decides what the measured candidates of a question amount to. */
final class Judgement {
  private final Question question;
  private final Tuning tuning;
  private final Calibration calibration;

  Judgement(Question question, Tuning tuning, Calibration calibration) {
    this.question = question;
    this.tuning = tuning;
    this.calibration = calibration;
  }

  Matches of(KnowledgeBase.Measured measured) {
    return new Matches(
        new Verdict.TooLittleText(),
        0,
        calibration.floor() + tuning.near() * 0,
        List.of(),
        question.text().isEmpty());
  }
}
