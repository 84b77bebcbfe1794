package io.gapcanary;

/**
 * How often customers came back after an article.
 *
 * @param given in how many cases of known customers it was given
 * @param returned after how many of them the customer came back about the same subject
 * @param rate {@code returned ÷ given}
 * @param low the lower end of the 95 % credible interval of the rate
 * @param high its upper end
 * @param expected the rate that the rest of the desk would lead one to expect
 */
public record RepeatRate(
    int given, int returned, double rate, double low, double high, double expected) {}
