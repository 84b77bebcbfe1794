package io.gapcanary;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Every number that a desk's operator may set, with its unit and its default.
 *
 * <p>{@link #DEFAULT} is meant to do; {@link #with} changes single ones: {@code
 * DeskSettings.DEFAULT.with(b -> b.repeatWindow(Duration.ofDays(14)))}.
 *
 * @param repeatWindow how long after a close a return still is a repeat contact (7 days)
 * @param reconnectWithin a return sooner than this is a dropped line, not a repeat contact (15
 *     minutes)
 * @param closeAfter an open case closes itself this long after its last message (24 hours)
 * @param floors floors by language over the calibrated ones, probabilities (none)
 * @param near how far below the floor still is near: a share of the floor (0.5)
 * @param learnedFor what was learned longer than this before a question no longer counts for it
 *     (730 days)
 * @param questionLength how much of a customer's text makes the question, in characters (1,200)
 * @param sameSubject the probability from which two cases of one customer have the same subject
 *     (0.5)
 * @param grouping the mean probability from which a question joins a group (0.3)
 * @param merging how close the questions of two groups are, relatively, from which on the groups
 *     become one: 1 is as alike across as within (0.45)
 * @param groupingNeighbours how many nearest questions are asked which group to join (40)
 * @param minimumCustomers how many distinct customers make a missing gap (2)
 * @param minimumArticleCustomers how many make a superseded, unfindable or untranslated gap (3)
 * @param unfindableShare an article is unfindable when questions lead to it in less than 1 − this
 *     share of the cases that were given it (0.75)
 * @param unfindableConfidence how sure that must be, a probability (0.9)
 * @param incompleteRatio an article is incomplete when its repeat rate exceeds the expected one
 *     this many times (1.5)
 * @param incompleteMargin and by at least this much (0.05)
 * @param incompleteConfidence how sure that must be, and that the article is one of the incomplete
 *     ones, a probability (0.97)
 * @param incompleteCustomers how many distinct customers must have come back (5)
 * @param priorRepeatRate the repeat rate of a desk of which nothing is known yet (0.1)
 * @param priorCases how many cases that prior is worth (20)
 * @param floodCases more cases than this that ask alike within {@code floodWithin} look like a
 *     machine's doing: see {@link Floods}; 0: none do (30)
 * @param floodWithin that length of time (10 minutes)
 * @param verifiedAfter a gap whose questions are answered is verified when nobody has missed it for
 *     this long since (7 days)
 * @param impactHalfLife after this long a case weighs half as much in the impact (14 days)
 * @param impactWeights how much a factor of the impact counts: exponents by factor, 0 to 3 (1 each)
 * @param segmentWeights how much a customer's segment counts in the impact: weights by segment (1
 *     each)
 * @param phoneRegions the countries whose national phone numbers are masked, ISO 3166 (KR, US)
 * @param timeZone where the desk is: its days and weeks begin there (UTC)
 * @param reportAt from when on a Monday, there, webhooks are told the report of the week before
 *     (08:00)
 * @param keepCases how long a closed case is kept; 0: for ever (0)
 * @param formingCustomers as many distinct customers, each in words of their own, must ask in open
 *     cases what has no gap yet for those who listen to the board to be told; 0: they never are (5)
 * @param durability how soon an event is safe on disk (full)
 */
