package io.gapcanary.cases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses of the articles, so that an article whose address an agent's message carries is
 * noticed.
 *
 * <p>Whole addresses are compared, without scheme, {@code www.}, a locale segment, query, fragment
 * and trailing slash. Of articles with the same address the one with the smallest id counts.
 * Thread-safe.
 */
public final class ArticleAddresses {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?i)(?:https?://|www\\.)[\\w.-]{3,253}(?::\\d{1,5})?(?:/[^\\s<>\"'\\[\\]{}|\\\\^`]{0,2000})?");

  private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

  private final Map<String, TreeSet<String>> articles = new LinkedHashMap<>();
  private final Map<String, String> addressOf = new LinkedHashMap<>();

  /** Notes an article's address; an earlier one of it is forgotten. */
  public synchronized void put(String articleId, String address) {
    remove(articleId);
    String key = normalized(address);
    if (!key.isEmpty()) {
      addressOf.put(articleId, key);
      articles.computeIfAbsent(key, k -> new TreeSet<>()).add(articleId);
    }
  }

  /** Forgets an article's address. */
  public synchronized void remove(String articleId) {
    String key = addressOf.remove(articleId);
    TreeSet<String> same = key == null ? null : articles.get(key);
    if (same != null && same.remove(articleId) && same.isEmpty()) {
      articles.remove(key);
    }
  }

  /** The articles whose addresses a text carries, in order, each once. */
  public List<String> in(String text) {
    if (!text.contains("//") && !text.contains("www.")) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    Matcher m = ADDRESS.matcher(text);
    while (m.find()) {
      find(m.group()).filter(id -> !found.contains(id)).ifPresent(found::add);
    }
    return found;
  }

  private synchronized Optional<String> find(String address) {
    String key = normalized(address);
    TreeSet<String> same = articles.get(key);
    if (same == null) {
      same = articles.get(withoutTrailingMarks(key));
    }
    return Optional.ofNullable(same).map(TreeSet::first);
  }

  /** The full stop of a sentence, a bracket, or a Korean particle may follow an address. */
  private static String withoutTrailingMarks(String key) {
    int end = key.length();
    while (end > 0 && !isAddressEnd(key.charAt(end - 1))) {
      end--;
    }
    return key.substring(0, end);
  }

  private static boolean isAddressEnd(char c) {
    return (c < 128 && Character.isLetterOrDigit(c)) || c == '_' || c == '-';
  }

  /** An address without what does not tell articles apart. */
  static String normalized(String address) {
    String rest =
        address
            .strip()
            .replaceFirst("(?i)^[a-z][a-z0-9+.-]*://", "")
            .replaceFirst("(?i)^www\\.", "");
    rest = rest.replaceFirst("[?#].*$", "");
    int slash = rest.indexOf('/');
    String host = (slash < 0 ? rest : rest.substring(0, slash)).toLowerCase(Locale.ROOT);
    List<String> path = new ArrayList<>();
    if (slash >= 0) {
      for (String segment : rest.substring(slash + 1).split("/")) {
        if (!segment.isEmpty()) {
          path.add(segment);
        }
      }
    }
    if (path.size() > 1 && isLocale(path.getFirst())) {
      path.removeFirst();
    }
    return path.isEmpty() ? host : host + "/" + String.join("/", path);
  }

  /** True for a path segment such as {@code en} or {@code ko-KR}. */
  private static boolean isLocale(String segment) {
    String[] parts = segment.toLowerCase(Locale.ROOT).split("[-_]", -1);
    return LANGUAGES.contains(parts[0])
        && (parts.length == 1
            || (parts.length == 2 && parts[1].length() >= 2 && parts[1].length() <= 4));
  }
}
