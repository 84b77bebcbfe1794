package io.gapcanary.kb;

/**
 * An article with the probability that it answers the question, and why.
 *
 * @param articleId the article
 * @param title its title
 * @param probability that <em>this</em> article answers, in [0, 1]
 * @param evidence what speaks for it
 */
public record Match(String articleId, String title, double probability, Evidence evidence) {}
