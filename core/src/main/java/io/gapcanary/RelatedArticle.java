package io.gapcanary;

/**
 * An article and the probability that it answers.
 *
 * @param id the article
 * @param probability in [0, 1]
 */
public record RelatedArticle(String id, double probability) {}
