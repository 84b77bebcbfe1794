package io.gapcanary.kb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures what the indexes hold against a question: the articles that may answer, what came of its
 * likes, and what was dismissed for them.
 *
 * <p>Thread-safe. Its methods throw {@link UncheckedIOException} when an index cannot be read.
 */
final class Measuring {
  private final UnitIndex units;
  private final QuestionIndex questions;
  private final QuestionIndex dismissals;
  private final TextAnalysis texts;
  private final DeskFit fit;
  private final Tuning tuning;

  Measuring(
      UnitIndex units,
      QuestionIndex questions,
      QuestionIndex dismissals,
      TextAnalysis texts,
      DeskFit fit,
      Tuning tuning) {
    this.units = units;
    this.questions = questions;
    this.dismissals = dismissals;
    this.texts = texts;
    this.fit = fit;
    this.tuning = tuning;
  }

  /**
   * The measured candidates of a question, as they come.
   *
   * @param supposed what is taken as if it were in the index
   * @param known the articles that there are then
   */
  Measured measure(
      Question question, Scope scope, SupposedUnits supposed, Map<String, Header> known) {
    try (UnitReader reader = units.read(supposed)) {
      AskedText asked = texts.asked(question, reader);
      UnitFilter filter = filter(question, scope);
      List<Candidate> found =
          new Retrieval(reader, asked, known, fit.centre(reader)).candidates(filter);
      Map<String, Dismissals> dismissed = dismissed(question, scope, asked, found);
      dismissed.keySet().removeAll(supposed.articles().keySet()); // were of what they say now
      return new Measured(asked, found, past(question, scope, asked, found, reader), dismissed);
    } catch (IOException e) {
      throw new UncheckedIOException("The index cannot be read", e);
    }
  }

  /** The candidates, and one more article that no search led to. */
  Measured withArticle(
      Question question, String articleId, Scope scope, Measured found, Map<String, Header> known) {
    try (UnitReader reader = units.read()) {
      List<Candidate> all = new ArrayList<>(found.candidates());
      UnitFilter filter = filter(question, scope);
      all.addAll(
          new Retrieval(reader, found.asked(), known, fit.centre(reader)).only(articleId, filter));
      Map<String, Dismissals> dismissed = dismissed(question, scope, found.asked(), all);
      return new Measured(found.asked(), all, found.past(), dismissed);
    } catch (IOException e) {
      throw new UncheckedIOException("The index cannot be read", e);
    }
  }

  /** The articles that contradict a question as a wording of an article. */
  List<String> contradicting(Question question, String articleId, Map<String, Header> known) {
    try (UnitReader reader = units.read()) {
      AskedText asked = texts.asked(question, reader);
      return new Retrieval(reader, asked, known, fit.centre(reader))
          .contradicting(articleId, question.text(), filter(question, Scope.ALL));
    } catch (IOException e) {
      throw new UncheckedIOException("The index cannot be read", e);
    }
  }

  private UnitFilter filter(Question question, Scope scope) {
    return new UnitFilter(question.product(), scope, tuning.learnedSince(question.at()));
  }

  /** What agents dismissed for much the same questions, by article. */
  private Map<String, Dismissals> dismissed(
      Question question, Scope scope, AskedText asked, List<Candidate> found) throws IOException {
    if (!scope.learned() || asked.terms().isEmpty() || dismissals.size() == 0) {
      return new HashMap<>();
    }
    Map<String, List<Dismissals.Past>> past = new HashMap<>();
    for (QuestionIndex.Remembered one :
        dismissals.near(asked, question.product(), Dismissals.NEAREST)) {
      QuestionIndex.Dismissal dismissal = one.dismissal();
      if (dismissal != null
          && (scope.exceptSource() == null || !dismissal.voices().contains(scope.exceptSource()))
          && !tuning.isForgotten(dismissal.at(), question.at())) {
        double alike = fit.likeness().of(asked, one);
        if (alike >= Dismissals.ALIKE) {
          past.computeIfAbsent(dismissal.articleId(), id -> new ArrayList<>())
              .add(new Dismissals.Past(dismissal.text(), dismissal.voices(), alike));
        }
      }
    }
    Map<String, Dismissals> dismissed = new HashMap<>();
    for (Candidate candidate : found) {
      List<Dismissals.Past> against = past.get(candidate.header().id());
      if (against != null) {
        dismissed.put(candidate.header().id(), Dismissals.of(against, givenFor(asked, candidate)));
      }
    }
    return dismissed;
  }

