package io.gapcanary.service.page;

import io.gapcanary.Desk;
import io.gapcanary.Gap;
import io.gapcanary.GapBoard;
import io.gapcanary.GapChange;
import io.gapcanary.GapFilter;
import io.gapcanary.GapPage;
import io.gapcanary.GapReplay;
import io.gapcanary.NotFoundException;
import io.gapcanary.RelatedArticle;
import io.gapcanary.StaleException;
import io.gapcanary.WireName;
import io.gapcanary.service.http.Gate;
import io.gapcanary.service.http.Problem;
import io.gapcanary.service.http.ProblemException;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The gap list, and one gap with what people decide about it. */
final class GapPages {
  private static final int PAGE = 50;

  private final Pages pages;
  private final Desk desk;
  private final GapBoard board;

  GapPages(Pages pages, Desk desk) {
    this.pages = pages;
    this.desk = desk;
    this.board = desk.board();
  }

  void list(Context context) {
    Set<Gap.Kind> kinds = constants(context, "kind", Gap.Kind.class);
    Set<Gap.State> states = constants(context, "state", Gap.State.class);
    GapFilter filter =
        new GapFilter(
            kinds,
            states.isEmpty() ? GapFilter.FIRST_PAGE.states() : states,
            PAGE,
            context.queryParam("after"));
    GapPage page = list(filter);
    pages.show(
        context,
        "gaps.jte",
        new Views.Gaps(pages.frame(context), page.gaps(), kinds, states, page.next()));
  }

  private GapPage list(GapFilter filter) {
    try {
      return board.list(filter);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.Kind.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private static <E extends Enum<E> & WireName> Set<E> constants(
      Context context, String name, Class<E> type) {
    Set<E> found = new LinkedHashSet<>();
    for (String text : context.queryParams(name)) {
      for (E constant : type.getEnumConstants()) {
        if (constant.wireName().equals(text)) {
          found.add(constant);
        }
      }
    }
    return found;
  }

  void get(Context context) {
    Gap gap = require(context);
    GapReplay replay = context.queryParam("replay") == null ? null : board.replay(gap.id());
    show(context, gap, replay, null);
  }

  private Gap require(Context context) {
    String id = context.pathParam("id");
    return board.find(id).orElseThrow(() -> new NotFoundException("There is no gap " + id));
  }

  private void show(
      Context context, Gap gap, @Nullable GapReplay replay, @Nullable String refused) {
    pages.show(
        context,
        "gap.jte",
        new Views.OneGap(pages.frame(context), gap, titles(gap, replay), replay, refused));
  }

  private Map<String, String> titles(Gap gap, @Nullable GapReplay replay) {
    Map<String, String> titles = new LinkedHashMap<>();
    Stream.of(
            Stream.ofNullable(gap.articleId()),
            gap.relatedArticles().stream().map(RelatedArticle::id),
            replay == null ? Stream.<String>empty() : replay.articles().stream())
        .flatMap(ids -> ids)
        .distinct()
        .forEach(
            id -> desk.articles().find(id).ifPresent(article -> titles.put(id, article.title())));
    return titles;
  }

  void change(Context context) {
    Gap gap = require(context);
    try {
      board.change(gap.id(), version(context), change(context, gap));
      context.redirect("/gaps/" + gap.id(), HttpStatus.SEE_OTHER);
    } catch (StaleException e) {
      context.status(HttpStatus.PRECONDITION_FAILED);
      show(context, gap, null, pages.frame(context).voice().say("gap.stale"));
    } catch (IllegalArgumentException e) {
      context.status(HttpStatus.BAD_REQUEST);
      show(context, gap, null, pages.frame(context).voice().say("gap.refused"));
    }
  }

  private static long version(Context context) {
    String text = Objects.requireNonNullElse(context.formParam("version"), "");
    if (!text.matches("\\d{1,18}")) {
      throw new ProblemException(Problem.Kind.MALFORMED, "The form has no version");
    }
    return Long.parseLong(text);
  }

  /** Only what differs is changed, so that the history tells what was decided. */
  @SuppressWarnings(
      "NullAway") // it does not read the annotation of a nested type from a class file
  private static GapChange change(Context context, Gap gap) {
    String stateText = Objects.requireNonNullElse(context.formParam("state"), "");
    Gap.State state =
        stateText.isBlank() ? null : WireName.parse(Gap.State.class, "state", stateText);
    String owner = Objects.requireNonNullElse(context.formParam("owner"), "").strip();
    String before = Objects.requireNonNullElse(gap.owner(), "");
    return new GapChange(
        state == gap.state() ? null : state,
        owner.equals(before) ? null : Gate.owner(context, owner, before),
        context.formParam("reason"),
        Gate.by(context, context.formParam("by")));
  }
}
