package io.gapcanary.suggest;

import io.gapcanary.kb.Article;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of an article may go into a reply: its resolution where it has such a part, else the passage
 * that is nearest to the question; below it the article's address. Of an internal article nothing.
 */
final class Quotation {
  private static final int LONGEST = 700;

  /** The part of a KCS article that tells what to do, up to the next heading. */
  private static final Pattern RESOLUTION =
      Pattern.compile(
          "(?im)^#{1,6}\\s*(?:resolution|solution|answer|해결|해결\\s*방법|해결책|조치|조치\\s*방법|답변)\\s*:?\\s*$\\R?"
              + "([\\s\\S]*?)(?=^#{1,6}\\s|\\z)");

  private static final Pattern LINK =
      Pattern.compile("!?\\[([^\\]]{0,300}+)\\]\\([^)\\s]{0,500}+[^)]{0,100}+\\)");
  private static final Pattern MARKS =
      Pattern.compile("\\*\\*|__|`{1,3}|~~|(?m)^#{1,6}\\s+|^>\\s?");
  private static final Pattern TAGS = Pattern.compile("</?[a-zA-Z][^<>]{0,200}>");
  private static final Pattern EMPTY_LINES = Pattern.compile("\\R{3,}");

  private Quotation() {}

  /** The quotation; empty for an internal article, and for one that says nothing. */
  static Optional<String> of(Article article, String passage) {
    if (article.audience() == Article.Audience.INTERNAL) {
      return Optional.empty();
    }
    Matcher resolution = RESOLUTION.matcher(article.body());
    String found = resolution.find() ? plain(resolution.group(1)) : "";
    String said = shortened(found.isEmpty() ? passage.strip() : found);
    String url = article.url();
    String all = url == null ? said : said.isEmpty() ? url : said + "\n\n" + url;
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  private static String plain(String markdown) {
    String text = LINK.matcher(markdown).replaceAll("$1");
    text = MARKS.matcher(TAGS.matcher(text).replaceAll(" ")).replaceAll("");
    return EMPTY_LINES.matcher(text).replaceAll("\n\n").strip();
  }

  /** Ends with a whole line where it can. */
  private static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int line = text.lastIndexOf('\n', LONGEST);
    int blank = text.lastIndexOf(' ', LONGEST);
    int end = line > LONGEST / 2 ? line : blank > LONGEST / 2 ? blank : LONGEST;
    int whole = Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    return text.substring(0, whole).strip() + (line > LONGEST / 2 ? "\n…" : "…");
  }
}
