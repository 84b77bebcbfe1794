package io.gapcanary.service.text;

import io.gapcanary.ArticleDraft;
import io.gapcanary.ArticleDraft.Quoted;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A draft as Markdown, in its own language where that is Korean, else with English headings. Only
 * the headings are not quoted.
 */
public final class DraftMarkdown {
  private static final int CITED = 8;
  private static final Pattern MARKS = Pattern.compile("[\\\\`*_\\[\\]<>#|~]");

  private DraftMarkdown() {}

  /**
   * Writes a draft.
   *
   * @param named how an article of an id is named to people
   */
  public static String of(ArticleDraft draft, UnaryOperator<String> named) {
    Voice voice = Voice.find(draft.language()).orElse(Voice.ENGLISH);
    StringBuilder out = new StringBuilder();
    out.append("> ").append(voice.say("draft.mark", draft.gapId())).append("\n\n");
    out.append("# ").append(plain(draft.title())).append("\n\n");
    if (draft.articleId() != null) {
      String article = plain(named.apply(draft.articleId()));
      out.append(voice.say("draft.mends", article)).append("\n\n");
    }
    heading(out, voice, "draft.issue");
    out.append(lines(draft.issue(), voice, "- "));
    if (draft.moreWordings() > 0) {
      out.append("- ").append(voice.say("draft.issue.more", draft.moreWordings())).append('\n');
    }
    environment(out, draft, voice);
    resolution(out, draft, voice);
    return out.toString();
  }

  private static void heading(StringBuilder out, Voice voice, String key) {
    out.append("## ").append(voice.say(key)).append("\n\n");
  }

  private static void environment(StringBuilder out, ArticleDraft draft, Voice voice) {
    out.append('\n');
    heading(out, voice, "draft.environment");
    for (ArticleDraft.Setting setting : draft.environment()) {
      String what =
          Stream.of(setting.product(), setting.version())
              .filter(part -> part != null)
              .collect(Collectors.joining(" "));
      out.append("- ").append(plain(what)).append(" (");
      out.append(voice.say("gap.cases", setting.cases())).append(")\n");
    }
    if (draft.environment().isEmpty()) {
      out.append(voice.say("draft.environment.none")).append('\n');
    }
  }

  private static void resolution(StringBuilder out, ArticleDraft draft, Voice voice) {
    out.append('\n');
    heading(out, voice, "draft.resolution");
    if (draft.polished() != null) {
      out.append("> ").append(voice.say("draft.polished.mark")).append("\n\n");
      out.append(draft.polished()).append("\n\n");
      out.append("### ").append(voice.say("draft.polished.sources")).append("\n\n");
    }
    if (draft.resolution().isEmpty() && draft.said().isEmpty()) {
      String none = draft.solved() == 0 ? "draft.resolution.unsolved" : "draft.resolution.none";
      out.append(voice.say(none)).append('\n');
    }
    out.append(lines(draft.resolution(), voice, "1. "));
    if (!draft.said().isEmpty()) {
      if (!draft.resolution().isEmpty()) {
        out.append('\n');
      }
      out.append("### ").append(voice.say("draft.said")).append("\n\n");
      out.append(lines(draft.said(), voice, "- "));
    }
  }

  private static String lines(List<Quoted> quoted, Voice voice, String mark) {
    return quoted.stream()
        .map(one -> mark + plain(one.text()) + " (" + cited(one.cases(), voice) + ")\n")
        .collect(Collectors.joining());
  }

  private static String cited(List<String> cases, Voice voice) {
    String some =
        cases.stream().limit(CITED).map(DraftMarkdown::plain).collect(Collectors.joining(", "));
    return cases.size() <= CITED
        ? some
        : some + " " + voice.say("gap.evidence.more", cases.size() - CITED);
  }

  /** Somebody's words on one line, with nothing in them that Markdown would take for its own. */
  private static String plain(String text) {
    return MARKS.matcher(text.replaceAll("\\s+", " ").strip()).replaceAll("\\\\$0");
  }
}