public record DeskSettings(
    Duration repeatWindow,
    Duration reconnectWithin,
    Duration closeAfter,
    Map<String, Double> floors,
    double near,
    Duration learnedFor,
    int questionLength,
    double sameSubject,
    double grouping,
    double merging,
    int groupingNeighbours,
    int minimumCustomers,
    int minimumArticleCustomers,
    double unfindableShare,
    double unfindableConfidence,
    double incompleteRatio,
    double incompleteMargin,
    double incompleteConfidence,
    int incompleteCustomers,
    double priorRepeatRate,
    double priorCases,
    int floodCases,
    Duration floodWithin,
    Duration verifiedAfter,
    Duration impactHalfLife,
    Map<String, Double> impactWeights,
    Map<String, Double> segmentWeights,
    List<String> phoneRegions,
    ZoneId timeZone,
    LocalTime reportAt,
    Duration keepCases,
    int formingCustomers,
    Durability durability) {

  /** How soon an event is safe on disk. */
  public enum Durability implements WireName {
    /** Before the call returns: for a live desk. */
    FULL,
    /** When the desk closes: for a history that can be read again. */
    RELAXED
  }

  /** What is used when nobody says otherwise. */
  public static final DeskSettings DEFAULT = new Builder().build();

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the setting and what it was
   */
  public DeskSettings {
    requirePositive("repeatWindow", repeatWindow);
    requirePositive("closeAfter", closeAfter);
    requirePositive("learnedFor", learnedFor);
    requirePositive("floodWithin", floodWithin);
    if (floodCases < 0) {
      throw new IllegalArgumentException("floodCases must be 0 or more, not " + floodCases);
    }
    requirePositive("verifiedAfter", verifiedAfter);
    requirePositive("impactHalfLife", impactHalfLife);
    if (reconnectWithin.isNegative() || reconnectWithin.compareTo(repeatWindow) > 0) {
      throw new IllegalArgumentException(
          "reconnectWithin must lie between 0 and repeatWindow, not " + reconnectWithin);
    }
    floors = Map.copyOf(floors);
    floors.forEach((language, floor) -> requireShare("floor of " + language, floor));
    requireShare("near", near);
    requireAtLeastOne("questionLength", questionLength);
    requireShare("sameSubject", sameSubject);
    requireShare("grouping", grouping);
    requireShare("merging", merging);
    requireAtLeastOne("groupingNeighbours", groupingNeighbours);
    requireAtLeastOne("minimumCustomers", minimumCustomers);
    requireAtLeastOne("minimumArticleCustomers", minimumArticleCustomers);
    requireShare("unfindableShare", unfindableShare);
    requireShare("unfindableConfidence", unfindableConfidence);
    if (!(incompleteRatio >= 1)) {
      throw new IllegalArgumentException(
          "incompleteRatio must be 1 or more, not " + incompleteRatio);
    }
    requireShare("incompleteMargin", incompleteMargin);
    requireShare("incompleteConfidence", incompleteConfidence);
    requireAtLeastOne("incompleteCustomers", incompleteCustomers);
    requireShare("priorRepeatRate", priorRepeatRate);
    if (!(priorCases > 0)) {
      throw new IllegalArgumentException("priorCases must be more than 0, not " + priorCases);
    }
    ImpactWeights weights = new ImpactWeights(impactWeights, segmentWeights);
    impactWeights = weights.factors();
    segmentWeights = weights.segments();
    phoneRegions = List.copyOf(phoneRegions);
    if (formingCustomers < 0) {
      throw new IllegalArgumentException(
          "formingCustomers must be 0 or more, not " + formingCustomers);
    }
    if (!keepCases.isZero() && keepCases.compareTo(repeatWindow.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "keepCases must be 0 or at least twice repeatWindow, not " + keepCases);
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be longer than nothing, not " + value);
    }
  }

  private static void requireShare(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must lie between 0 and 1, not " + value);
    }
  }

  private static void requireAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more, not " + value);
    }
  }

  /** How much the factors of the impact and the segments count. */
  public ImpactWeights weights() {
    return new ImpactWeights(impactWeights, segmentWeights);
  }

  /** These settings, some of them changed. */
  public DeskSettings with(UnaryOperator<Builder> change) {
    return change.apply(new Builder(this)).build();
  }

  /**
   * Everything that shapes results, by name, for the record: durations in ISO 8601, the rest as it
   * is. How results are kept ({@link #durability}), and when one is told of what open cases ask
   * ({@link #formingCustomers}), is left out.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("repeatWindow", repeatWindow.toString());
    map.put("reconnectWithin", reconnectWithin.toString());
    map.put("closeAfter", closeAfter.toString());
    map.put("floors", new TreeMap<>(floors));
    map.put("near", near);
    map.put("learnedFor", learnedFor.toString());
    map.put("questionLength", questionLength);
    map.put("sameSubject", sameSubject);
    map.put("grouping", grouping);
    map.put("merging", merging);
    map.put("groupingNeighbours", groupingNeighbours);
    map.put("minimumCustomers", minimumCustomers);
    map.put("minimumArticleCustomers", minimumArticleCustomers);
    map.put("unfindableShare", unfindableShare);
    map.put("unfindableConfidence", unfindableConfidence);
    map.put("incompleteRatio", incompleteRatio);
    map.put("incompleteMargin", incompleteMargin);
    map.put("incompleteConfidence", incompleteConfidence);
    map.put("incompleteCustomers", incompleteCustomers);
    map.put("priorRepeatRate", priorRepeatRate);
    map.put("priorCases", priorCases);
    map.put("floodCases", floodCases);
    map.put("floodWithin", floodWithin.toString());
    map.put("verifiedAfter", verifiedAfter.toString());
    map.put("impactHalfLife", impactHalfLife.toString());
    map.put("impactWeights", new TreeMap<>(impactWeights));
    map.put("segmentWeights", new TreeMap<>(segmentWeights));
    map.put("phoneRegions", phoneRegions);
    map.put("timeZone", timeZone.getId());
    map.put("reportAt", reportAt.toString());
    map.put("keepCases", keepCases.toString());
    return map;
  }

  /** Collects changes of settings. Not thread-safe. */
  public static final class Builder {
    private Duration repeatWindow = Duration.ofDays(7);
    private Duration reconnectWithin = Duration.ofMinutes(15);
    private Duration closeAfter = Duration.ofHours(24);
    private Map<String, Double> floors = Map.of();
    private double near = 0.5;
    private Duration learnedFor = Duration.ofDays(730);
    private int questionLength = 1200;
    private double sameSubject = 0.5;
    private double grouping = 0.3;
    private double merging = 0.45;
    private int groupingNeighbours = 40;
    private int minimumCustomers = 2;
    private int minimumArticleCustomers = 3;
    private double unfindableShare = 0.75;
    private double unfindableConfidence = 0.9;
    private double incompleteRatio = 1.5;
    private double incompleteMargin = 0.05;
    private double incompleteConfidence = 0.97;
    private int incompleteCustomers = 5;
    private double priorRepeatRate = 0.1;
    private double priorCases = 20;
    private int floodCases = 30;
    private Duration floodWithin = Duration.ofMinutes(10);
    private Duration verifiedAfter = Duration.ofDays(7);
    private Duration impactHalfLife = Duration.ofDays(14);
    private Map<String, Double> impactWeights = Map.of();
    private Map<String, Double> segmentWeights = Map.of();
    private List<String> phoneRegions = List.of("KR", "US");
    private ZoneId timeZone = ZoneId.of("UTC");
    private LocalTime reportAt = LocalTime.of(8, 0);
    private Duration keepCases = Duration.ZERO;
    private int formingCustomers = 5;
    private Durability durability = Durability.FULL;

    private Builder() {}

    private Builder(DeskSettings from) {
      repeatWindow = from.repeatWindow;
      reconnectWithin = from.reconnectWithin;
      closeAfter = from.closeAfter;
      floors = from.floors;
      near = from.near;
      learnedFor = from.learnedFor;
      questionLength = from.questionLength;
      sameSubject = from.sameSubject;
      grouping = from.grouping;
      merging = from.merging;
      groupingNeighbours = from.groupingNeighbours;
      minimumCustomers = from.minimumCustomers;
      minimumArticleCustomers = from.minimumArticleCustomers;
      unfindableShare = from.unfindableShare;
      unfindableConfidence = from.unfindableConfidence;
      incompleteRatio = from.incompleteRatio;
      incompleteMargin = from.incompleteMargin;
      incompleteConfidence = from.incompleteConfidence;
      incompleteCustomers = from.incompleteCustomers;
      priorRepeatRate = from.priorRepeatRate;
      priorCases = from.priorCases;
      floodCases = from.floodCases;
      floodWithin = from.floodWithin;
      verifiedAfter = from.verifiedAfter;
      impactHalfLife = from.impactHalfLife;
      impactWeights = from.impactWeights;
      segmentWeights = from.segmentWeights;
      phoneRegions = from.phoneRegions;
      timeZone = from.timeZone;
      reportAt = from.reportAt;
      keepCases = from.keepCases;
      formingCustomers = from.formingCustomers;
      durability = from.durability;
    }

    public Builder repeatWindow(Duration value) {
      repeatWindow = value;
      return this;
    }

    public Builder reconnectWithin(Duration value) {
      reconnectWithin = value;
      return this;
    }

    public Builder closeAfter(Duration value) {
      closeAfter = value;
      return this;
    }

    public Builder floors(Map<String, Double> value) {
      floors = value;
      return this;
    }

    public Builder near(double value) {
      near = value;
      return this;
    }

    public Builder learnedFor(Duration value) {
      learnedFor = value;
      return this;
    }

    public Builder questionLength(int value) {
      questionLength = value;
      return this;
    }

    public Builder sameSubject(double value) {
      sameSubject = value;
      return this;
    }

    public Builder grouping(double value) {
      grouping = value;
      return this;
    }

    public Builder merging(double value) {
      merging = value;
      return this;
    }

    public Builder groupingNeighbours(int value) {
      groupingNeighbours = value;
      return this;
    }

    public Builder minimumCustomers(int value) {
      minimumCustomers = value;
      return this;
    }

    public Builder minimumArticleCustomers(int value) {
      minimumArticleCustomers = value;
      return this;
    }

    public Builder unfindableShare(double value) {
      unfindableShare = value;
      return this;
    }

    public Builder unfindableConfidence(double value) {
      unfindableConfidence = value;
      return this;
    }

    public Builder incompleteRatio(double value) {
      incompleteRatio = value;
      return this;
    }

    public Builder incompleteMargin(double value) {
      incompleteMargin = value;
      return this;
    }

    public Builder incompleteConfidence(double value) {
      incompleteConfidence = value;
      return this;
    }

    public Builder incompleteCustomers(int value) {
      incompleteCustomers = value;
      return this;
    }

    public Builder priorRepeatRate(double value) {
      priorRepeatRate = value;
      return this;
    }

    public Builder priorCases(double value) {
      priorCases = value;
      return this;
    }

    public Builder floodCases(int value) {
      floodCases = value;
      return this;
    }

    public Builder floodWithin(Duration value) {
      floodWithin = value;
      return this;
    }

    public Builder verifiedAfter(Duration value) {
      verifiedAfter = value;
      return this;
    }

    public Builder impactHalfLife(Duration value) {
      impactHalfLife = value;
      return this;
    }

    public Builder impactWeights(Map<String, Double> value) {
      impactWeights = value;
      return this;
    }

    public Builder segmentWeights(Map<String, Double> value) {
      segmentWeights = value;
      return this;
    }

    public Builder phoneRegions(List<String> value) {
      phoneRegions = value;
      return this;
    }

    public Builder timeZone(ZoneId value) {
      timeZone = value;
      return this;
    }

    public Builder reportAt(LocalTime value) {
      reportAt = value;
      return this;
    }

    public Builder keepCases(Duration value) {
      keepCases = value;
      return this;
    }

    public Builder formingCustomers(int value) {
      formingCustomers = value;
      return this;
    }

    public Builder durability(Durability value) {
      durability = value;
      return this;
    }

    /**
     * Makes the settings.
     *
     * @throws IllegalArgumentException naming the setting that is out of range
     */
    public DeskSettings build() {
      return new DeskSettings(
          repeatWindow,
          reconnectWithin,
          closeAfter,
          floors,
          near,
          learnedFor,
          questionLength,
          sameSubject,
          grouping,
          merging,
          groupingNeighbours,
          minimumCustomers,
          minimumArticleCustomers,
          unfindableShare,
          unfindableConfidence,
          incompleteRatio,
          incompleteMargin,
          incompleteConfidence,
          incompleteCustomers,
          priorRepeatRate,
          priorCases,
          floodCases,
          floodWithin,
          verifiedAfter,
          impactHalfLife,
          impactWeights,
          segmentWeights,
          phoneRegions,
          timeZone,
          reportAt,
          keepCases,
          formingCustomers,
          durability);
    }
  }
}
