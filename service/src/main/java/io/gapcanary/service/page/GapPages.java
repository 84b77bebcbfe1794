package io.gapcanary.service.page;

import io.gapcanary.ArticleDraft;
import io.gapcanary.ConflictException;
import io.gapcanary.Desk;
import io.gapcanary.Gap;
import io.gapcanary.GapBoard;
import io.gapcanary.GapCaseFilter;
import io.gapcanary.GapCasePage;
import io.gapcanary.GapChange;
import io.gapcanary.GapFilter;
import io.gapcanary.GapPage;
import io.gapcanary.GapProof;
import io.gapcanary.GapReplay;
import io.gapcanary.GapWeek;
import io.gapcanary.HeldBackSubject;
import io.gapcanary.NotFoundException;
import io.gapcanary.RelatedArticle;
import io.gapcanary.StaleException;
import io.gapcanary.ToTell;
import io.gapcanary.Trial;
import io.gapcanary.WireName;
import io.gapcanary.WithdrawnGap;
import io.gapcanary.kb.Article;
import io.gapcanary.kb.EmbeddingException;
import io.gapcanary.service.http.GapLookup;
import io.gapcanary.service.http.Gate;
import io.gapcanary.service.http.Problem;
import io.gapcanary.service.http.ProblemException;
import io.gapcanary.service.text.DraftMarkdown;
import io.gapcanary.service.text.GapExplanation;
import io.gapcanary.service.text.ToTellCsv;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The gap list, and one gap with what people decide about it. */
final class GapPages {
  private static final int PAGE = 50;
  private static final int HELD_BACK = 200;
  private static final int WORSE = 20;

  /** How much of a gap's time is drawn: in the list, and on its page. */
  private static final int SPARK_WEEKS = 12;

  private static final int WEEKS = 52;

  /** How many of a gap's cases stand on its page. */
  private static final int CASES = 20;

  /** How many gaps may be chosen to merge into. */
  private static final int MERGEABLE = 100;

  /** How many of the customers' wordings a proposed article begins with. */
  private static final int WORDINGS = 3;

  private final Pages pages;
  private final Desk desk;
  private final GapBoard board;

  GapPages(Pages pages, Desk desk) {
    this.pages = pages;
    this.desk = desk;
    this.board = desk.board();
  }

  void list(Context context) {
    Set<Gap.State> states = constants(context, "state", Gap.State.class);
    GapFilter filter =
        new GapFilter(
            constants(context, "kind", Gap.Kind.class),
            states.isEmpty() ? GapFilter.FIRST_PAGE.states() : states,
            owner(context),
            ChosenCases.of(context),
            constants(context, "order", GapFilter.Order.class).stream()
                .findFirst()
                .orElse(GapFilter.Order.IMPACT),
            PAGE,
            context.queryParam("after"));
    GapPage page = reading(() -> board.list(filter));
    boolean first = filter.after() == null && filter.order() == GapFilter.Order.IMPACT;
    pages.show(
        context,
        "gaps.jte",
        new Views.Gaps(
            pages.frame(context),
            page,
            filter,
            desk.told(),
            board.owners(),
            first && page.pareto().of() > 1 ? ParetoChart.of(page) : null,
            board.heldBack(1),
            desk.floods().list(1),
            sparks(page),
            board.openNow(),
            told(context),
            filter.after() == null && pages.frame(context).decides()
                ? board.worse(WORSE)
                : List.of()));
  }

  private static @Nullable String owner(Context context) {
    String owner = context.queryParam("owner");
    return owner == null || owner.isBlank() ? null : owner;
  }

  private Map<String, String> sparks(GapPage page) {
    Map<String, String> sparks = new LinkedHashMap<>();
    page.gaps()
        .forEach(gap -> sparks.put(gap.id(), WeekChart.spark(board.weeks(gap.id(), SPARK_WEEKS))));
    return sparks;
  }

  private @Nullable String told(Context context) {
    String done = context.queryParam("done");
    if (done == null || !done.matches("\\d{1,4}")) {
      return null;
    }
    List<String> left =
        context.queryParams("left").stream().filter(id -> id.matches("gap-\\d{1,9}")).toList();
    return left.isEmpty()
        ? pages.frame(context).voice().say("bulk.done", Integer.parseInt(done))
        : pages
            .frame(context)
            .voice()
            .say("bulk.done.left", Integer.parseInt(done), String.join(", ", left));
  }

