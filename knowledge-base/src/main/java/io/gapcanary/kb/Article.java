package io.gapcanary.kb;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One piece of knowledge: what it says, whom it fits, and how far it may be trusted.
 *
 * <p>Immutable and thread-safe. Made with {@link #builder(String, String, String)}.
 *
 * @param id the caller's identifier, not blank
 * @param title one line, not blank
 * @param body Markdown or plain text; may be blank only when the title says it all
 * @param language a BCP 47 tag; detected from the text by the builder when it is not set
 * @param applicability the product and the versions that it is about
 * @param tags further words to find it by
 * @param url its address in the help centre
 * @param audience who may read it
 * @param confidence its KCS state; archived articles are never suggested
 * @param publishedAt not suggested before; {@code null}: it was always there
 * @param validUntil not suggested from then on; {@code null}: for ever
 * @param updatedAt when it was last changed; never hides it
 */
public record Article(
    String id,
    String title,
    String body,
    String language,
    Applicability applicability,
    List<String> tags,
    @Nullable String url,
    Audience audience,
    Confidence confidence,
    @Nullable Instant publishedAt,
    @Nullable Instant validUntil,
    @Nullable Instant updatedAt) {

  /** Who may read an article. */
  public enum Audience {
    INTERNAL,
    PUBLIC
  }

  /** KCS article states. */
  public enum Confidence {
    WIP,
    NOT_VALIDATED,
    VALIDATED,
    ARCHIVED
  }

  /**
   * Checks what every user of an article relies on.
   *
   * @throws IllegalArgumentException when the id or the title is blank
   */
  public Article {
    Objects.requireNonNull(body, "body");
    if (id.isBlank()) {
      throw new IllegalArgumentException("Cannot take an article: id is blank");
    }
    if (title.isBlank()) {
      throw new IllegalArgumentException("Cannot take article " + id + ": title is blank");
    }
    tags = List.copyOf(tags);
  }

  /** Starts an article with what every article has. */
  public static Builder builder(String id, String title, String body) {
    return new Builder(id, title, body);
  }

  /** True when it may be suggested at {@code at}, as far as its own dates and state go. */
  public boolean current(Instant at) {
    return confidence != Confidence.ARCHIVED && published(at) && !expired(at);
  }

  /** True from {@link #publishedAt} on. */
  public boolean published(Instant at) {
    return publishedAt == null || !at.isBefore(publishedAt);
  }

  /** True from {@link #validUntil} on. */
  public boolean expired(Instant at) {
    return validUntil != null && !at.isBefore(validUntil);
  }

  /** Collects an article's optional parts. Not thread-safe. */
  public static final class Builder {
    private final String id;
    private final String title;
    private final String body;
    private @Nullable String language;
    private @Nullable String product;
    private @Nullable String versions;
    private List<String> tags = List.of();
    private @Nullable String url;
    private Audience audience = Audience.PUBLIC;
    private Confidence confidence = Confidence.VALIDATED;
    private @Nullable Instant publishedAt;
    private @Nullable Instant validUntil;
    private @Nullable Instant updatedAt;

    private Builder(String id, String title, String body) {
      this.id = id;
      this.title = title;
      this.body = body;
    }

    /** A BCP 47 tag; {@code null} or blank: detected from title and body. */
    public Builder language(@Nullable String value) {
      language = value;
      return this;
    }

    /** The product it is about; {@code null}: every product. */
    public Builder product(@Nullable String value) {
      product = value;
      return this;
    }

    /** The versions it is about, as in {@link VersionRange#parse}; {@code null}: every version. */
    public Builder versions(@Nullable String value) {
      versions = value;
      return this;
    }

    public Builder tags(List<String> value) {
      tags = value;
      return this;
    }

    public Builder url(@Nullable String value) {
      url = value;
      return this;
    }

    public Builder audience(Audience value) {
      audience = value;
      return this;
    }

    public Builder confidence(Confidence value) {
      confidence = value;
      return this;
    }

    public Builder publishedAt(@Nullable Instant value) {
      publishedAt = value;
      return this;
    }

    public Builder validUntil(@Nullable Instant value) {
      validUntil = value;
      return this;
    }

    public Builder updatedAt(@Nullable Instant value) {
      updatedAt = value;
      return this;
    }

    /**
     * Makes the article.
     *
     * @throws IllegalArgumentException when a part is refused, saying which and why
     */
    public Article build() {
      String tag =
          language == null || language.isBlank() ? Language.of(title + "\n" + body) : language;
      return new Article(
          id,
          title,
          body,
          Language.primary(tag),
          Applicability.of(product, versions),
          tags,
          url,
          audience,
          confidence,
          publishedAt,
          validUntil,
          updatedAt);
    }
  }
}
