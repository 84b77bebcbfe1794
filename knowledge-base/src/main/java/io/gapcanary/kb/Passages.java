package io.gapcanary.kb;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts an article's body into passages: short enough to point at, long enough to make sense. */
final class Passages {
  /** Characters that a passage has at least, unless the body ends. */
  static final int ENOUGH = 350;

  /** Characters that a passage has at most. */
  static final int MOST = 900;

  /**
   * Passages of one article; what comes later in a very long one is found by its title and words.
   */
  static final int MOST_PASSAGES = 40;

  private static final Pattern LINE_START =
      Pattern.compile("^(?:#{1,6}\\s+|>\\s?|[-*+]\\s+|\\d{1,3}[.)]\\s+){1,40}+");
  private static final Pattern LINK =
      Pattern.compile("!?\\[([^\\]]{0,300}+)\\]\\([^)\\s]{0,500}+[^)]{0,100}+\\)");
  private static final Pattern MARKS = Pattern.compile("\\*\\*|__|`{1,3}|~~|\\|");
  private static final Pattern TAGS = Pattern.compile("</?[a-zA-Z][^<>]{0,200}>");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private Passages() {}

  /** The passages of a Markdown or plain body, without marks, in order; none for a blank one. */
  static List<String> of(String body) {
    List<String> passages = new ArrayList<>();
    StringBuilder passage = new StringBuilder();
    for (String raw : body.split("\\R")) {
      String line = plain(raw);
      boolean heading = raw.startsWith("#");
      if ((heading && passage.length() >= ENOUGH / 2) || passage.length() + line.length() > MOST) {
        flush(passage, passages);
      }
      append(line, passage, passages);
      if (passage.length() >= ENOUGH && line.isEmpty()) {
        flush(passage, passages);
      }
    }
    flush(passage, passages);
    return passages.size() > MOST_PASSAGES
        ? List.copyOf(passages.subList(0, MOST_PASSAGES))
        : passages;
  }

  /** A line without its Markdown. */
  static String plain(String line) {
    String text = LINE_START.matcher(line.strip()).replaceFirst("");
    text = LINK.matcher(text).replaceAll("$1");
    text = TAGS.matcher(text).replaceAll(" ");
    return BLANKS.matcher(MARKS.matcher(text).replaceAll("")).replaceAll(" ").strip();
  }

  private static void append(String line, StringBuilder passage, List<String> passages) {
    String rest = line;
    while (passage.length() + rest.length() > MOST) {
      int cut = Math.max(1, rest.lastIndexOf(' ', MOST - passage.length()));
      cut = Math.min(cut <= 1 ? MOST - passage.length() : cut, rest.length());
      passage.append(rest, 0, cut).append('\n');
      flush(passage, passages);
      rest = rest.substring(cut).strip();
    }
    if (!rest.isEmpty()) {
      passage.append(rest).append('\n');
    }
  }

  private static void flush(StringBuilder passage, List<String> passages) {
    String text = passage.toString().strip();
    if (!text.isEmpty()) {
      passages.add(text);
    }
    passage.setLength(0);
  }
}
