package io.gapcanary.kb;

import java.util.Locale;
import java.util.regex.Pattern;

/** What the names of published models tell, for those that say it nowhere else. */
final class KnownModels {
  private static final Pattern MULTILINGUAL =
      Pattern.compile("multilingual|bge-m3|labse|xlm|kure|(^|[-_/])ko([-_]|$)|korean|kosimcse");

  private static final Pattern ENGLISH_ONLY =
      Pattern.compile(
          "(^|[-_/.])en(glish)?([-_.:]|$)|all-minilm|all-mpnet|msmarco|multi-qa|gtr-t5|sentence-t5"
              + "|(^|[-_/])(e5|gte)-(small|base|large)|nomic-embed-text(-v1|:|$)|mxbai-embed-large");

  /** E5, but not those that take a written instruction. */
  private static final Pattern E5 =
      Pattern.compile("(^|[^a-z0-9])e5(?![a-z0-9])(?!.*(instruct|mistral))");

  private KnownModels() {}

  static boolean isMultilingual(String name) {
    return MULTILINGUAL.matcher(name.toLowerCase(Locale.ROOT)).find();
  }

  static boolean isEnglishOnly(String name) {
    return ENGLISH_ONLY.matcher(name.toLowerCase(Locale.ROOT)).find() && !isMultilingual(name);
  }

  /** What a model wants before a text, by its name. */
  static String prefix(String name, TextEmbedder.Role role) {
    if (!E5.matcher(name.toLowerCase(Locale.ROOT)).find()) {
      return "";
    }
    return role == TextEmbedder.Role.QUESTION ? "query: " : "passage: ";
  }
}