  /** Decides about several gaps at once, each by itself; those that changed meanwhile are left. */
  void decide(Context context) {
    String query =
        Objects.requireNonNullElse(context.formParam("query"), "").replaceAll("[^!-~]", "");
    List<Chosen> chosen = context.formParams("gap").stream().flatMap(GapPages::chosen).toList();
    List<String> left = new ArrayList<>();
    int done = 0;
    boolean merging = text(context, "act").equals("merge");
    Chosen into = chosen.isEmpty() ? null : chosen.getFirst();
    for (Chosen one : chosen) {
      if (into != null && merging && one.id().equals(into.id())) {
        continue;
      }
      try {
        if (into != null && merging) {
          into = merge(context, one, into);
        } else {
          decide(context, one);
        }
        done++;
      } catch (StaleException
          | ConflictException
          | NotFoundException
          | IllegalArgumentException e) {
        left.add(one.id());
      }
    }
    StringBuilder address =
        new StringBuilder("/gaps?").append(query).append(query.isEmpty() ? "" : "&");
    address.append("done=").append(done);
    left.forEach(id -> address.append("&left=").append(id));
    context.redirect(address.toString(), HttpStatus.SEE_OTHER);
  }

  /** A gap that was ticked, as it was when the list was shown. */
  private record Chosen(String id, long version) {}

  private static Stream<Chosen> chosen(String value) {
    return value.matches("gap-\\d{1,9}:\\d{1,18}")
        ? Stream.of(new Chosen(value.split(":", 2)[0], Long.parseLong(value.split(":", 2)[1])))
        : Stream.empty();
  }

  /** Returns the gap that stays, as it is now. */
  private Chosen merge(Context context, Chosen one, Chosen into) {
    Gap stays =
        board.merge(
            one.id(),
            one.version(),
            into.id(),
            into.version(),
            text(context, "reason"),
            Gate.by(context, text(context, "by")));
    return new Chosen(into.id(), stays.version());
  }

  private void decide(Context context, Chosen one) {
    String by = Gate.by(context, text(context, "by"));
    String reason = text(context, "reason");
    switch (text(context, "act")) {
      case "assign" ->
          board.change(
              one.id(),
              one.version(),
              new GapChange(null, Gate.owner(context, text(context, "owner"), null), null, by));
      case "dismiss" ->
          board.change(
              one.id(), one.version(), new GapChange(Gap.State.DISMISSED, null, reason, by));
      default -> throw new IllegalArgumentException("nothing is to be done");
    }
  }

  void heldBack(Context context) {
    HeldBackSubject.Page page = board.heldBack(HELD_BACK);
    Map<String, String> titles = new LinkedHashMap<>();
    page.subjects().stream()
        .flatMap(
            subject ->
                Stream.concat(
                    Stream.ofNullable(subject.articleId()),
                    subject.nearest().stream().map(RelatedArticle::id)))
        .distinct()
        .forEach(
            id -> desk.articles().find(id).ifPresent(article -> titles.put(id, article.title())));
    pages.show(context, "heldBack.jte", new Views.HeldBack(pages.frame(context), page, titles));
  }

