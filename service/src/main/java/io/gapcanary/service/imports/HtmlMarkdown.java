package io.gapcanary.service.imports;

import java.util.List;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.renderer.markdown.MarkdownRenderer;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** What HTML says, as Markdown: headings, paragraphs, lists, tables, code, links and emphasis. */
final class HtmlMarkdown {
  private static final MarkdownRenderer RENDERER =
      MarkdownRenderer.builder().extensions(List.of(TablesExtension.create())).build();
  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "article",
          "blockquote",
          "body",
          "dd",
          "details",
          "div",
          "dl",
          "dt",
          "fieldset",
          "figcaption",
          "figure",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "header",
          "hr",
          "li",
          "main",
          "ol",
          "p",
          "pre",
          "section",
          "summary",
          "table",
          "ul");

  /** Nobody nests deeper; what does is read as its text. */
  private static final int DEEPEST = 60;

  private @Nullable Paragraph open;

  private HtmlMarkdown() {}

  static String of(Element root) {
    org.commonmark.node.Document document = new org.commonmark.node.Document();
    new HtmlMarkdown().blocks(root, document, 0);
    return RENDERER.render(document).strip();
  }

  private void blocks(Element parent, Node into, int depth) {
    open = null;
    for (org.jsoup.nodes.Node child : parent.childNodes()) {
      if (child instanceof Element element && isBlock(element) && depth < DEEPEST) {
        open = null;
        block(element, into, depth + 1);
        open = null;
      } else {
        inline(child, paragraph(child, into), depth);
      }
    }
    open = null;
  }

  /** A block, or an inline element that holds one. */
  private static boolean isBlock(Element element) {
    return BLOCKS.contains(element.normalName())
        || element.children().stream().anyMatch(child -> BLOCKS.contains(child.normalName()));
  }

  private @Nullable Node paragraph(org.jsoup.nodes.Node child, Node into) {
    boolean blank = child instanceof TextNode text && text.isBlank();
    if (open == null && !blank) {
      open = new Paragraph();
      into.appendChild(open);
    }
    return open;
  }

  private void block(Element element, Node into, int depth) {
    switch (element.normalName()) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> {
        Heading heading = new Heading();
        heading.setLevel(element.normalName().charAt(1) - '0');
        inlines(element, heading, depth);
        append(into, heading);
      }
      case "ul" -> items(element, new BulletList(), into, depth);
      case "ol" -> {
        OrderedList list = new OrderedList();
        list.setMarkerStartNumber(1);
        list.setMarkerDelimiter(".");
        items(element, list, into, depth);
      }
      case "pre" -> {
        FencedCodeBlock code = new FencedCodeBlock();
        code.setFenceCharacter("`");
        code.setLiteral(element.wholeText().strip() + "\n");
        into.appendChild(code);
      }
      case "blockquote" -> {
        BlockQuote quote = new BlockQuote();
        blocks(element, quote, depth);
        append(into, quote);
      }
      case "hr" -> into.appendChild(new ThematicBreak());
      case "table" -> table(element, into, depth);
      case "dt", "summary" -> {
        Paragraph paragraph = new Paragraph();
        StrongEmphasis term = new StrongEmphasis("**");
        inlines(element, term, depth);
        if (term.getFirstChild() != null) {
          paragraph.appendChild(term);
          into.appendChild(paragraph);
        }
      }
      default -> blocks(element, into, depth);
    }
  }

  private static void append(Node into, Node block) {
    if (block.getFirstChild() != null) {
      into.appendChild(block);
    }
  }

  private void items(Element element, org.commonmark.node.ListBlock list, Node into, int depth) {
    list.setTight(true);
    for (Element child : element.children()) {
      ListItem item = new ListItem();
      blocks(child, item, depth);
      append(list, item);
    }
    append(into, list);
  }

  private void table(Element element, Node into, int depth) {
    TableBlock table = new TableBlock();
    TableHead head = new TableHead();
    TableBody body = new TableBody();
    int width = 0;
    for (Element line : element.select("tr")) {
      TableRow row = new TableRow();
      for (Element cell : line.select("> th, > td")) {
        TableCell one = new TableCell();
        one.setHeader(head.getFirstChild() == null);
        inlines(cell, one, depth);
        row.appendChild(one);
      }
      if (head.getFirstChild() == null) {
        width = line.select("> th, > td").size();
        append(head, row);
      } else if (row.getFirstChild() != null && width > 0) {
        body.appendChild(row);
      }
    }
    if (head.getFirstChild() != null) {
      table.appendChild(head);
      append(table, body);
      into.appendChild(table);
    }
  }

  private void inlines(Element element, Node into, int depth) {
    for (org.jsoup.nodes.Node child : element.childNodes()) {
      inline(child, into, depth + 1);
    }
  }

  private void inline(org.jsoup.nodes.Node node, @Nullable Node into, int depth) {
    if (into == null) {
      return;
    }
    if (node instanceof TextNode text) {
      text(text.text(), into);
    } else if (node instanceof Element element) {
      if (depth >= DEEPEST) {
        text(element.text(), into);
      } else {
        inline(element, into, depth);
      }
    }
  }

  private void inline(Element element, Node into, int depth) {
    switch (element.normalName()) {
      case "br" -> into.appendChild(new HardLineBreak());
      case "strong", "b" -> wrapped(element, new StrongEmphasis("**"), into, depth);
      case "em", "i" -> wrapped(element, new Emphasis("*"), into, depth);
      case "code", "kbd", "samp" -> {
        if (!element.text().isBlank()) {
          into.appendChild(new Code(element.text()));
        }
      }
      case "img" -> text(element.attr("alt"), into);
      case "a" -> {
        String address = element.attr("href").strip();
        if (address.matches("(?i)(https?:|mailto:|tel:|/|#|[^:]*$).*") && !address.isEmpty()) {
          wrapped(element, new Link(address, null), into, depth);
        } else {
          inlines(element, into, depth);
        }
      }
      default -> inlines(element, into, depth);
    }
  }

  private void wrapped(Element element, Node wrapper, Node into, int depth) {
    if (element.text().isBlank()) {
      text(element.text(), into);
      return;
    }
    inlines(element, wrapper, depth);
    append(into, wrapper);
  }

  private static void text(String text, Node into) {
    String shown = into.getFirstChild() == null ? text.stripLeading() : text;
    if (!shown.isEmpty()) {
      into.appendChild(new Text(shown));
    }
  }
}
