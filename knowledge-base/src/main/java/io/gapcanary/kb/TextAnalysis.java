package io.gapcanary.kb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart what an article, a wording or a question says, as the index holds it: by words and by
 * meaning.
 *
 * <p>Thread-safe.
 */
final class TextAnalysis {
  /**
   * Characters of a question that make its meaning, more of which add cost and no direction: its
   * start, and its end, which is what the customer said last.
   */
  private static final int LONGEST_MEANING = 800;

  private static final int END_OF_MEANING = LONGEST_MEANING / 3;

  private final Embeddings embeddings;
  private final Words words = new Words();
  private final RecentQuestions recent = new RecentQuestions();

  TextAnalysis(Embeddings embeddings) {
    this.embeddings = embeddings;
  }

  private static List<String> texts(Article article) {
    List<String> texts = new ArrayList<>();
    texts.add(Passages.plain(article.title()));
    texts.addAll(Passages.of(article.body()));
    return texts;
  }

  /**
   * The vectors of an article's texts.
   *
   * @param vectors one a text, or none
   * @param wanting the model could not be asked, and is to be asked again
   */
  record Meanings(List<float @Nullable []> vectors, boolean wanting) {}

  /** The vectors of an article's texts, as far as the model can be asked. */
  Meanings meanings(Article article) {
    try {
      return new Meanings(vectors(article), false);
    } catch (EmbeddingException e) {
      return new Meanings(List.of(), true);
    }
  }

  /**
   * The vectors of an article's texts; none in a language that the model does not understand.
   *
   * @throws EmbeddingException when the model cannot be asked
   */
  List<float @Nullable []> vectors(Article article) {
    return embeddings.understands(article.language())
        ? embeddings.all(texts(article), TextEmbedder.Role.PASSAGE)
        : List.of();
  }

  /** An article's title and passages, with their vectors when there are any. */
  List<Unit> units(Article article, List<float @Nullable []> vectors) {
    List<String> texts = texts(article);
    List<Unit> made = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Unit.Kind kind = i == 0 ? Unit.Kind.TITLE : Unit.Kind.PASSAGE;
      String searched =
          i == 0 ? texts.get(0) + "\n" + String.join("\n", article.tags()) : texts.get(i);
      float[] vector = vectors.isEmpty() ? null : vectors.get(i);
      made.add(
          unit(kind, article.id(), texts.get(i), searched, article.language(), vector, Set.of()));
    }
    return made;
  }

  /** A wording that led to an article. */
  Unit unit(AskedAs wording, float @Nullable [] vector) {
    String text = Words.normalise(wording.text());
    return unit(
        Unit.Kind.ASKED,
        wording.articleId(),
        wording.text(),
        text,
        Language.of(text),
        vector,
        voices(wording));
  }

  private Unit unit(
      Unit.Kind kind,
      String articleId,
      String shown,
      String searched,
      String language,
      float @Nullable [] vector,
      Set<String> voices) {
    String text = Words.normalise(searched);
    return new Unit(
        kind,
        articleId,
        shown,
        new LinkedHashSet<>(words.terms(text, language)),
        new LinkedHashSet<>(words.bigrams(text)),
        vector,
        voices);
  }

  /** Who is behind a wording. */
  static Set<String> voices(AskedAs wording) {
    Set<String> voices = new LinkedHashSet<>(wording.voices());
    voices.add(wording.source());
    return voices;
  }

  /**
   * The vector of a wording; {@code null} where no model understands it, or makes anything of it.
   *
   * @throws EmbeddingException when the model cannot be asked
   */
  float @Nullable [] meaning(AskedAs wording) {
    String text = Words.normalise(wording.text());
    return meaning(text, Language.of(text));
  }

  /** Likewise, of a question as it stands. */
  float @Nullable [] meaning(Question question) {
    return meaning(Words.normalise(question.text()), question.spoken());
  }

  private float @Nullable [] meaning(String text, String language) {
    return embeddings.question(meant(text), language);
  }

  private static String meant(String text) {
    if (text.length() <= LONGEST_MEANING) {
      return text;
    }
    int start = betweenCharacters(text, LONGEST_MEANING - END_OF_MEANING - 1);
    int end = betweenCharacters(text, text.length() - END_OF_MEANING);
    return text.substring(0, start) + '\n' + text.substring(end);
  }

  /** A place in a text, or the one after it where a character would be cut in two. */
  private static int betweenCharacters(String text, int place) {
    return Character.isLowSurrogate(text.charAt(place)) ? place + 1 : place;
  }

  private String corrected(String text, UnitReader reader) throws IOException {
    TermFrequencies frequencies = reader.frequencies();
    String typed = new LayoutCorrection(words, frequencies).of(Words.compose(text));
    String mended = new KoreanCorrection(words, frequencies).of(typed);
    return new SpellingCorrection(words, frequencies, embeddings).of(Words.normalise(mended));
  }

  /** The forms of a text that the model is asked for, as a wording and as a question. */
  Set<String> embedded(String text, UnitReader reader) throws IOException {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(meant(Words.normalise(text)));
    forms.add(meant(corrected(text, reader)));
    return forms;
  }

  /** A question's text, weighed by what is in the index. */
  AskedText asked(Question question, UnitReader reader) throws IOException {
    Optional<UnitReader.View> view = reader.view();
    Optional<AskedText> before = view.flatMap(seen -> recent.find(seen, question));
    if (before.isPresent()) {
      return before.get();
    }
    AskedText asked = analysed(question, reader);
    if (!asked.degraded()) { // the model may be well again the next time
      view.ifPresent(seen -> recent.keep(seen, question, asked));
    }
    return asked;
  }

  /**
   * As {@link #asked}, but never as it was analysed before: its vector is asked for again, so that
   * a {@link VectorStore} may keep what it did not when the question was in passing.
   */
  AskedText analysed(Question question, UnitReader reader) throws IOException {
    String text = corrected(question.text(), reader);
    String language = Language.ofQuestion(text, question.language());
    Map<String, String> surfaces = words.surfaces(text, language);
    TermFrequencies frequencies = reader.frequencies();
    if (!says(surfaces.keySet(), frequencies)) {
      return Retrieval.weigh(frequencies, language, Map.of(), List.of(), null, false);
    }
    float[] vector = null;
    boolean degraded = false;
    if (embeddings.understands(language)) {
      degraded = reader.countWordsOnly() > 0;
      try {
        vector = degraded ? null : meaning(text, language);
      } catch (EmbeddingException e) {
        degraded = true;
      }
    }
    return Retrieval.weigh(frequencies, language, surfaces, words.bigrams(text), vector, degraded);
  }

  /** Function words say nothing by themselves, and neither does a number that no article has. */
  private static boolean says(Collection<String> terms, TermFrequencies frequencies)
      throws IOException {
    for (String term : terms) {
      boolean number = term.codePoints().allMatch(Character::isDigit);
      if (!Words.isSmall(term) && (!number || frequencies.articlesWith(term) > 0)) {
        return true;
      }
    }
    return false;
  }
}
