package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.Gap;
import io.gapcanary.Resolution;
import io.gapcanary.cases.JudgedCase;
import io.gapcanary.kb.Matches;
import io.gapcanary.kb.Verdict;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rule of <em>missing</em>: nothing was given, and nothing answers (reason {@code no-article},
 * {@code below-floor}, {@code archived} or {@code expired}), or the agent found every suggestion
 * unfit.
 *
 * <p>Such a case joins the group of its question, or begins one. Enough distinct customers make it
 * a gap. A case that an article might have answered, but in which none was given, joins a group
 * that is there and raises none; unless the article answers it beyond doubt. Where the remedy is
 * said to be there, a case in which none was given and that was not solved is a miss all the same.
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
    boolean missed = missed(judged);
    boolean failed = failed(judged.row().resolution());
    boolean may = mayBeAnswered(judged.matches());
    if (!missed && !failed && !may) {
      return Optional.empty();
    }
    Optional<GapRow> group = group(session, judged).map(session.gaps()::get);
    boolean relapse = failed && group.filter(MissingRule::cured).isPresent();
    if (!missed && !relapse && (!may || group.isEmpty())) {
      return Optional.empty();
    }
    GapRow gap = group.orElseGet(() -> session.gaps().begin(Gap.Kind.MISSING, null));
    book.join(session, gap, judged.row(), judged.at(), missed || relapse);
    for (GapRow changed : regrouping.look(session, gap, judged.at())) {
      raise(session, judged, changed);
    }
    return Optional.of(raise(session, judged, joined(session, judged, gap)));
  }

  /** Only a miss: what may be answered still is none while the case is open. */
  Optional<Joining> wouldJoin(Session session, JudgedCase judged) {
    return judged.given() || !judged.row().asks() || !missed(judged)
        ? Optional.empty()
        : Optional.of(new Joining(Gap.Kind.MISSING, null, group(session, judged).orElse(null)));
  }

  private static boolean missed(JudgedCase judged) {
    return judged.dismissed() || missing(judged.matches().verdict());
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

  /** What seems answered and did not help: where a remedy is said to be there, it is not enough. */
  private static boolean failed(@Nullable Resolution resolution) {
    return resolution == Resolution.ESCALATED || resolution == Resolution.UNSOLVED;
  }

  private static boolean cured(GapRow gap) {
    return gap.state() == Gap.State.PUBLISHED || gap.state() == Gap.State.VERIFIED;
  }

  private static boolean missing(Verdict verdict) {
    return verdict instanceof Verdict.NoMatch noMatch
        && switch (noMatch.reason()) {
          case NO_ARTICLE, BELOW_FLOOR, ARCHIVED, EXPIRED -> true;
          case OTHER_VERSION, OTHER_LANGUAGE -> false;
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
