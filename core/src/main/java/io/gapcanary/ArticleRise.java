package io.gapcanary;

import java.time.Instant;

/**
 * An article after which customers suddenly come back more often than before.
 *
 * @param articleId the article
 * @param title its title
 * @param edition the edition that was given when it was noticed
 * @param change what rose, as it stands
 * @param at when it was noticed
 */
public record ArticleRise(
    String articleId, String title, int edition, RateChange change, Instant at) {}
