package io.gapcanary.service.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.gapcanary.exchange.UnusableException;
import io.gapcanary.kb.Article;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An article in Markdown, with or without front matter (YAML between lines of three hyphens). What
 * it does not say is taken from its first heading and from its name.
 */
final class MarkdownFile {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern FRONT_MATTER =
      Pattern.compile(
          "\\A---[ \\t]*\\R(.*?)(?:\\R)?^(?:---|\\.\\.\\.)[ \\t]*(?:\\R|\\z)",
          Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern FIRST_HEADING =
      Pattern.compile("\\A\\s*#[ \\t]+(.+?)[ \\t]*#*[ \\t]*(?:\\R|\\z)");

  private MarkdownFile() {}

  /**
   * Reads it.
   *
   * @throws UnusableException when it is no article
   * @throws UnreadableFileException when its front matter cannot be read
   */
  static Article read(FileName name, String text) {
    ArticleFields fields = new ArticleFields();
    Matcher matter = FRONT_MATTER.matcher(text);
    String body = text;
    if (matter.find()) {
      frontMatter(matter.group(1), fields);
      body = text.substring(matter.end());
    }
    Matcher heading = FIRST_HEADING.matcher(body);
    if (heading.find()) {
      fields.putIfAbsent("title", heading.group(1));
      body = body.substring(heading.end());
    }
    fields.putIfAbsent("id", name.id());
    fields.putIfAbsent("title", name.bare());
    fields.put("body", body.strip());
    return fields.read();
  }

  private static void frontMatter(String yaml, ArticleFields fields) {
    try {
      JsonNode read = YAML.readTree(yaml);
      if (read.isObject()) {
        read.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
      } else if (!read.isMissingNode() && !read.isNull()) {
        throw new UnreadableFileException(FileReason.FRONT_MATTER_NOT_FIELDS.flaw());
      }
    } catch (JsonProcessingException e) {
      throw new UnreadableFileException(FileReason.FRONT_MATTER_NOT_YAML.flaw(), e);
    }
  }
}
