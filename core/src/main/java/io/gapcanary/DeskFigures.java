package io.gapcanary;

/**
 * What closed cases came to, counted; the formulas stand in {@code docs/health.md}.
 *
 * @param cases closed cases
 * @param asked those with a question
 * @param answered those that an article answered, or that were given one
 * @param noMatch those that no article answers
 * @param tooLittleText those whose customer never stated a question
 * @param unavailable those that could not be judged yet
 * @param known cases with a question and a resolution, and something given
 * @param knownNotCaptured the same, solved with nothing given
 * @param newOnes the same, not solved and nothing given; {@code new} in files
 * @param repeatContacts cases that repeat an earlier one
 * @param reconnects cases that continue one that was cut off
 * @param concurrent cases opened while an earlier one of the customer was open
 * @param linkRate cases with something given ÷ cases with a question
 * @param linkAccuracy links that nothing speaks against ÷ links
 * @param noMatchRate no-match ÷ cases with a question
 * @param repeatRate repeat contacts ÷ cases with a question and a known customer
 * @param returnedWithArticle of the cases of known customers that gave an article, those that a
 *     later case repeats
 * @param returnedWithoutArticle of those with a question that gave none
 * @param identityCoverage cases of known customers ÷ cases
 * @param resolutionWithArticle from opening to close, of solved cases that gave an article
 * @param resolutionWithoutArticle of solved cases with a question that gave none
 * @param workWithArticle the work of the former
 * @param workWithoutArticle the work of the latter
 */
public record DeskFigures(
    int cases,
    int asked,
    int answered,
    int noMatch,
    int tooLittleText,
    int unavailable,
    int known,
    int knownNotCaptured,
    int newOnes,
    int repeatContacts,
    int reconnects,
    int concurrent,
    Share linkRate,
    Share linkAccuracy,
    Share noMatchRate,
    Share repeatRate,
    Share returnedWithArticle,
    Share returnedWithoutArticle,
    Share identityCoverage,
    MeanMinutes resolutionWithArticle,
    MeanMinutes resolutionWithoutArticle,
    MeanMinutes workWithArticle,
    MeanMinutes workWithoutArticle) {}
