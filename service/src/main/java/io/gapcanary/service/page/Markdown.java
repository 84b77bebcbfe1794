package io.gapcanary.service.page;

import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.owasp.html.PolicyFactory;
import org.owasp.html.Sanitizers;

/** Articles' Markdown as HTML that is safe to show: no script, no style, nothing from elsewhere. */
final class Markdown {
  private static final List<TablesExtension> EXTENSIONS =
      List.of((TablesExtension) TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().extensions(EXTENSIONS).escapeHtml(true).build();
  private static final PolicyFactory SAFE =
      Sanitizers.FORMATTING
          .and(Sanitizers.BLOCKS)
          .and(Sanitizers.LINKS)
          .and(Sanitizers.TABLES)
          .and(
              new org.owasp.html.HtmlPolicyBuilder()
                  .allowElements("pre", "code", "hr")
                  .toFactory());

  private Markdown() {}

  static String html(String markdown) {
    return SAFE.sanitize(RENDERER.render(PARSER.parse(markdown)));
  }
}