  private List<Dismissals.Past> givenFor(AskedText asked, Candidate candidate) {
    return candidate.units().stream()
        .filter(scored -> scored.unit().kind() == Unit.Kind.ASKED)
        .map(
            scored ->
                new Dismissals.Past(
                    scored.unit().text(), scored.unit().voices(), fit.likeness().of(asked, scored)))
        .toList();
  }

  private PastQuestions past(
      Question question, Scope scope, AskedText asked, List<Candidate> found, UnitReader reader)
      throws IOException {
    if (!scope.learned() || asked.terms().isEmpty()) {
      return PastQuestions.NONE;
    }
    List<PastQuestions.Past> past = new ArrayList<>();
    for (Candidate candidate : found) {
      for (Candidate.ScoredUnit scored : candidate.units()) {
        if (scored.unit().kind() == Unit.Kind.ASKED) {
          past.add(new PastQuestions.Past(true, fit.likeness().of(asked, scored), null));
        }
      }
    }
    for (QuestionIndex.Remembered one :
        questions.near(asked, question.product(), Experience.NEAREST)) {
      if (!one.id().equals(scope.exceptSource())) {
        double alike = fit.likeness().of(asked, one);
        past.add(new PastQuestions.Past(false, alike, one.version()));
      }
    }
    return new PastQuestions(past, reader.frequencies().allWordings(), questions.size());
  }

  /** How far an article's own text goes over what a question says. */
  Coverage coverage(Question question, String articleId, Map<String, Header> known) {
    try (UnitReader reader = units.read()) {
      AskedText asked = texts.asked(question, reader);
      UnitFilter own = new UnitFilter(null, Scope.ARTICLES_ONLY, null);
      return new Retrieval(reader, asked, known, fit.centre(reader))
          .only(articleId, own).stream()
              .findFirst()
              .map(candidate -> coverage(asked, candidate.units()))
              .orElse(Coverage.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException("The index cannot be read", e);
    }
  }

  private static Coverage coverage(AskedText asked, List<Candidate.ScoredUnit> all) {
    Set<String> terms = new LinkedHashSet<>();
    Set<String> pairs = new LinkedHashSet<>();
    for (Candidate.ScoredUnit scored : all) {
      if (scored.unit().kind() == Unit.Kind.TITLE) {
        terms.addAll(scored.unit().terms());
        pairs.addAll(scored.unit().bigrams());
      }
    }
    Map<String, Double> telling = new LinkedHashMap<>(asked.terms());
    telling.keySet().removeIf(Words::isSmall);
    Coverage best = Coverage.NONE;
    for (Candidate.ScoredUnit scored : all) {
      if (scored.unit().kind() == Unit.Kind.PASSAGE) {
        double words = coverage(telling, scored.unit().terms(), terms);
        double ofPairs = coverage(asked.bigrams(), scored.unit().bigrams(), pairs);
        double both = asked.bigrams().isEmpty() ? words : (words + ofPairs) / 2;
        if (both > best.words() || best.passage().isEmpty()) {
          best = new Coverage(scored.unit().text(), both, Math.min(1, scored.meaning()));
        }
      }
    }
    return best;
  }

  private static double coverage(
      Map<String, Double> asked, Set<String> passage, Set<String> title) {
    Set<String> all = new LinkedHashSet<>(passage);
    all.addAll(title);
    return WordLikeness.of(asked, all).coverage();
  }
}