  private static <T> T reading(Supplier<T> page) {
    try {
      return page.get();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.Kind.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private static <E extends Enum<E> & WireName> Set<E> constants(
      Context context, String name, Class<E> type) {
    return constants(context.queryParams(name), type);
  }

  private static <E extends Enum<E> & WireName> Set<E> constants(
      List<String> texts, Class<E> type) {
    Set<E> found = new LinkedHashSet<>();
    for (String text : texts) {
      for (E constant : type.getEnumConstants()) {
        if (constant.wireName().equals(text)) {
          found.add(constant);
        }
      }
    }
    return found;
  }

  void get(Context context) {
    Optional<WithdrawnGap> withdrawn = board.findWithdrawn(context.pathParam("id"));
    if (withdrawn.isPresent()) {
      context.status(Problem.Kind.GONE.status());
      pages.show(
          context, "withdrawn.jte", new Views.Withdrawn(pages.frame(context), withdrawn.get()));
      return;
    }
    Gap gap = require(context);
    boolean replay = context.queryParam("replay") != null;
    show(context, gap, replay ? new Tried(null, null, board.replay(gap.id())) : null, null);
  }

  private Gap require(Context context) {
    return GapLookup.require(board, context);
  }

  /** Asks the gap's questions again, as if what is in the form were done. */
  void tryOut(Context context) {
    Gap gap = require(context);
    GapWork.Trying what =
        constants(context.formParams("what"), GapWork.Trying.class).stream()
            .findFirst()
            .orElse(GapWork.Trying.ARTICLE);
    try {
      GapReplay replay = board.replay(gap.id(), trial(context, gap, what));
      show(context, gap, new Tried(what, context, replay), null);
    } catch (IllegalArgumentException | NotFoundException e) {
      context.status(HttpStatus.BAD_REQUEST);
      show(
          context,
          gap,
          new Tried(what, context, null),
          say(context, "gap.try.refused." + what.wireName()));
    } catch (EmbeddingException e) {
      context.status(HttpStatus.SERVICE_UNAVAILABLE);
      show(context, gap, new Tried(what, context, null), say(context, "reason.unavailable"));
    }
  }

  private Trial trial(Context context, Gap gap, GapWork.Trying what) {
    return switch (what) {
      case ARTICLE -> new Trial.Draft(article(gap, form(context)));
      case WORDINGS ->
          new Trial.Wording(
              text(context, "wordingsFor"),
              text(context, "wordings")
                  .lines()
                  .map(String::strip)
                  .filter(line -> !line.isEmpty())
                  .toList());
      case FLOOR ->
          new Trial.Floor(
              text(context, "language"),
              Double.parseDouble(text(context, "floor").replace(',', '.')));
    };
  }

  /**
   * What came of a trial.
   *
   * @param what was tried, or {@code null} when today's articles were asked
   * @param form what was typed, or {@code null} likewise
   */
  private record Tried(
      GapWork.@Nullable Trying what, @Nullable Context form, @Nullable GapReplay replay) {
    /** What was typed, when this was tried. */
    @Nullable Context form(GapWork.Trying asked) {
      return what == asked ? form : null;
    }
  }

  private static GapWork.TrialForm form(Context context) {
    return new GapWork.TrialForm(
        text(context, "articleId"), text(context, "title"), text(context, "body"));
  }

  /** The gap's own article first, then those nearest to its questions. */
  private static GapWork.WordingForm wordings(Gap gap, @Nullable Context typed) {
    List<String> choices =
        Stream.of(
                Stream.ofNullable(gap.articleId()),
                gap.relatedArticles().stream().map(RelatedArticle::id),
                typed == null ? Stream.<String>empty() : Stream.of(text(typed, "wordingsFor")))
            .flatMap(ids -> ids)
            .filter(id -> !id.isEmpty())
            .distinct()
            .toList();
    return typed == null
        ? new GapWork.WordingForm(
            choices.isEmpty() ? "" : choices.getFirst(),
            gap.questions().stream().limit(WORDINGS).collect(Collectors.joining("\n")),
            choices)
        : new GapWork.WordingForm(text(typed, "wordingsFor"), text(typed, "wordings"), choices);
  }

  private GapWork.FloorForm floor(Gap gap, @Nullable Context typed) {
    List<String> languages = gap.languages().isEmpty() ? List.of("en") : gap.languages();
    String language = typed == null ? languages.getFirst() : text(typed, "language");
    double inUse = desk.floor(language);
    return new GapWork.FloorForm(
        languages,
        language,
        inUse,
        typed == null ? String.format(Locale.ROOT, "%.2f", 0.8 * inUse) : text(typed, "floor"));
  }

  private static String text(Context context, String name) {
    return Objects.requireNonNullElse(context.formParam(name), "").strip();
  }

  /** The article as it would become, in everything else as it is; or a new one. */
  private Article article(Gap gap, GapWork.TrialForm form) {
    return desk.articles()
        .find(form.articleId())
        .map(
            known ->
                new Article(
                    known.id(),
                    form.title(),
                    form.body(),
                    known.language(),
                    known.applicability(),
                    known.tags(),
                    known.url(),
                    known.audience(),
                    known.confidence(),
                    known.publishedAt(),
                    known.validUntil(),
                    known.updatedAt()))
        .orElseGet(
            () ->
                Article.builder("draft-" + gap.id(), form.title(), form.body())
                    .language(gap.languages().isEmpty() ? null : gap.languages().getFirst())
                    .build());
  }

  private void show(Context context, Gap gap, @Nullable Tried tried, @Nullable String refused) {
    GapWork work = work(gap, tried);
    List<GapWeek> weeks = board.weeks(gap.id(), WEEKS);
    GapWeek week = week(context, weeks).orElse(null);
    GapCasePage cases =
        cases(gap, GapCaseFilter.ALL.limit(CASES), week == null ? null : week.monday());
    GapProof proof = board.proof(gap.id()).orElse(null);
    pages.show(
        context,
        "gap.jte",
        new Views.OneGap(
            pages.frame(context),
            gap,
            board.rank(gap.id()).orElse(null),
            titles(gap, work, cases, proof),
            work,
            refused,
            WeekChart.of(gap, weeks, desk.settings().timeZone(), pages.frame(context).voice()),
            board.signals(gap.id()),
            cases,
            week,
            desk.floods().beside(gap),
            board.openNow().of(gap.id()),
            proof));
  }

  private static Optional<GapWeek> week(Context context, List<GapWeek> weeks) {
    return weeks.stream()
        .filter(one -> one.monday().toString().equals(context.queryParam("week")))
        .findFirst();
  }

  /** A page of the cases, of all weeks or of one. */
  private GapCasePage cases(Gap gap, GapCaseFilter filter, @Nullable LocalDate monday) {
    if (monday == null) {
      return board.cases(gap.id(), filter);
    }
    ZoneId zone = desk.settings().timeZone();
    return board.cases(
        gap.id(),
        filter.between(
            monday.atStartOfDay(zone).toInstant(),
            monday.plusWeeks(1).atStartOfDay(zone).toInstant()));
  }

  void cases(Context context) {
    Gap gap = require(context);
    String after = context.queryParam("after");
    LocalDate monday =
        week(context, board.weeks(gap.id(), WEEKS)).map(GapWeek::monday).orElse(null);
    GapCasePage page = reading(() -> cases(gap, GapCaseFilter.ALL.after(after), monday));
    pages.show(
        context,
        "gapCases.jte",
        new Views.GapCases(
            pages.frame(context),
            gap,
            board.signals(gap.id()),
            page,
            titles(articles(page)),
            monday,
            after == null));
  }

  private static Stream<String> articles(GapCasePage page) {
    return page.cases().stream()
        .flatMap(one -> Stream.concat(one.given().stream(), one.dismissed().stream()));
  }

  private Map<String, String> titles(Stream<String> ids) {
    Map<String, String> titles = new LinkedHashMap<>();
    ids.distinct()
        .forEach(
            id -> desk.articles().find(id).ifPresent(article -> titles.put(id, article.title())));
    return titles;
  }

  private GapWork work(Gap gap, @Nullable Tried tried) {
    ArticleDraft draft = board.draft(gap.id());
    boolean due = GapBoard.isTellingDue(gap);
    Context form = tried == null ? null : tried.form(GapWork.Trying.ARTICLE);
    return new GapWork(
        board.followUps(gap.id()),
        Markdown.html(DraftMarkdown.of(draft, GapExplanation.names(desk.articles()))),
        due,
        due ? board.toTell(gap.id()) : List.of(),
        form == null ? proposed(draft) : form(form),
        wordings(gap, tried == null ? null : tried.form(GapWork.Trying.WORDINGS)),
        floor(gap, tried == null ? null : tried.form(GapWork.Trying.FLOOR)),
        tried == null ? null : tried.replay(),
        tried == null ? null : tried.what(),
        mergeable(gap));
  }

  /** What to try first: the article with what agents add to it, or a new one of their words. */
  private GapWork.TrialForm proposed(ArticleDraft draft) {
    String resolution =
        Stream.concat(draft.resolution().stream(), draft.said().stream())
            .map(ArticleDraft.Quoted::text)
            .collect(Collectors.joining("\n"));
    return Optional.ofNullable(draft.articleId())
        .flatMap(desk.articles()::find)
        .map(
            known ->
                new GapWork.TrialForm(
                    known.id(), known.title(), (known.body() + "\n\n" + resolution).strip()))
        .orElseGet(
            () ->
                new GapWork.TrialForm(
                    "",
                    draft.title(),
                    Stream.concat(
                            draft.issue().stream().limit(WORDINGS).map(ArticleDraft.Quoted::text),
                            Stream.of(resolution))
                        .collect(Collectors.joining("\n"))));
  }

  private List<Gap> mergeable(Gap gap) {
    return board.list(GapFilter.FIRST_PAGE.limit(MERGEABLE)).gaps().stream()
        .filter(other -> !other.id().equals(gap.id()))
        .filter(other -> gap.kind() == Gap.Kind.MISSING || other.kind() == gap.kind())
        .toList();
  }

  private static Stream<String> articles(@Nullable GapReplay replay) {
    return replay == null
        ? Stream.of()
        : Stream.concat(
            replay.questions().stream()
                .flatMap(one -> Stream.of(one.before(), one.after()).filter(Objects::nonNull)),
            replay.harmed().stream()
                .flatMap(one -> Stream.of(one.given(), one.first()).filter(Objects::nonNull)));
  }

  private Map<String, String> titles(
      Gap gap, GapWork work, GapCasePage cases, @Nullable GapProof proof) {
    GapReplay replay = work.replay();
    Map<String, String> titles =
        titles(
            Stream.of(
                    Stream.ofNullable(gap.articleId()),
                    gap.relatedArticles().stream().map(RelatedArticle::id),
                    work.toTell().stream().map(ToTell::articleId),
                    articles(cases),
                    articles(replay),
                    articles(proof == null ? null : proof.replay()))
                .flatMap(ids -> ids)
                .flatMap(Stream::ofNullable));
    if (work.tried() == GapWork.Trying.ARTICLE && replay != null) {
      GapWork.TrialForm form = work.trial();
      titles.put(form.articleId().isEmpty() ? "draft-" + gap.id() : form.articleId(), form.title());
    }
    return titles;
  }

  void change(Context context) {
    Gap gap = require(context);
    deciding(
        context,
        gap,
        () -> {
          board.change(gap.id(), version(context, "version"), change(context, gap));
          return gap.id();
        });
  }

  void merge(Context context) {
    Gap gap = require(context);
    String[] into = text(context, "into").split(":", 2);
    deciding(
        context,
        gap,
        () ->
            board
                .merge(
                    context.pathParam("id"),
                    version(context, "version"),
                    into[0],
                    into.length < 2 ? null : number(into[1]),
                    context.formParam("reason"),
                    Gate.by(context, text(context, "by")))
                .id());
  }

  /** Lets a decision happen and shows the gap that it left; or says why it could not. */
  private void deciding(Context context, Gap gap, Supplier<String> decision) {
    try {
      context.redirect("/gaps/" + decision.get(), HttpStatus.SEE_OTHER);
    } catch (StaleException e) {
      context.status(HttpStatus.PRECONDITION_FAILED);
      show(context, gap, null, say(context, "gap.stale"));
    } catch (IllegalArgumentException | NotFoundException e) {
      context.status(HttpStatus.BAD_REQUEST);
      show(context, gap, null, say(context, "gap.refused"));
    } catch (ConflictException e) {
      context.status(HttpStatus.CONFLICT);
      show(context, gap, null, say(context, "gap.refused"));
    }
  }

  private String say(Context context, String key) {
    return pages.frame(context).voice().say(key);
  }

  void draft(Context context) {
    Gap gap = require(context);
    download(context, gap.id() + "-draft.md", "text/markdown; charset=utf-8");
    context.result(DraftMarkdown.of(board.draft(gap.id()), GapExplanation.names(desk.articles())));
  }

  /** With a mark that spreadsheets know UTF-8 by. */
  void toTell(Context context) {
    Gap gap = require(context);
    download(context, gap.id() + "-to-tell.csv", "text/csv; charset=utf-8");
    context.result("\uFEFF" + ToTellCsv.of(board.toTell(gap.id())));
  }

  private static void download(Context context, String name, String type) {
    context.contentType(type);
    context.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  private static long version(Context context, String name) {
    return number(text(context, name));
  }

  private static long number(String text) {
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
    String remedyText = text(context, "remedy");
    Gap.Remedy remedy =
        remedyText.isEmpty() ? null : WireName.parse(Gap.Remedy.class, "remedy", remedyText);
    return new GapChange(
        state == gap.state() ? null : state,
        owner.equals(before) ? null : Gate.owner(context, owner, before),
        remedy == gap.remedy() ? null : remedy,
        context.formParam("reason"),
        Gate.by(context, context.formParam("by")));
  }
}
