package io.gapcanary;

import io.gapcanary.Gap.Event.What;
import io.gapcanary.gaps.Drafting;
import io.gapcanary.gaps.GapMerging;
import io.gapcanary.gaps.GapRules;
import io.gapcanary.gaps.GapViews;
import io.gapcanary.gaps.GapWeeks;
import io.gapcanary.gaps.HeldBack;
import io.gapcanary.gaps.Replay;
import io.gapcanary.gaps.Untold;
import io.gapcanary.kb.Article;
import io.gapcanary.kb.AskedAs;
import io.gapcanary.kb.EmbeddingException;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Supposition;
import io.gapcanary.privacy.Masking;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a knowledge manager works from: the gaps, ranked. Thread-safe; made by {@link Desk#board}.
 */
public final class GapBoard {
  private static final System.Logger LOG = System.getLogger(GapBoard.class.getName());

  private final DeskWork work;
  private final KnowledgeBase knowledge;
  private final GapViews views;
  private final GapRules rules;
  private final GapMerging merging;
  private final Replay replay;
  private final Publishing publishing;
  private final Masking masking;
  private final Drafting drafting;
  private final ProvisionalSignals provisional;

  GapBoard(
      DeskWork work,
      KnowledgeBase knowledge,
      GapViews views,
      GapRules rules,
      Replay replay,
      Publishing publishing,
      Masking masking,
      ProvisionalSignals provisional) {
    this.work = work;
    this.knowledge = knowledge;
    this.views = views;
    this.rules = rules;
    this.merging = new GapMerging(rules);
    this.replay = replay;
    this.publishing = publishing;
    this.masking = masking;
    this.drafting = new Drafting(knowledge);
    this.provisional = provisional;
  }

  /**
   * What is asked now in cases that are open still, of gaps and of what has no gap yet: apart from
   * everything else here, which counts closed cases. As of {@link Desk#lookAtOpenCases}.
   */
  public OpenNow openNow() {
    return provisional.now();
  }

  /**
   * A page of gaps: live ones by impact, then those that evidence has verified, then dismissed
   * ones.
   */
  public GapPage list(GapFilter filter) {
    return list(filter, work.now());
  }

  /**
   * The same, with impacts as of a time: recency and trend are counted from it. A case that closed
   * later counts as one of that time.
   */
  public GapPage list(GapFilter filter, Instant asOf) {
    return work.read(session -> views.list(session, filter, asOf));
  }

  /** How many gaps there are of each kind and state, where there are any: without reading them. */
  public List<GapCount> counts() {
    return work.read(session -> session.gaps().counts());
  }

  /** Who sees to a gap that is not dismissed, by name: those that a list may be narrowed to. */
  public List<String> owners() {
    return work.read(session -> session.gaps().owners());
  }

  /**
   * Hands over the whole list, one by one, as it stands at one moment: without pages, so that none
   * is missing and none comes twice.
   *
   * @param filter its limit and cursor say nothing here
   * @param reader is given each gap, and where it stands by impact ({@code null} for one that is
   *     dismissed)
   */
  public void forEach(GapFilter filter, Instant asOf, BiConsumer<Gap, @Nullable GapRank> reader) {
    work.read(
        session -> {
          views.forEach(session, filter, asOf, reader);
          return session;
        });
  }

  /**
   * A page of gaps, had somebody decided on other weights of the impact: to see before deciding.
   */
  public GapPage preview(GapFilter filter, ImpactWeights weights) {
    return work.read(session -> views.list(session, filter, work.now(), weights));
  }

  /**
   * Where a gap stands by impact among all that are not dismissed, and what puts it above the next
   * one; empty for a gap that is dismissed, or unknown.
   */
  public Optional<GapRank> rank(String id) {
    Instant now = work.now();
    return work.read(
        session ->
            findRow(session, id)
                .flatMap(
                    gap ->
                        views.rank(session, String.valueOf(gap.id()), GapFilter.FIRST_PAGE, now)));
  }

  /**
   * The subjects, of every kind, that too few customers have shown to be called gaps.
   *
   * @param most how many to describe; all are counted
   */
  public HeldBackSubject.Page heldBack(int most) {
    return work.read(session -> HeldBack.of(session, work.settings(), most));
  }

  /** The gap of an id, with its history. A merged gap answers as the one that it joined. */
  public Optional<Gap> find(String id) {
    Instant now = work.now();
    return work.read(session -> findRow(session, id).map(gap -> views.view(session, gap, now)));
  }

  /**
   * A gap over time: its cases by week, from the first one to now.
   *
   * @param most how many of the latest weeks at most, 1 or more
   * @throws NotFoundException when there is no such gap
   * @throws WithdrawnGapException when there is none any more
   */
  public List<GapWeek> weeks(String id, int most) {
    Instant now = work.now();
    return work.read(
        session ->
            GapWeeks.of(session, getRow(session, id), now, work.settings().timeZone(), most));
  }

  /**
   * A page of a gap's cases that are kept, those that closed last first.
   *
   * @throws NotFoundException when there is no such gap
   * @throws WithdrawnGapException when there is none any more
   * @throws IllegalArgumentException when the filter's cursor is none
   */
  public GapCasePage cases(String id, GapCaseFilter filter) {
    return work.read(session -> session.gapEvidence().list(getRow(session, id).key(), filter));
  }

  /**
   * How many of a gap's cases that are kept show what.
   *
   * @throws NotFoundException when there is no such gap
   * @throws WithdrawnGapException when there is none any more
   */
  public GapSignals signals(String id) {
    return work.read(session -> session.gapEvidence().signals(getRow(session, id).key()));
  }

  private static OptionalInt number(String id) {
    return id.matches("gap-[1-9]\\d{0,8}")
        ? OptionalInt.of(Integer.parseInt(id.substring("gap-".length())))
        : OptionalInt.empty();
  }

  private static Optional<GapRow> findRow(Session session, String id) {
    OptionalInt number = number(id);
    return number.isEmpty()
        ? Optional.empty()
        : session.gaps().findByNumber(number.getAsInt()).filter(gap -> !gap.heldBack());
  }

  private static GapRow getRow(Session session, String id) {
    Optional<GapRow> found = findRow(session, id);
    if (found.isEmpty()) {
      withdrawn(session, id)
          .ifPresent(
              gap -> {
                throw new WithdrawnGapException(gap);
              });
    }
    return found.orElseThrow(() -> new NotFoundException("There is no gap " + id));
  }

  private static Optional<WithdrawnGap> withdrawn(Session session, String id) {
    OptionalInt number = number(id);
    return number.isEmpty()
        ? Optional.empty()
        : session
            .gaps()
            .findByFormerNumber(number.getAsInt())
            .map(gap -> withdrawn(session, id, gap));
  }

  private static WithdrawnGap withdrawn(Session session, String id, GapRow gap) {
    List<Gap.Event> history = session.gapHistory().history(gap.key());
    Gap.Event why =
        history.reversed().stream()
            .filter(event -> event.what() == What.WITHDRAWN || event.what() == What.RECALCULATED)
            .findFirst()
            .orElseGet(
                () -> new Gap.Event(Instant.EPOCH, "evidence", What.WITHDRAWN, Map.of(), null));
    return new WithdrawnGap(
        id,
        gap.kind(),
        gap.title(),
        gap.articleId(),
        session.gapSizes().cases(gap.key()),
        why.at(),
        why,
        history);
  }

  /** The gap that had an id, and is one no more; empty while it is one, or never was. */
  public Optional<WithdrawnGap> findWithdrawn(String id) {
    return work.read(session -> withdrawn(session, id));
  }

  /** The articles after which customers suddenly come back more often, noticed last first. */
  public List<ArticleRise> worse(int most) {
    return work.read(session -> session.rises().lasting(most));
  }

  /** The gap that a decision was based on. */
  private static GapRow getRow(Session session, String id, long expectedVersion) {
    GapRow gap = getRow(session, id);
    if (!id.equals(gap.id())) {
      throw new StaleException("Gap " + id + " has been merged into " + gap.id());
    }
    if (gap.version() != expectedVersion) {
      throw new StaleException(
          "Gap "
              + id
              + " has changed: it is at version "
              + gap.version()
              + ", not "
              + expectedVersion);
    }
    return gap;
  }

  /**
   * Changes a gap's state, owner or remedy. An open gap that gets an owner is assigned, and an
   * assigned one that loses its owner is open, unless the change says otherwise. When the remedy is
   * said to be there ({@code published}), the gap's questions are asked again, and those of the
   * latest other cases that were given an article: {@link #proof} is what came of it.
   *
   * @param expectedVersion the {@link Gap#version} that the decision was based on
   * @throws NotFoundException when there is no such gap
   * @throws WithdrawnGapException when there is none any more
   * @throws StaleException when the gap has changed since
   * @throws ConflictException when a gap's life does not have that step
   */
  public Gap change(String id, long expectedVersion, GapChange change) {
    GapReplay replayed = change.state() == Gap.State.PUBLISHED ? replayed(id, change) : null;
    return work.change(
        session -> {
          GapRow gap = getRow(session, id, expectedVersion);
          decide(session, gap, change, replayed);
          return views.view(session, session.gaps().get(gap.key()), work.now());
        });
  }

  private @Nullable GapReplay replayed(String id, GapChange change) {
    return work.read(session -> findRow(session, id))
        .filter(gap -> gap.state() != Gap.State.PUBLISHED && gap.state().live())
        .flatMap(
            gap -> publishing.of(gap, change.remedy() == null ? gap.remedy() : change.remedy()))
        .orElse(null);
  }

  private void decide(Session session, GapRow gap, GapChange change, @Nullable GapReplay replayed) {
    String owner = owner(gap, change);
    Gap.State state = state(gap, change, owner);
    if (state != gap.state() && !gap.state().mayBecome(state)) {
      throw new ConflictException(
          "Gap "
              + gap.id()
              + " is "
              + gap.state().wireName()
              + ": it must be opened again before it can be "
              + state.wireName());
    }
    session.gaps().change(gap.key(), state, owner, null);
    if (change.remedy() != null && change.remedy() != gap.remedy()) {
      session.gaps().setRemedy(gap.key(), change.remedy());
      note(session, gap, change, What.REMEDY, fromTo(gap.remedy(), change.remedy()));
    }
    if (!Objects.equals(owner, gap.owner())) {
      note(session, gap, change, What.OWNER, owner == null ? Map.of() : Map.of("owner", owner));
    }
    if (state != gap.state()) {
      note(session, gap, change, What.STATE, fromTo(gap.state(), state));
      if (state == Gap.State.PUBLISHED) {
        rules.published(session, session.gaps().get(gap.key()), replayed, work.now());
      }
    }
  }

  private void note(
      Session session, GapRow gap, GapChange change, What what, Map<String, Object> details) {
    String reason = masked(change.reason());
    session
        .gapHistory()
        .note(gap.key(), new Gap.Event(work.clockNow(), change.by(), what, details, reason));
  }

  private @Nullable String masked(@Nullable String text) {
    return text == null || text.isBlank() ? null : masking.mask(text.strip());
  }

  private static Map<String, Object> fromTo(WireName from, WireName to) {
    return Map.of("from", from.wireName(), "to", to.wireName());
  }

  private static @Nullable String owner(GapRow gap, GapChange change) {
    if (change.owner() == null) {
      return gap.owner();
    }
    return change.owner().isBlank() ? null : change.owner().strip();
  }

  private static Gap.State state(GapRow gap, GapChange change, @Nullable String owner) {
    if (change.state() != null) {
      return change.state();
    }
    return switch (gap.state()) {
      case OPEN -> owner == null || owner.equals(gap.owner()) ? gap.state() : Gap.State.ASSIGNED;
      case ASSIGNED -> owner == null ? Gap.State.OPEN : gap.state();
      case DRAFTED, PUBLISHED, VERIFIED, DISMISSED -> gap.state();
    };
  }

  /**
   * Merges a gap into another, as one person says. What was decided about the other one holds; it
   * takes over an owner and a state where it has none yet. The gap that goes answers as the other
   * from then on, and its history is kept there.
   *
   * @param expectedVersion the {@link Gap#version} of the gap that goes, which the decision was
   *     based on
   * @param intoVersion that of the one that stays, or {@code null} not to look
   * @param reason why, in that person's words, or {@code null}
   * @param by who decides; blank: somebody
   * @return the gap that stays
   * @throws NotFoundException when there is no such gap
   * @throws WithdrawnGapException when there is none any more
   * @throws StaleException when one of them has changed since
   * @throws IllegalArgumentException when both are the same
   * @throws ConflictException when their kinds do not go together
   */
  public Gap merge(
      String id,
      long expectedVersion,
      String into,
      @Nullable Long intoVersion,
      @Nullable String reason,
      String by) {
    return work.change(
        session -> {
          GapRow from = getRow(session, id, expectedVersion);
          GapRow stays =
              intoVersion == null ? getRow(session, into) : getRow(session, into, intoVersion);
          String person = by.isBlank() ? "somebody" : by.strip();
          merging.merge(session, from, stays, person, masked(reason), work.clockNow());
          return views.view(session, session.gaps().get(stays.key()), work.now());
        });
  }

  /**
   * Asks a gap's stored questions again of today's articles. Changes nothing.
   *
   * @throws NotFoundException when there is no such gap
   * @throws WithdrawnGapException when there is none any more
   */
  public GapReplay replay(String id) {
    return work.read(session -> replay.of(session, getRow(session, id), work.now()));
  }

  /**
   * What came of a gap's questions when its remedy was last there: published by a person, or an
   * article that answers some of them. Empty when it never was, or no article is to cure the gap.
   *
   * @throws NotFoundException when there is no such gap
   * @throws WithdrawnGapException when there is none any more
   */
  public Optional<GapProof> proof(String id) {
    return work.read(
        session -> {
          GapRow gap = getRow(session, id);
          return session.gapProofs().find(gap.key(), String.valueOf(gap.id()));
        });
  }

  /**
   * Asks them as if something were done, and the questions of the latest other cases that were
   * given an article, to tell what would go wrong. Changes nothing.
   *
   * @throws NotFoundException when there is no such gap, or no such article to be found by further
   *     words
   * @throws EmbeddingException when the meaning model cannot be asked
   */
  public GapReplay replay(String id, Trial trial) {
    Replay.Questions questions =
        work.read(session -> Replay.questions(session, getRow(session, id), work.now()));
    return work.supposing(
        () -> replay.of(questions, knowledge.suppose(supposition(questions.gap(), trial))));
  }

  /**
   * What customers came back to ask after an incomplete gap's article, grouped: what the article
   * does not say first, and of it what most cases ask. Empty for any other kind.
   *
   * @throws NotFoundException when there is no such gap
   * @throws WithdrawnGapException when there is none any more
   */
  public List<FollowUp> followUps(String id) {
    return work.read(session -> views.followUps(session, getRow(session, id)));
  }

  /**
   * A head start on the article that a gap lacks.
   *
   * @throws NotFoundException when there is no such gap
   * @throws WithdrawnGapException when there is none any more
   */
  public ArticleDraft draft(String id) {
    return work.supposing(() -> work.read(session -> drafting.of(session, getRow(session, id))));
  }

  /**
   * The same, its resolution worded in one piece as well. When the polisher cannot, the draft is as
   * it would be without.
   *
   * @throws NotFoundException when there is no such gap
   * @throws WithdrawnGapException when there is none any more
   */
  public ArticleDraft draft(String id, DraftPolisher polisher) {
    ArticleDraft draft = draft(id);
    try {
      String polished = polisher.polish(draft);
      return polished.isBlank() ? draft : draft.polished(polished.strip());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "The draft of " + id + " stays unpolished", e);
      return draft;
    }
  }

  /**
   * The cases whose customers got no answer or a wrong one and have not come back, those that
   * closed last first: so that the desk can reach them before they call.
   *
   * @throws NotFoundException when there is no such gap
   * @throws WithdrawnGapException when there is none any more
   */
  public List<ToTell> toTell(String id) {
    return work.read(session -> Untold.of(session, getRow(session, id)));
  }

  /** True when {@link #toTell} is due: an article turned out wrong, or a gap is cured. */
  public static boolean isTellingDue(Gap gap) {
    return Untold.due(gap.kind(), gap.state());
  }

  private Supposition supposition(GapRow gap, Trial trial) {
    return switch (trial) {
      case Trial.Draft draft -> Supposition.article(draft.article());
      case Trial.Wording wording -> wording(gap, wording);
      case Trial.Floor floor -> Supposition.floor(floor.language(), floor.floor());
    };
  }

  /** An unfindable gap is proved without learned wordings: there the words are a tag. */
  private Supposition wording(GapRow gap, Trial.Wording wording) {
    Article article =
        work.read(session -> session.articles().find(wording.articleId()))
            .orElseThrow(() -> new NotFoundException("There is no article " + wording.articleId()));
    List<String> texts = wording.texts().stream().map(masking::mask).toList();
    if (gap.kind() == Gap.Kind.UNFINDABLE) {
      List<String> tags = new ArrayList<>(article.tags());
      tags.addAll(texts);
      return Supposition.article(withTags(article, tags));
    }
    List<AskedAs> wordings = new ArrayList<>();
    for (String text : texts) {
      String name = "trial-" + wordings.size();
      wordings.add(new AskedAs(name, article.id(), text, name, work.now()));
    }
    return Supposition.wordings(wordings);
  }

  private static Article withTags(Article article, List<String> tags) {
    return new Article(
        article.id(),
        article.title(),
        article.body(),
        article.language(),
        article.applicability(),
        tags,
        article.url(),
        article.audience(),
        article.confidence(),
        article.publishedAt(),
        article.validUntil(),
        article.updatedAt());
  }
}
