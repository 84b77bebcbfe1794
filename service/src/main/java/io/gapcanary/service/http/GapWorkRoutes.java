package io.gapcanary.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapcanary.ArticleDraft;
import io.gapcanary.Desk;
import io.gapcanary.Gap;
import io.gapcanary.GapBoard;
import io.gapcanary.GapMark;
import io.gapcanary.NotFoundException;
import io.gapcanary.Trial;
import io.gapcanary.exchange.ArticleFormat;
import io.gapcanary.kb.EmbeddingException;
import io.gapcanary.service.text.DraftMarkdown;
import io.gapcanary.service.text.GapExplanation;
import io.gapcanary.service.text.ToTellCsv;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What helps to close a gap, over HTTP: replays, a draft, follow-ups, whom to tell, merging. */
final class GapWorkRoutes {
  private static final List<String> TRIALS = List.of("article", "wording", "floor");

  private final GapBoard board;
  private final UnaryOperator<String> named;

  GapWorkRoutes(Desk desk) {
    this.board = desk.board();
    this.named = GapExplanation.names(desk.articles());
  }

  private Gap require(Context context) {
    return GapLookup.require(board, context);
  }

  void proof(Context context) {
    String id = require(context).id();
    context.json(
        board
            .proof(id)
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "Nothing came to answer the questions of " + id + " yet")));
  }

  void replay(Context context) {
    context.json(board.replay(require(context).id()));
  }

  void tryOut(Context context) {
    Gap gap = require(context);
    ObjectNode body = Body.objectOf(context, "article", "wording", "floor");
    Trial trial = Body.reading(() -> trial(gap, body));
    try {
      context.json(board.replay(gap.id(), trial));
    } catch (EmbeddingException e) {
      throw new ProblemException(Problem.Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private static Trial trial(Gap gap, ObjectNode body) {
    List<String> asked = TRIALS.stream().filter(body::has).toList();
    if (asked.size() != 1 || !body.get(asked.getFirst()).isObject()) {
      throw new IllegalArgumentException(
          "Say one thing to be tried, as an object: article, wording or floor");
    }
    ObjectNode what = (ObjectNode) body.get(asked.getFirst());
    return switch (asked.getFirst()) {
      case "article" -> {
        JsonNode id = what.get("id");
        String given = id == null || id.isNull() ? "" : id.asText();
        yield new Trial.Draft(
            ArticleFormat.INSTANCE.read(given.isBlank() ? "draft-" + gap.id() : given, what));
      }
      case "wording" -> new Trial.Wording(Body.requireText(what, "articleId"), texts(what));
      default -> {
        JsonNode value = what.get("value");
        if (value == null || !value.isNumber()) {
          throw new IllegalArgumentException("value must be a number between 0 and 1");
        }
        yield new Trial.Floor(Body.requireText(what, "language"), value.doubleValue());
      }
    };
  }

  /** Several, or a single one. */
  private static List<String> texts(JsonNode wording) {
    JsonNode texts = wording.get("texts");
    if (texts == null) {
      return List.of(Body.requireText(wording, "text"));
    }
    if (!texts.isArray()) {
      throw new IllegalArgumentException("texts must be a list of texts");
    }
    List<String> read = new ArrayList<>();
    for (JsonNode one : texts) {
      if (!one.isTextual()) {
        throw new IllegalArgumentException("texts must be a list of texts");
      }
      read.add(one.asText());
    }
    return read;
  }

  void merge(Context context) {
    String id = require(context).id();
    long version = EntityTag.expected(context, "gap");
    ObjectNode body = Body.objectOf(context, "into", "intoVersion", "reason", "by");
    Gap stays =
        Body.reading(
            () ->
                board.merge(
                    context.pathParam("id"),
                    version,
                    Body.requireText(body, "into"),
                    version(body),
                    Body.text(body, "reason"),
                    Body.by(context, body)));
    EntityTag.send(context, stays.version());
    context.json(Map.of("merged", id, "gap", stays));
  }

  private static @Nullable Long version(JsonNode body) {
    JsonNode version = body.get("intoVersion");
    if (version == null) {
      return null;
    }
    if (!version.isIntegralNumber()) {
      throw new IllegalArgumentException("intoVersion must be a whole number");
    }
    return version.asLong();
  }

  private static final int WEEKS = 52;

  void weeks(Context context) {
    Gap gap = require(context);
    context.json(
        Map.of(
            "weeks",
            board.weeks(gap.id(), WEEKS),
            "marks",
            GapMark.of(gap).stream()
                .map(mark -> Map.of("at", mark.at(), "what", mark.what()))
                .toList()));
  }

  void followUps(Context context) {
    context.json(Map.of("followUps", board.followUps(require(context).id())));
  }

  void draft(Context context) {
    ArticleDraft draft = board.draft(require(context).id());
    if (wants(context, "markdown", "text/markdown")) {
      context.contentType("text/markdown; charset=utf-8");
      context.result(DraftMarkdown.of(draft, named));
    } else {
      context.json(draft);
    }
  }

  void toTell(Context context) {
    Gap gap = require(context);
    if (wants(context, "csv", "text/csv")) {
      context.contentType("text/csv; charset=utf-8");
      context.header(
          "Content-Disposition", "attachment; filename=\"" + gap.id() + "-to-tell.csv\"");
      context.result(ToTellCsv.of(board.toTell(gap.id())));
    } else {
      context.json(Map.of("due", GapBoard.isTellingDue(gap), "cases", board.toTell(gap.id())));
    }
  }

  /** What the address asks for, else what the caller accepts. */
  static boolean wants(Context context, String format, String type) {
    String asked = context.queryParam("format");
    if (asked == null) {
      return Objects.requireNonNullElse(context.header("Accept"), "").contains(type);
    }
    if (!asked.equals(format) && !asked.equals("json")) {
      throw new ProblemException(Problem.Kind.MALFORMED, "format must be json or " + format);
    }
    return asked.equals(format);
  }
}
