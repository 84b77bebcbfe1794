package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.Gap;
import io.gapcanary.cases.JudgedCase;
import io.gapcanary.kb.Matches;
import io.gapcanary.kb.Verdict;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The rule of <em>missing</em>: nothing was given, and nothing answers (reason {@code no-article}
 * or {@code below-floor}), or the agent found every suggestion unfit.
 *
 * <p>Such a case joins the group of its question, or begins one. Enough distinct customers make it
 * a gap. A case that an article might have answered, but in which none was given, joins a group
 * that is there and raises none; unless the article answers it beyond doubt.
 */
final class MissingRule {
  /**
   * What is answered as surely as this and joins a group all the same belongs to another subject in
   * nineteen cases of twenty: docs/decisions has the figures.
   */
  private static final double SURELY = 0.98;

  private final Grouping grouping;
  private final Regrouping regrouping;
  private final GapBook book;
  private final Supplier<DeskSettings> settings;

  MissingRule(
      Grouping grouping, Regrouping regrouping, GapBook book, Supplier<DeskSettings> settings) {
    this.grouping = grouping;
    this.regrouping = regrouping;
    this.book = book;
    this.settings = settings;
  }

  Optional<GapRow> signal(Session session, JudgedCase judged) {
    if (judged.given() || !judged.row().asks()) {
      return Optional.empty();
    }
    boolean strong = judged.dismissed() || missing(judged.matches().verdict());
    if (!strong && !mayBeAnswered(judged.matches())) {
      return Optional.empty();
    }
    Optional<Long> group = group(session, judged);
    if (group.isEmpty() && !strong) {
      return Optional.empty();
    }
    GapRow gap =
        group
            .map(session.gaps()::get)
            .orElseGet(() -> session.gaps().begin(Gap.Kind.MISSING, null));
    book.join(session, gap, judged.row(), judged.at(), strong);
    for (GapRow changed : regrouping.look(session, gap, judged.at())) {
      raise(session, judged, changed);
    }
    return Optional.of(raise(session, judged, joined(session, judged, gap)));
  }

  private static GapRow joined(Session session, JudgedCase judged, GapRow otherwise) {
    return session
        .gapCases()
        .findMissing(judged.row().id())
        .map(session.gaps()::get)
        .orElse(otherwise);
  }

  private GapRow raise(Session session, JudgedCase judged, GapRow gap) {
    int enough = settings.get().minimumCustomers();
    return gap.heldBack()
            && gap.state().live()
            && session.gapSizes().strongCustomers(gap.key(), enough) >= enough
        ? book.raise(session, gap, judged.at(), GapBook.customers(session, gap))
        : gap;
  }

  private static boolean mayBeAnswered(Matches matches) {
    return matches.verdict() instanceof Verdict.Answered && matches.answerable() < SURELY;
  }

  private static boolean missing(Verdict verdict) {
    return verdict instanceof Verdict.NoMatch noMatch
        && switch (noMatch.reason()) {
          case NO_ARTICLE, BELOW_FLOOR -> true;
          case OTHER_VERSION, OTHER_LANGUAGE, ARCHIVED, EXPIRED -> false;
        };
  }

  /** Who comes back about the same brings the case to the same group. */
  private Optional<Long> group(Session session, JudgedCase judged) {
    String earlier = judged.repeatOf() == null ? judged.reconnectOf() : judged.repeatOf();
    Optional<Long> same =
        earlier == null ? Optional.empty() : session.gapCases().findMissing(earlier);
    return same.isPresent()
        ? same
        : grouping.find(session, judged.row().asked(), judged.row().id());
  }
}
