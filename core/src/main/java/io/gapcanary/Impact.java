package io.gapcanary;

/**
 * What a gap costs, in minutes of work a week, with every factor of the formula.
 *
 * <p>{@code score = casesPerWeek × minutesPerCase × (1 + repeatRate) × reach × segmentWeight ×
 * trend}, each factor raised to its weight ({@link ImpactWeights}), which is 1 unless somebody
 * decides otherwise.
 *
 * @param score the product; gaps are ranked by it
 * @param casesPerWeek cases a week, recent ones weighing more: one as old as the half-life weighs
 *     half
 * @param minutesPerCase the mean work of its cases minus that of answered cases, at least 1 minute
 * @param repeatRate the share of its cases that are repeat contacts, in [0, 1]
 * @param distinctCustomers how many customers met it
 * @param reach {@code distinctCustomers ÷ cases}, in (0, 1]: one customer's obsession is not a
 *     trend
 * @param segmentWeight the mean weight of its cases' segments; 1 where none has one
 * @param trend growth: the rate of the last week against that of the half-life, between ½ and 2
 */
public record Impact(
    double score,
    double casesPerWeek,
    double minutesPerCase,
    double repeatRate,
    int distinctCustomers,
    double reach,
    double segmentWeight,
    double trend) {}
