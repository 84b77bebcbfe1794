package io.gapcanary;

/**
 * The desk in numbers. Cases are closed ones, but for those set aside.
 *
 * @param cases closed cases
 * @param answered those that an article answered, or that were given one
 * @param noMatch those that no article answers
 * @param tooLittleText those whose customer never stated a question
 * @param unavailable those that could not be judged yet
 * @param linkRate cases with something given ÷ cases with a question
 * @param repeatContacts cases that repeat an earlier one
 * @param reconnects cases that continue one that was cut off
 * @param concurrent cases opened while an earlier one of the customer was open
 * @param withoutCustomerId cases of unknown customers, for whom no repeat can be seen
 * @param known cases with a question and a resolution, and something given
 * @param knownNotCaptured the same, solved with nothing given
 * @param newOnes the same, not solved and nothing given; {@code new} in files
 * @param heldBack subjects of every kind that too few customers have shown to be gaps
 * @param setAside cases that look like a machine's doing and count nowhere else; see {@link Floods}
 */
public record Totals(
    int cases,
    int answered,
    int noMatch,
    int tooLittleText,
    int unavailable,
    double linkRate,
    int repeatContacts,
    int reconnects,
    int concurrent,
    int withoutCustomerId,
    int known,
    int knownNotCaptured,
    int newOnes,
    int heldBack,
    int setAside) {}
