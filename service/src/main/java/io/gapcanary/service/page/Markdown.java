package io.gapcanary.service.page;

import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
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

  /** The page has its first heading already: the article's title. */
  private static final AbstractVisitor BELOW_THE_TITLE =
      new AbstractVisitor() {
        @Override
        public void visit(Heading heading) {
          heading.setLevel(Math.max(2, heading.getLevel()));
          visitChildren(heading);
        }
      };

  private Markdown() {}

  static String html(String markdown) {
    Node document = PARSER.parse(markdown);
    document.accept(BELOW_THE_TITLE);
    return SAFE.sanitize(RENDERER.render(document));
  }
}
