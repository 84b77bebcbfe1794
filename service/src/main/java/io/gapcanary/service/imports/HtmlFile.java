package io.gapcanary.service.imports;

import io.gapcanary.exchange.UnusableException;
import io.gapcanary.kb.Article;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * An article in HTML: its main part as Markdown, without what surrounds it. Title, language,
 * address and keywords are where HTML has them; other fields may stand in {@code meta} elements of
 * their names.
 */
final class HtmlFile {
  private static final String NEVER =
      "script, style, noscript, template, iframe, object, embed, svg, form, button, input, select";
  private static final String AROUND = "nav, header, footer, aside";

  private HtmlFile() {}

  /**
   * Reads it, in the character set that it names.
   *
   * @throws UnusableException when it is none
   */
  static Article read(FileName name, byte[] bytes) {
    Document document = parse(bytes);
    ArticleFields fields = new ArticleFields();
    document
        .select("meta[name][content]")
        .forEach(meta -> fields.put(meta.attr("name"), meta.attr("content")));
    Element canonical = document.selectFirst("link[rel=canonical][href]");
    if (canonical != null) {
      fields.putIfAbsent("url", canonical.attr("href"));
    }
    Element html = document.selectFirst("html[lang]");
    if (html != null) {
      fields.putIfAbsent("language", html.attr("lang"));
    }
    Element main = document.selectFirst("article, main, [role=main]");
    Element root = main == null ? document.body() : main;
    root.select(NEVER).remove();
    Element heading = root.selectFirst("h1");
    if (heading != null) {
      fields.putIfAbsent("title", heading.text());
      heading.remove();
    }
    if (main == null) {
      root.select(AROUND).remove();
    }
    fields.putIfAbsent("title", document.title());
    fields.putIfAbsent("title", name.bare());
    fields.putIfAbsent("id", name.id());
    fields.put("body", HtmlMarkdown.of(root));
    return fields.read();
  }

  private static Document parse(byte[] bytes) {
    try {
      return Jsoup.parse(new ByteArrayInputStream(bytes), null, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
