package io.gapcanary.gaps;

import io.gapcanary.FollowUp;
import io.gapcanary.Gap;
import io.gapcanary.kb.Article;
import io.gapcanary.kb.Coverage;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Language;
import io.gapcanary.kb.Question;
import io.gapcanary.storage.GapMember;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What customers came back to ask after an article, and which of it the article says already.
 *
 * <p>Their questions are grouped by average linkage of {@link KnowledgeBase#sameSubjects}, or of
 * {@value #ANSWERED_ALIKE} where agents answered both to the same effect, whatever the words. The
 * article says what a group asks when one of its passages, with the title, has most of the words of
 * most of the group's questions ({@link Coverage}). What it does not say comes first, and of equals
 * what most cases ask.
 */
final class FollowUps {
  /** The latest returns are looked at. */
  static final int LATEST = 40;

  /**
   * The mean probability of all pairs that they ask the same. It was fitted where one pair in ten
   * does; of the returns after one article many more do.
   */
  private static final double ALIKE = 0.12;

  /** How alike two questions are at least that agents answered alike. */
  private static final double ANSWERED_ALIKE = 0.5;

  /** The share of a question's words, weighted, that make a passage its answer. */
  private static final double SAYS = 0.7;

  private static final Comparator<FollowUp> ORDER =
      Comparator.comparing((FollowUp one) -> one.passage() != null)
          .thenComparing(Comparator.comparingInt((FollowUp one) -> one.cases().size()).reversed())
          .thenComparing(one -> one.cases().getFirst());

  private final KnowledgeBase knowledge;
  private final Drafting answers;
  private final Map<Long, Known> known = new ConcurrentHashMap<>();

  private record Known(
      int cases, @Nullable String latest, @Nullable Article article, List<FollowUp> followUps) {}

  FollowUps(KnowledgeBase knowledge) {
    this.knowledge = knowledge;
    this.answers = new Drafting(knowledge);
  }

  /**
   * The follow-ups of an incomplete gap; none of any other.
   *
   * @param cases how many cases it has
   * @param members the {@value #LATEST} latest of them at least, in order of arrival
   */
  List<FollowUp> of(Session session, GapRow gap, int cases, List<GapMember> members) {
    String articleId = gap.articleId();
    if (gap.kind() != Gap.Kind.INCOMPLETE || articleId == null) {
      return List.of();
    }
    String latest = members.isEmpty() ? null : members.getLast().caseId();
    Article article = session.articles().find(articleId).orElse(null);
    Known before = known.get(gap.key());
    if (before != null
        && before.cases() == cases
        && Objects.equals(before.latest(), latest)
        && Objects.equals(before.article(), article)) {
      return before.followUps();
    }
    List<FollowUp> found = find(session, articleId, members);
    known.put(gap.key(), new Known(cases, latest, article, found));
    return found;
  }

  private List<FollowUp> find(Session session, String articleId, List<GapMember> members) {
    List<GapMember> asking =
        members.subList(Math.max(0, members.size() - LATEST), members.size()).stream()
            .filter(member -> !member.question().isBlank())
            .toList();
    List<Question> questions =
        asking.stream().map(member -> Question.of(member.question(), Instant.EPOCH)).toList();
    double[][] alike = knowledge.sameSubjects(questions);
    answeredAlike(session, asking, alike);
    return AverageLinkage.groups(alike, ALIKE).stream()
        .map(group -> followUp(articleId, asking, questions, alike, group))
        .sorted(ORDER)
        .toList();
  }

  private void answeredAlike(Session session, List<GapMember> asking, double[][] alike) {
    List<String> cases = asking.stream().map(GapMember::caseId).toList();
    String language = GapViews.languages(asking).stream().findFirst().orElse(Language.ENGLISH);
    for (List<String> same : answers.answeredAlike(session, cases, language)) {
      for (String one : same) {
        for (String other : same) {
          int i = cases.indexOf(one);
          int j = cases.indexOf(other);
          alike[i][j] = Math.max(alike[i][j], ANSWERED_ALIKE);
        }
      }
    }
  }

  private FollowUp followUp(
      String articleId,
      List<GapMember> asking,
      List<Question> questions,
      double[][] alike,
      List<Integer> group) {
    int typical = AverageLinkage.typical(alike, group);
    List<Coverage> covered =
        group.stream().map(i -> knowledge.coverage(questions.get(i), articleId)).toList();
    boolean says = 2 * covered.stream().filter(c -> c.words() >= SAYS).count() > group.size();
    String passage =
        covered.stream()
            .max(Comparator.comparingDouble(Coverage::words))
            .map(Coverage::passage)
            .orElse("");
    return new FollowUp(
        GapTitle.readable(questions.get(typical).text()),
        group.stream().map(i -> asking.get(i).caseId()).toList(),
        (int) group.stream().map(i -> asking.get(i).customer()).distinct().count(),
        says ? passage : null);
  }
}
