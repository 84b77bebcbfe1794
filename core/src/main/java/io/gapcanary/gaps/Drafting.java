package io.gapcanary.gaps;

import io.gapcanary.ArticleDraft;
import io.gapcanary.ArticleDraft.Quoted;
import io.gapcanary.ArticleDraft.Setting;
import io.gapcanary.Author;
import io.gapcanary.Gap;
import io.gapcanary.Message;
import io.gapcanary.Resolution;
import io.gapcanary.cases.Instructions;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Language;
import io.gapcanary.kb.Question;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.GapMember;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Assembles a gap's {@link ArticleDraft} from what customers and agents wrote.
 *
 * <p>The resolution is what agents wrote in cases that were solved, sentence by sentence. Sentences
 * to the same effect are one, by average linkage; it stands with every case that it is in, in the
 * words of the most typical one, where agents say it: the mean of its place, from the first
 * sentence of a case to its last. What several cases have comes first; what one alone has may be
 * about its customer.
 */
public final class Drafting {
  private static final int WORDINGS = 30;
  private static final int SOLVED = 20;
  private static final int SENTENCES = 80;
  private static final int SAID = 12;

  /** The mean probability of all pairs that they say the same. */
  private static final double ALIKE = 0.4;

  private final KnowledgeBase knowledge;

  /** Asks the knowledge base how much sentences are alike. */
  public Drafting(KnowledgeBase knowledge) {
    this.knowledge = knowledge;
  }

  /** The draft of a gap. */
  public ArticleDraft of(Session session, GapRow gap) {
    List<GapMember> members = session.gapCases().members(gap.key());
    String language = GapViews.languages(members).stream().findFirst().orElse(Language.ENGLISH);
    List<Quoted> wordings = wordings(members, language);
    List<CaseRow> rows =
        members.stream().flatMap(member -> session.cases().find(member.caseId()).stream()).toList();
    List<CaseRow> solved =
        rows.stream().filter(row -> row.resolution() == Resolution.SOLVED).toList();
    List<Step> steps = steps(session, latest(solved), language);
    return new ArticleDraft(
        Objects.requireNonNull(gap.id()),
        gap.kind(),
        language,
        gap.title(),
        gap.kind() == Gap.Kind.UNTRANSLATED ? null : gap.articleId(),
        wordings.stream().limit(WORDINGS).toList(),
        Math.max(0, wordings.size() - WORDINGS),
        environment(rows),
        quoted(steps, true),
        quoted(steps, false),
        solved.size(),
        null);
  }

  private static List<CaseRow> latest(List<CaseRow> rows) {
    return rows.subList(Math.max(0, rows.size() - SOLVED), rows.size());
  }

  /** Distinct wordings in the gap's language, those of most cases first, else in order. */
  private static List<Quoted> wordings(List<GapMember> members, String language) {
    Map<String, List<GapMember>> distinct = new LinkedHashMap<>();
    members.stream()
        .filter(member -> !member.question().isBlank())
        .sorted(Comparator.comparing(member -> !isIn(language, member.question())))
        .forEach(
            member ->
                distinct
                    .computeIfAbsent(plain(member.question()), text -> new ArrayList<>())
                    .add(member));
    return distinct.values().stream()
        .map(
            same ->
                new Quoted(
                    same.getFirst().question(), same.stream().map(GapMember::caseId).toList()))
        .sorted(
            Comparator.comparing((Quoted one) -> !isIn(language, one.text()))
                .thenComparing(
                    Comparator.comparingInt((Quoted one) -> one.cases().size()).reversed()))
        .toList();
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }

  /** Short sentences do not tell one Latin language from another; scripts do. */
  private static boolean isIn(String language, String text) {
    return language.equals(Language.KOREAN) == Language.of(text).equals(Language.KOREAN);
  }

  private static List<Setting> environment(List<CaseRow> rows) {
    Map<List<String>, Integer> counts = new LinkedHashMap<>();
    for (CaseRow row : rows) {
      if (row.product() != null || row.version() != null) {
        counts.merge(
            List.of(
                Objects.requireNonNullElse(row.product(), ""),
                Objects.requireNonNullElse(row.version(), "")),
            1,
            Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .sorted(Map.Entry.<List<String>, Integer>comparingByValue().reversed())
        .map(
            entry ->
                new Setting(
                    emptyToNull(entry.getKey().getFirst()),
                    emptyToNull(entry.getKey().getLast()),
                    entry.getValue()))
        .toList();
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /**
   * A sentence of an agent.
   *
   * @param place in its case: 0 the first, 1 the last
   */
  private record Sentence(String text, String caseId, double place) {}

  /** Sentences to the same effect. */
  private record Step(String text, List<String> cases, double place) {}

  private List<Step> steps(Session session, List<CaseRow> solved, String language) {
    List<Sentence> sentences = new ArrayList<>();
    for (CaseRow row : solved.reversed()) {
      if (sentences.size() < SENTENCES) {
        sentences.addAll(sentences(session, row.id(), language));
      }
    }
    double[][] alike =
        knowledge.sameSubjects(
            sentences.stream().map(one -> Question.of(one.text(), Instant.EPOCH)).toList());
    apart(sentences, alike);
    return AverageLinkage.groups(alike, ALIKE).stream()
        .map(group -> step(sentences, alike, group))
        .sorted(Comparator.comparingDouble(Step::place))
        .toList();
  }

  /** Which of these cases agents answered to the same effect: sets of two or more. */
  List<List<String>> answeredAlike(Session session, List<String> caseIds, String language) {
    List<CaseRow> rows = caseIds.stream().flatMap(id -> session.cases().find(id).stream()).toList();
    return steps(session, latest(rows), language).stream()
        .map(Step::cases)
        .filter(cases -> cases.size() > 1)
        .toList();
  }

  private static List<Sentence> sentences(Session session, String caseId, String language) {
    List<String> said =
        session.messages().list(caseId).stream()
            .filter(message -> message.from() == Author.AGENT)
            .map(Message::text)
            .flatMap(text -> Instructions.in(text).stream())
            .filter(text -> isIn(language, text))
            .distinct()
            .toList();
    List<Sentence> sentences = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      sentences.add(
          new Sentence(said.get(i), caseId, said.size() == 1 ? 0.5 : i / (said.size() - 1.0)));
    }
    return sentences;
  }

  /** Two sentences of one case are two steps, unless they are word for word the same. */
  private static void apart(List<Sentence> sentences, double[][] alike) {
    for (int i = 0; i < alike.length; i++) {
      for (int j = 0; j < i; j++) {
        if (plain(sentences.get(i).text()).equals(plain(sentences.get(j).text()))) {
          alike[i][j] = 1;
          alike[j][i] = 1;
        } else if (sentences.get(i).caseId().equals(sentences.get(j).caseId())) {
          alike[i][j] = 0;
          alike[j][i] = 0;
        }
      }
    }
  }

  private static Step step(List<Sentence> sentences, double[][] alike, List<Integer> group) {
    Set<String> cases = new LinkedHashSet<>();
    double place = 0;
    for (int i : group) {
      cases.add(sentences.get(i).caseId());
      place += sentences.get(i).place();
    }
    return new Step(
        sentences.get(AverageLinkage.typical(alike, group)).text(),
        List.copyOf(cases).reversed(),
        place / group.size());
  }

  private static List<Quoted> quoted(List<Step> steps, boolean shared) {
    return steps.stream()
        .filter(step -> step.cases().size() > 1 == shared)
        .limit(shared ? Integer.MAX_VALUE : SAID)
        .map(step -> new Quoted(step.text(), step.cases()))
        .toList();
  }
}
