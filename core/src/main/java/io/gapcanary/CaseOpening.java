package io.gapcanary;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a case when it opens.
 *
 * @param id the caller's identifier; {@code null}: the desk makes one
 * @param openedAt when; {@code null}: now
 * @param customerId the customer, kept only as a keyed hash; {@code null}: not known
 * @param identities further ways in which the customer is known, kept only as keyed hashes
 * @param channel {@code chat}, {@code phone}, …
 * @param product the product it is about
 * @param version the product's version
 * @param language a BCP 47 tag; {@code null}: by the customer's words
 * @param segment the customer's segment
 * @param tags further words
 * @param agentId who serves it
 */
public record CaseOpening(
    @Nullable String id,
    @Nullable Instant openedAt,
    @Nullable String customerId,
    List<Identity> identities,
    @Nullable String channel,
    @Nullable String product,
    @Nullable String version,
    @Nullable String language,
    @Nullable String segment,
    List<String> tags,
    @Nullable String agentId) {

  /** The most characters of an id. */
  public static final int LONGEST_ID = 200;

  /**
   * Takes copies; blank optional parts are absent ones.
   *
   * @throws IllegalArgumentException when the id is blank or longer than 200 characters
   */
  public CaseOpening {
    if (id != null && (id.isBlank() || id.length() > LONGEST_ID)) {
      throw new IllegalArgumentException(
          "A case's id must have 1 to 200 characters: leave it out to be given one");
    }
    customerId = presentOrNull(customerId);
    identities = List.copyOf(identities);
    channel = presentOrNull(channel);
    product = presentOrNull(product);
    version = presentOrNull(version);
    language = presentOrNull(language);
    segment = presentOrNull(segment);
    tags = List.copyOf(tags);
    agentId = presentOrNull(agentId);
  }

  private static @Nullable String presentOrNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** A case of which nothing is known yet. */
  public static CaseOpening anonymous() {
    return builder().build();
  }

  /** Starts with nothing known. */
  public static Builder builder() {
    return new Builder();
  }

  /** Says who serves which case, and nothing of the customer. */
  @Override
  public String toString() {
    return "CaseOpening[" + id + ", " + openedAt + "]";
  }

  /** Collects what is known of a case. Not thread-safe. */
  public static final class Builder {
    private @Nullable String id;
    private @Nullable Instant openedAt;
    private @Nullable String customerId;
    private List<Identity> identities = List.of();
    private @Nullable String channel;
    private @Nullable String product;
    private @Nullable String version;
    private @Nullable String language;
    private @Nullable String segment;
    private List<String> tags = List.of();
    private @Nullable String agentId;

    private Builder() {}

    public Builder id(@Nullable String value) {
      id = value;
      return this;
    }

    public Builder openedAt(@Nullable Instant value) {
      openedAt = value;
      return this;
    }

    public Builder customerId(@Nullable String value) {
      customerId = value;
      return this;
    }

    public Builder identities(List<Identity> value) {
      identities = value;
      return this;
    }

    public Builder channel(@Nullable String value) {
      channel = value;
      return this;
    }

    public Builder product(@Nullable String value) {
      product = value;
      return this;
    }

    public Builder version(@Nullable String value) {
      version = value;
      return this;
    }

    public Builder language(@Nullable String value) {
      language = value;
      return this;
    }

    public Builder segment(@Nullable String value) {
      segment = value;
      return this;
    }

    public Builder tags(List<String> value) {
      tags = value;
      return this;
    }

    public Builder agentId(@Nullable String value) {
      agentId = value;
      return this;
    }

    /** Makes the opening. */
    public CaseOpening build() {
      return new CaseOpening(
          id,
          openedAt,
          customerId,
          identities,
          channel,
          product,
          version,
          language,
          segment,
          tags,
          agentId);
    }
  }
}
