package io.gapcanary.service.imports;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The name that a file has where it came from. Nothing is ever written under it; it tells what the
 * file is, and names an article that has no id.
 *
 * @param parts the folders and the file
 */
record FileName(List<String> parts) {
  private static final int LONGEST_ID = 200;
  private static final Set<String> LEFT_OUT = Set.of("__MACOSX", "Thumbs.db", "desktop.ini");

  FileName {
    parts = List.copyOf(parts);
  }

  /**
   * Reads a name.
   *
   * @throws UnreadableFileException when it is none, or leads out of its folder
   */
  static FileName of(String name) {
    String text = Normalizer.normalize(name.replace('\\', '/'), Normalizer.Form.NFC);
    List<String> parts =
        Arrays.stream(text.split("/"))
            .map(String::strip)
            .filter(part -> !part.isEmpty() && !part.equals("."))
            .toList();
    if (text.startsWith("/")
        || text.matches("[A-Za-z]:.*")
        || parts.contains("..")
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new UnreadableFileException(FileReason.FILE_LEADS_OUT.flaw());
    }
    if (parts.isEmpty()) {
      throw new UnreadableFileException(FileReason.FILE_WITHOUT_NAME.flaw());
    }
    return new FileName(parts);
  }

  String last() {
    return parts.getLast();
  }

  /** Its ending in small letters, without the dot; empty when it has none. */
  String ending() {
    int dot = last().lastIndexOf('.');
    return dot < 1 ? "" : last().substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** What systems add to a folder by themselves. */
  boolean isLeftOut() {
    return parts.stream().anyMatch(part -> part.startsWith(".") || LEFT_OUT.contains(part));
  }

  /** The last part without its ending, for people. */
  String bare() {
    String ending = ending();
    return ending.isEmpty() ? last() : last().substring(0, last().length() - ending.length() - 1);
  }

  /** The id of an article that tells none: folders and name, without the ending. */
  String id() {
    String folders = String.join("-", parts.subList(0, parts.size() - 1));
    String id = folders.isEmpty() ? bare() : folders + "-" + bare();
    return id.length() <= LONGEST_ID ? id : id.substring(id.length() - LONGEST_ID);
  }

  @Override
  public String toString() {
    return String.join("/", parts);
  }
}
