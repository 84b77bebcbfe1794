package io.gapcanary.service.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Addresses of pages that bear what people typed, encoded. */
public final class Addresses {
  private Addresses() {}

  /** An article's page. */
  public static String article(String id) {
    return "/articles/" + encoded(id);
  }

  /** A case's conversation. */
  public static String agent(String caseId) {
    return "/agent?case=" + encoded(caseId);
  }

  /** The cases of a gap, from a cursor on, or those of one week. */
  public static String gapCases(String gapId, @Nullable LocalDate monday, @Nullable String after) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (monday != null) {
      parameters.put("week", monday.toString());
    }
    if (after != null) {
      parameters.put("after", after);
    }
    String path = "/gaps/" + gapId + "/cases";
    return parameters.isEmpty() ? path : query(path, parameters);
  }

  /** Why an article is suggested for a case, or with an empty id why anything is. */
  public static String explain(String caseId, String articleId) {
    return explain(Map.of("case", caseId), articleId.isEmpty() ? List.of() : List.of(articleId));
  }

  /** The page that explains, with the values that are there. */
  static String explain(Map<String, ? extends @Nullable String> query, List<String> articles) {
    return "/explain?"
        + Stream.concat(
                query.entrySet().stream()
                    .filter(entry -> entry.getValue() != null)
                    .map(entry -> parameter(entry.getKey(), String.valueOf(entry.getValue()))),
                articles.stream().map(id -> parameter("article", id)))
            .collect(Collectors.joining("&"));
  }

  /** A page with the parameters that are there. */
  static String query(String path, Map<String, ? extends @Nullable String> parameters) {
    return path
        + "?"
        + parameters.entrySet().stream()
            .filter(entry -> entry.getValue() != null)
            .map(entry -> parameter(entry.getKey(), String.valueOf(entry.getValue())))
            .collect(Collectors.joining("&"));
  }

  /** One parameter of a query. */
  static String parameter(String name, String value) {
    return name + "=" + encoded(value);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
