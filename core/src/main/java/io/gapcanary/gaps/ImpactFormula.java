package io.gapcanary.gaps;

import io.gapcanary.Impact;
import io.gapcanary.ImpactWeights;
import io.gapcanary.storage.GapStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a gap costs; see {@link Impact} for the formula.
 *
 * <p>{@code casesPerWeek} weighs a case by {@code 1 ÷ (1 + age ÷ half-life)}: half when it is as
 * old as the half-life, and never nothing, so that a desk that rested for long still has an order.
 * The sum is divided by what a case a week would have summed to since the desk's first case, {@code
 * half-life × ln(1 + span ÷ half-life)}: a steady stream counts as what it is. {@code
 * minutesPerCase} is shrunk to the answered cases' mean by {@value #SHRINKING} cases' worth of it,
 * and at least a quarter of it. {@code segmentWeight} is the mean weight of its cases' segments.
 * {@code trend} is the same rate with a half-life of one week, against it; both get a third of a
 * case a week for nothing, so that a single case is no trend.
 */
final class ImpactFormula {
  private static final int SHRINKING = 5;

  /**
   * Of an answered case's work, what a missing answer costs at the least: the time spent looking
   * for it.
   */
  private static final double LEAST = 0.25;

  private static final double FOR_NOTHING = 1.0 / 3;
  private static final Duration WEEK = Duration.ofDays(7);

  private final Duration halfLife;
  private final ImpactWeights weights;

  ImpactFormula(Duration halfLife, ImpactWeights weights) {
    this.halfLife = halfLife;
    this.weights = weights;
  }

  /**
   * The impact of a gap.
   *
   * @param members its cases
   * @param answeredMinutes the mean work of answered cases
   * @param first when the desk's first case opened
   */
  Impact of(List<GapStore.Member> members, double answeredMinutes, Instant first, Instant now) {
    if (members.isEmpty()) {
      return new Impact(0, 0, 1, 0, 0, 1, 1, 1);
    }
    double casesPerWeek = rate(members, halfLife, first, now);
    double minutes = members.stream().mapToDouble(GapStore.Member::minutes).sum();
    double mean = (minutes + SHRINKING * answeredMinutes) / (members.size() + SHRINKING);
    double minutesPerCase = Math.max(Math.max(1, answeredMinutes * LEAST), mean - answeredMinutes);
    double repeatRate =
        (double) members.stream().filter(GapStore.Member::repeat).count() / members.size();
    int customers = (int) members.stream().map(GapStore.Member::customer).distinct().count();
    double reach = (double) customers / members.size();
    double trend = (rate(members, WEEK, first, now) + FOR_NOTHING) / (casesPerWeek + FOR_NOTHING);
    trend = Math.clamp(trend, 0.5, 2);
    double segments =
        members.stream()
            .mapToDouble(member -> weights.ofSegment(member.segment()))
            .average()
            .orElse(1);
    Impact exact =
        new Impact(0, casesPerWeek, minutesPerCase, repeatRate, customers, reach, segments, trend);
    return new Impact(
        Rounded.toDigits(weights.score(exact)),
        Rounded.toDigits(casesPerWeek),
        Rounded.to4(minutesPerCase),
        Rounded.to4(repeatRate),
        customers,
        Rounded.to4(reach),
        Rounded.to4(segments),
        Rounded.to4(trend));
  }

  private static double rate(
      List<GapStore.Member> members, Duration halfLife, Instant first, Instant now) {
    double half = halfLife.toMillis();
    double sum = 0;
    for (GapStore.Member member : members) {
      double age = Math.max(0, Duration.between(member.at(), now).toMillis());
      sum += 1 / (1 + age / half);
    }
    double span = Math.max(WEEK.toMillis(), Duration.between(first, now).toMillis());
    return sum * WEEK.toMillis() / (half * Math.log1p(span / half));
  }
}
