package io.gapcanary.kb;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What must be known of an article to decide whether it applies; its text stays in the index. */
record Header(
    String id,
    String title,
    String language,
    Applicability applicability,
    boolean archived,
    @Nullable Instant publishedAt,
    @Nullable Instant validUntil) {

  static Header of(Article a) {
    return new Header(
        a.id(),
        a.title(),
        a.language(),
        a.applicability(),
        a.confidence() == Article.Confidence.ARCHIVED,
        a.publishedAt(),
        a.validUntil());
  }

  boolean published(Instant at) {
    return publishedAt == null || !at.isBefore(publishedAt);
  }

  boolean expired(Instant at) {
    return validUntil != null && !at.isBefore(validUntil);
  }
}
