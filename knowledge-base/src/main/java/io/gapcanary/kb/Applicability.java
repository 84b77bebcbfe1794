package io.gapcanary.kb;

import org.jspecify.annotations.Nullable;

/**
 * The product and the versions that an article is about.
 *
 * @param product the product's name; {@code null}: every product
 * @param versions the versions of it
 */
public record Applicability(@Nullable String product, VersionRange versions) {

  /** Fits every product and version. */
  public static final Applicability EVERYTHING = new Applicability(null, VersionRange.ALL);

  /**
   * Reads the two fields of an article.
   *
   * @param versions as in {@link VersionRange#parse}, or {@code null} for every version
   * @throws IllegalArgumentException when the versions cannot be read
   */
  public static Applicability of(@Nullable String product, @Nullable String versions) {
    String name = product == null || product.isBlank() ? null : product.strip();
    return new Applicability(
        name,
        versions == null || versions.isBlank() ? VersionRange.ALL : VersionRange.parse(versions));
  }

  /** True when a case about {@code other} (or about no product in particular) is about this one. */
  public boolean fitsProduct(@Nullable String other) {
    return product == null || other == null || product.equalsIgnoreCase(other.strip());
  }

  /** True when {@code version} is covered; one that is absent or cannot be read fits everything. */
  public boolean fitsVersion(@Nullable String version) {
    return version == null || Version.find(version).map(versions::contains).orElse(true);
  }
}
