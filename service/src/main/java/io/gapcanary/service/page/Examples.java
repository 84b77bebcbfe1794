package io.gapcanary.service.page;

import io.gapcanary.Desk;
import io.gapcanary.Gap;
import io.gapcanary.GapFilter;
import io.gapcanary.kb.Article;
import io.gapcanary.service.text.Voice;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Questions to try on the desk at hand: one that an article answers, and some that none does. */
final class Examples {
  private static final List<Gap.Kind> KINDS =
      List.of(Gap.Kind.MISSING, Gap.Kind.UNTRANSLATED, Gap.Kind.SUPERSEDED, Gap.Kind.INCOMPLETE);

  private Examples() {}

  static List<String> of(Desk desk, Voice voice) {
    Stream<String> unanswered =
        KINDS.stream().flatMap(kind -> asked(desk, voice, kind).stream()).limit(2);
    return Stream.concat(answered(desk, voice), unanswered).distinct().toList();
  }

  /** Two titles from different places of the list. */
  private static Stream<String> answered(Desk desk, Voice voice) {
    List<String> titles =
        desk.articles().list(null, 200).stream()
            .filter(article -> article.language().equals(voice.code()))
            .filter(article -> article.confidence() == Article.Confidence.VALIDATED)
            .map(Article::title)
            .toList();
    return titles.isEmpty()
        ? Stream.empty()
        : Stream.of(titles.get(titles.size() / 3), titles.get(titles.size() / 2));
  }

  private static Optional<String> asked(Desk desk, Voice voice, Gap.Kind kind) {
    GapFilter filter = new GapFilter(EnumSet.of(kind), openOnes(), 50, null);
    return desk.board().list(filter).gaps().stream()
        .filter(gap -> !gap.languages().isEmpty() && gap.languages().get(0).equals(voice.code()))
        .map(Examples::spoken)
        .flatMap(question -> Stream.ofNullable(question))
        .findFirst();
  }

  /**
   * One message that somebody sent: the longest of a question, which says most of it. A whole
   * question holds the thanks at its end as well.
   */
  static @Nullable String spoken(Gap gap) {
    return gap.questions().stream()
        .flatMap(question -> question.lines().max(Comparator.comparingInt(String::length)).stream())
        .filter(message -> message.length() >= 12 && message.length() <= 120)
        .findFirst()
        .orElse(null);
  }

  private static Set<Gap.State> openOnes() {
    return EnumSet.of(Gap.State.OPEN, Gap.State.ASSIGNED);
  }
}
