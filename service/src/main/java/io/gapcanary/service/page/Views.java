package io.gapcanary.service.page;

import io.gapcanary.ArticleHealth;
import io.gapcanary.ArticleRise;
import io.gapcanary.CasePage;
import io.gapcanary.CaseSummary;
import io.gapcanary.CircumstancesTold;
import io.gapcanary.DeskHealth;
import io.gapcanary.Flood;
import io.gapcanary.Gap;
import io.gapcanary.GapCasePage;
import io.gapcanary.GapFilter;
import io.gapcanary.GapPage;
import io.gapcanary.GapProof;
import io.gapcanary.GapRank;
import io.gapcanary.GapReplay;
import io.gapcanary.GapSignals;
import io.gapcanary.GapWeek;
import io.gapcanary.HeldBackSubject;
import io.gapcanary.LearnedWording;
import io.gapcanary.OpenNow;
import io.gapcanary.RepeatContact;
import io.gapcanary.Totals;
import io.gapcanary.WithdrawnGap;
import io.gapcanary.kb.Article;
import io.gapcanary.service.access.Caller;
import io.gapcanary.service.http.Problem;
import io.gapcanary.service.text.GapHistory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What each page shows: one record a template. */
public final class Views {
  private Views() {}

  /**
   * The first page.
   *
   * @param conversation the live demonstration
   * @param gaps the first ones
   * @param openNow what open cases ask
   * @param totals the desk in numbers
   * @param articles how many there are
   */
  public record First(
      Frame frame,
      ConversationView conversation,
      List<Gap> gaps,
      OpenNow openNow,
      Totals totals,
      int articles) {}

  /**
   * The console.
   *
   * @param conversation the one at hand
   * @param cases those that go on
   */
  public record Agent(Frame frame, ConversationView conversation, OpenCases cases) {}

  /**
   * The cases that an agent may choose from.
   *
   * @param page the open ones, the one that opened last first
   * @param chosen the id of the one at hand, or empty
   * @param mine whether only the reader's own are shown
   * @param choosable whether the reader may have own ones
   */
  public record OpenCases(
      Frame frame, CasePage page, String chosen, boolean mine, boolean choosable) {
    /** Who waits longest comes first, and one that comes in moves no other. */
    public List<CaseSummary> inOrder() {
      return page.cases().reversed();
    }

    /** Its address, with what else was chosen. */
    public String address(CaseSummary one) {
      return Addresses.agent(one.id()) + (choosable ? "&whose=" + (mine ? "mine" : "all") : "");
    }

    /** What tells that it has changed. */
    public String events() {
      return mine && frame.visitor() != null
          ? "/api/v1/case-events?agent="
              + URLEncoder.encode(frame.visitor().name(), StandardCharsets.UTF_8)
          : "/api/v1/case-events";
    }

    /** How its channel is called. */
    public String channel(CaseSummary one) {
      return one.channel() == null
          ? ""
          : frame.voice().sayOr("channel." + one.channel(), one.channel());
    }
  }

  /**
   * The gap list.
   *
   * @param page a page of it
   * @param filter what is shown
   * @param slices what may be chosen
   * @param owners whose gaps may be chosen
   * @param pareto how the cost spreads; {@code null} but on the first page of a list by impact
   * @param heldBack what is too small for the list
   * @param floods what looks like a machine's doing
   * @param sparks the latest weeks of each gap as a line, by id
   * @param openNow what open cases ask
   * @param told what came of a decision about several, or {@code null}
   * @param worse the articles that have suddenly become worse, for those who decide
   */
  public record Gaps(
      Frame frame,
      GapPage page,
      GapFilter filter,
      CircumstancesTold slices,
      List<String> owners,
      @Nullable ParetoChart pareto,
      HeldBackSubject.Page heldBack,
      Flood.Page floods,
      Map<String, String> sparks,
      OpenNow openNow,
      @Nullable String told,
      List<ArticleRise> worse) {
    /** Where each of them stands, by id. */
    public Map<String, GapRank> ranks() {
      return page.ranks().stream().collect(Collectors.toMap(GapRank::gapId, rank -> rank));
    }

    /** The reader's name, when they are a person who may own gaps; else {@code null}. */
    public @Nullable String reader() {
      Caller visitor = frame.visitor();
      return visitor != null && visitor.isPerson() ? visitor.name() : null;
    }

    /** The others whose gaps may be chosen, the one that is chosen among them. */
    public List<String> otherOwners() {
      return Stream.concat(owners.stream(), Stream.ofNullable(filter.owner()))
          .filter(owner -> !owner.equalsIgnoreCase(reader()))
          .collect(Collectors.toCollection(() -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)))
          .stream()
          .toList();
    }

