package io.gapcanary.gaps;

import io.gapcanary.Impact;
import io.gapcanary.storage.GapStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a gap costs; see {@link Impact} for the formula.
 *
 * <p>{@code casesPerWeek} is the rate of a process whose every case fades by half in each
 * half-life: the sum of {@code 2^(−age ÷ half-life)}, times {@code ln 2 ÷ half-life}. {@code
 * minutesPerCase} is shrunk to the answered cases' mean by {@value #SHRINKING} cases' worth of it.
 * {@code trend} is the same rate with a half-life of one week, against it; both get a third of a
 * case a week for nothing, so that a single case is no trend.
 */
final class ImpactFormula {
  private static final int SHRINKING = 5;
  private static final double FOR_NOTHING = 1.0 / 3;
  private static final Duration WEEK = Duration.ofDays(7);

  private final Duration halfLife;

  ImpactFormula(Duration halfLife) {
    this.halfLife = halfLife;
  }

  /**
   * The impact of a gap.
   *
   * @param members its cases
   * @param answeredMinutes the mean work of answered cases
   */
  Impact of(List<GapStore.Member> members, double answeredMinutes, Instant now) {
    if (members.isEmpty()) {
      return new Impact(0, 0, 1, 0, 0, 1, 1);
    }
    double casesPerWeek = rate(members, halfLife, now);
    double minutes = members.stream().mapToDouble(GapStore.Member::minutes).sum();
    double mean = (minutes + SHRINKING * answeredMinutes) / (members.size() + SHRINKING);
    double minutesPerCase = Math.max(1, mean - answeredMinutes);
    double repeatRate =
        (double) members.stream().filter(GapStore.Member::repeat).count() / members.size();
    int customers = (int) members.stream().map(GapStore.Member::customer).distinct().count();
    double reach = (double) customers / members.size();
    double trend = (rate(members, WEEK, now) + FOR_NOTHING) / (casesPerWeek + FOR_NOTHING);
    trend = Math.clamp(trend, 0.5, 2);
    double score = casesPerWeek * minutesPerCase * (1 + repeatRate) * reach * trend;
    return new Impact(
        Rounded.to4(score),
        Rounded.to4(casesPerWeek),
        Rounded.to4(minutesPerCase),
        Rounded.to4(repeatRate),
        customers,
        Rounded.to4(reach),
        Rounded.to4(trend));
  }

  private static double rate(List<GapStore.Member> members, Duration halfLife, Instant now) {
    double sum = 0;
    for (GapStore.Member member : members) {
      double age = Math.max(0, Duration.between(member.at(), now).toMillis());
      sum += Math.exp(-Math.log(2) * age / halfLife.toMillis());
    }
    return sum * Math.log(2) * WEEK.toMillis() / halfLife.toMillis();
  }
}