    /** Whether this person's gaps are shown. */
    public boolean isOf(String owner) {
      return owner.equalsIgnoreCase(filter.owner());
    }
  }

  /**
   * The subjects held back.
   *
   * @param page them
   * @param titles titles of the articles that they name, by id
   */
  public record HeldBack(Frame frame, HeldBackSubject.Page page, Map<String, String> titles) {}

  /**
   * The cases behind a figure.
   *
   * @param query which cases
   * @param measure which figure
   * @param cases the latest ones
   * @param more where more of them are listed; {@code null} when these are all
   */
  public record DeskCases(
      Frame frame,
      DeskHealth.Query query,
      DeskHealth.Measure measure,
      List<DeskHealth.CountedCase> cases,
      @Nullable String more) {
    /** Takes a copy. */
    public DeskCases {
      cases = List.copyOf(cases);
    }
  }

  /**
   * One gap.
   *
   * @param gap the gap
   * @param rank where it stands by impact, or {@code null} when it is dismissed
   * @param titles titles of the articles that it names, by id
   * @param work what helps to close it
   * @param refused why a change was not made, or {@code null}
   * @param weeks the gap over time
   * @param signals how many of its cases show what
   * @param cases the latest of all its cases, or of those of one week
   * @param week that week, or {@code null}
   * @param alike how many cases that ask what its cases ask are set aside
   * @param asked the open cases that ask it now
   * @param proof what came of its questions when its remedy was there, or {@code null}
   */
  public record OneGap(
      Frame frame,
      Gap gap,
      @Nullable GapRank rank,
      Map<String, String> titles,
      GapWork work,
      @Nullable String refused,
      WeekChart weeks,
      GapSignals signals,
      GapCasePage cases,
      @Nullable GapWeek week,
      int alike,
      OpenNow.Asked asked,
      @Nullable GapProof proof) {
    /** The questions that nothing answered when its remedy was there. */
    public List<GapReplay.Asked> unanswered() {
      return replayed().filter(one -> one.after() == null).toList();
    }

    /** The questions that an article answered. */
    public List<GapReplay.Asked> answered() {
      return replayed().filter(one -> one.after() != null).toList();
    }

    private Stream<GapReplay.Asked> replayed() {
      return proof == null ? Stream.of() : proof.replay().questions().stream();
    }

    /** How many cases there are to show. */
    public int caseCount() {
      return week == null ? signals.cases() : week.cases().size();
    }

    /** An article's title, or its id when it is gone. */
    public String title(String articleId) {
      return titles.getOrDefault(articleId, articleId);
    }

    /** What happened to it, in words. */
    public String said(Gap.Event event) {
      return GapHistory.say(event, frame.voice(), frame.named());
    }

    /** Who did it. */
    public String who(Gap.Event event) {
      return GapHistory.who(event, frame.voice());
    }

    /** The states that a person may bring it to, and the one that it is in. */
    public List<Gap.State> states() {
      return Stream.of(Gap.State.values())
          .filter(state -> state == gap.state() || gap.state().mayBecome(state))
          .toList();
    }
  }

  /**
   * A gap that is one no more.
   *
   * @param gap what there is to say of it
   */
  public record Withdrawn(Frame frame, WithdrawnGap gap) {
    /** Why it is none, in words. */
    public String why() {
      return said(gap.why());
    }

    /** What happened to it, in words. */
    public String said(Gap.Event event) {
      return GapHistory.say(event, frame.voice(), frame.named());
    }

    /** Who did it. */
    public String who(Gap.Event event) {
      return GapHistory.who(event, frame.voice());
    }
  }

  /**
   * The cases of a gap.
   *
   * @param gap the gap
   * @param signals how many of its cases show what
   * @param page a page of them
   * @param titles titles of the articles that they name, by id
   * @param week the Monday of the only week whose cases are shown, or {@code null}
   * @param first whether it is the first page
   */
  public record GapCases(
      Frame frame,
      Gap gap,
      GapSignals signals,
      GapCasePage page,
      Map<String, String> titles,
      @Nullable LocalDate week,
      boolean first) {}

  /**
   * The articles.
   *
   * @param rows a page of them
   * @param order what comes first
   * @param next where the next page begins, or {@code null}
   */
  public record Articles(
      Frame frame, List<ArticleRow> rows, ArticleHealth.Order order, @Nullable String next) {}

  /**
   * An article in the list.
   *
   * @param article the article
   * @param health how it does
   * @param gaps the open gaps that name it
   */
  public record ArticleRow(Article article, ArticleHealth.Row health, List<Gap> gaps) {}

  /**
   * One article.
   *
   * @param article the article
   * @param health how it does
   * @param gaps the open gaps that name it
   * @param returns who came back after it, the latest first
   * @param html its body, safe to show
   * @param wordings what was learned for it
   * @param dismissals for what it was dismissed
   * @param removed what people removed of both
   */
  public record OneArticle(
      Frame frame,
      Article article,
      ArticleHealth health,
      List<Gap> gaps,
      List<RepeatContact> returns,
      String html,
      List<LearnedWording> wordings,
      List<LearnedWording> dismissals,
      List<LearnedWording.Removed> removed) {
    private static final int SHOWN = 5;

    /** How many wordings are in doubt. */
    public long doubted() {
      return wordings.stream().filter(LearnedWording::doubted).count();
    }

    /** The wordings that stand open: those in doubt first. */
    public List<LearnedWording> latest() {
      return doubtedFirst().limit(SHOWN).toList();
    }

    /** The others. */
    public List<LearnedWording> earlier() {
      return doubtedFirst().skip(SHOWN).toList();
    }

    private Stream<LearnedWording> doubtedFirst() {
      return wordings.stream()
          .sorted(Comparator.comparing((LearnedWording wording) -> !wording.doubted()));
    }
  }

  /**
   * A problem.
   *
   * @param problem what went wrong
   */
  public record Trouble(Frame frame, Problem problem) {}

  /** The description of the API. */
  public record Api(Frame frame, ApiDescription api) {}
}
