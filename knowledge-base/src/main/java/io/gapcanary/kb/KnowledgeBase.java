package io.gapcanary.kb;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * The articles of one desk, searchable by words and by meaning.
 *
 * <p>Thread-safe; changes are seen by the next match on any thread. What it holds is derived from
 * the caller's record: see {@link #revision}.
 */
public final class KnowledgeBase implements AutoCloseable {
  /**
   * Characters of a question that make its meaning: what comes later adds cost and no direction.
   */
  private static final int LONGEST_MEANING = 800;

  private static final String CENTRE = "centre";
  private static final String QUESTIONS_CENTRE = "questions-centre";

  /** Fits are of one model's measurements. */
  private static final String MODEL = "model";

  /** The centre of questions is that of so many of each sort. */
  private static final int QUESTIONS = 4000;

  private static final int FEWEST_QUESTIONS = 20;

  private final UnitIndex units;
  private final QuestionIndex questions;
  private final QuestionIndex dismissals;
  private final Embeddings embeddings;
  private final Tuning tuning;
  private final Words words = new Words();
  private final Map<String, Header> headers;
  private volatile SubjectLikeness likeness = new SubjectLikeness(Centre.NONE);

  private volatile Centre centre = Centre.NONE;

  /** Units that there were when the centre was found. */
  private volatile int centreOf;

  private final Map<String, Calibration> fitted = new ConcurrentHashMap<>();
  private volatile Map<String, Double> decidedFloors = Map.of();

  private KnowledgeBase(
      UnitIndex units,
      QuestionIndex questions,
      QuestionIndex dismissals,
      Embeddings embeddings,
      Tuning tuning)
      throws IOException {
    this.units = units;
    this.questions = questions;
    this.dismissals = dismissals;
    this.embeddings = embeddings;
    this.tuning = tuning;
    this.headers = new ConcurrentHashMap<>(units.headers());
  }

  /** Opens with words only. */
  public static KnowledgeBase open(Path folder) {
    return open(folder, null, VectorStore.NONE, Tuning.DEFAULT);
  }

  /**
   * Opens the index in a folder, or begins an empty one.
   *
   * <p>An index that is damaged, or was written by another format or for another model, is deleted
   * and begun again: {@link #revision} then is −1 and the caller puts everything in.
   *
   * @param embedder the meaning model, or {@code null} for words only; closed with this
   * @param vectors where embeddings are kept between rebuilds
   * @throws UncheckedIOException when the folder cannot be written, or is held by another process
   */
  public static KnowledgeBase open(
      Path folder, @Nullable TextEmbedder embedder, VectorStore vectors, Tuning tuning) {
    try {
      return open(folder, new Embeddings(embedder, vectors, System::nanoTime), tuning);
    } catch (LockObtainFailedException e) {
      throw new UncheckedIOException("The index in " + folder + " is held by another process", e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The index in " + folder + " cannot be opened: " + e.getMessage(), e);
    }
  }

  private static KnowledgeBase open(Path folder, Embeddings embeddings, Tuning tuning)
      throws IOException {
    List<Closeable> opened = new ArrayList<>();
    try {
      UnitIndex units = new UnitIndex(folder.resolve("articles"), embeddings.name());
      opened.add(units);
      QuestionIndex questions = new QuestionIndex(folder.resolve("questions"), embeddings.name());
      opened.add(questions);
      QuestionIndex dismissals = new QuestionIndex(folder.resolve("dismissals"), embeddings.name());
      opened.add(dismissals);
      return new KnowledgeBase(units, questions, dismissals, embeddings, tuning);
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(opened);
      throw e;
    }
  }

  /**
   * The caller's revision at the last {@link #commit}, −1 when the index is new or was begun again.
   */
  public long revision() {
    return Math.min(units.revision(), Math.min(questions.revision(), dismissals.revision()));
  }

  /** Makes everything so far durable, remembering the caller's revision that it corresponds to. */
  public void commit(long revision) {
    indexing(
        () -> {
          units.commit(revision);
          questions.commit(revision);
          dismissals.commit(revision);
        });
  }

  /**
   * Leaves nothing on disk of what was removed, taken back or forgotten; elsewise it stays in the
   * index's files, out of reach, until it is merged away. Takes as long as writing those files
   * anew. What was changed since the last {@link #commit} becomes durable under its revision.
   */
  public void purge() {
    indexing(
        () -> {
          units.purge();
          questions.purge();
          dismissals.purge();
        });
  }

  /** Under which hash a {@link VectorStore} keeps the vector of a wording or a question. */
  public static String vectorHash(String text) {
    return Embeddings.hash(meant(Words.normalise(text)));
  }

  /** Adds or replaces an article. */
  public void put(Article article) {
    putAll(List.of(article));
  }

  /** Adds or replaces many; faster than one by one. Of two with the same id the later one stays. */
  public void putAll(Collection<Article> articles) {
    for (Article article : articles) {
      Meanings meanings = meanings(article);
      List<Unit> its = unitsOf(article, meanings.vectors());
      indexing(() -> units.putArticle(article, its, meanings.wanting()));
      headers.put(article.id(), Header.of(article));
    }
  }

  private static List<String> texts(Article article) {
    List<String> texts = new ArrayList<>();
    texts.add(Passages.plain(article.title()));
    texts.addAll(Passages.of(article.body()));
    return texts;
  }

  private List<Unit> unitsOf(Article article, List<float @Nullable []> vectors) {
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

  /**
   * The vectors of an article's texts.
   *
   * @param vectors one a text, or none
   * @param wanting the model could not be asked, and is to be asked again
   */
  private record Meanings(List<float @Nullable []> vectors, boolean wanting) {}

  private Meanings meanings(Article article) {
    if (!embeddings.understands(article.language())) {
      return new Meanings(List.of(), false);
    }
    try {
      return new Meanings(embeddings.all(texts(article), TextEmbedder.Role.PASSAGE), false);
    } catch (EmbeddingException e) {
      return new Meanings(List.of(), true);
    }
  }

  /**
   * Runs work that puts, learns and remembers what was missed, asking the model about nothing: what
   * has no kept vector is found by its words until it comes again, see {@link #wordsOnly}.
   */
  public void catchingUp(Runnable work) {
    embeddings.storedOnly(work);
  }

  /**
   * What came while the model could not be asked, or in {@link #catchingUp}: some of it, to be put,
   * learned and remembered again. Questions are answered by words alone as long as there is any
   * article or wording.
   *
   * @param most how many of each at most
   */
  public WordsOnly wordsOnly(int most) {
    if (countWordsOnly() > 0) { // else new wordings are left in memory
      indexing(units::flush);
    }
    try (UnitIndex.Reader reader = units.read()) {
      List<String> wordings = new ArrayList<>(reader.wordsOnly(Unit.Kind.ASKED, most));
      wordings.addAll(dismissals.wordsOnly(most));
      return new WordsOnly(
          reader.wordsOnly(Unit.Kind.TITLE, most),
          wordings.stream().limit(most).toList(),
          questions.wordsOnly(most));
    } catch (IOException e) {
      throw new UncheckedIOException("The index cannot be read", e);
    }
  }

  /**
   * Asks the model about articles, wordings and questions without putting them, so that putting
   * them is quick. A model that failed is tried again first, also when there are none.
   *
   * @throws EmbeddingException when the model cannot be asked
   */
  public void embed(
      Collection<Article> articles, Collection<AskedAs> wordings, Collection<Question> asked) {
    embeddings.tryAgain();
    for (Article article : articles) {
      if (embeddings.understands(article.language())) {
        embeddings.all(texts(article), TextEmbedder.Role.PASSAGE);
      }
    }
    for (AskedAs wording : wordings) {
      String text = Words.normalise(wording.text());
      meaning(text, Language.of(text));
    }
    for (Question question : asked) {
      meaning(Words.normalise(question.text()), question.spoken());
    }
  }

  /** Removes an article and what was learned for it; false when it was not there. */
  public boolean remove(String articleId) {
    boolean known = headers.remove(articleId) != null;
    indexing(
        () -> {
          units.removeArticle(articleId);
          dismissals.removeArticle(articleId);
        });
    return known;
  }

  /** How many articles there are. */
  public int size() {
    return headers.size();
  }

  /** Their ids. */
  public Set<String> articleIds() {
    return Set.copyOf(headers.keySet());
  }

  /**
   * Learns wordings that led to articles; a wording of a known id is replaced. Those of articles
   * that are not there wait for them.
   */
  public void learn(Collection<AskedAs> wordings) {
    for (AskedAs wording : wordings) {
      String text = Words.normalise(wording.text());
      String language = Language.of(text);
      float[] found = null;
      boolean failed = false;
      try {
        found = meaning(text, language);
      } catch (EmbeddingException e) {
        failed = true;
      }
      float[] vector = found;
      boolean wanting = failed;
      Unit unit =
          unit(
              Unit.Kind.ASKED,
              wording.articleId(),
              wording.text(),
              text,
              language,
              vector,
              voices(wording));
      Header header = headers.get(wording.articleId());
      String product = header == null ? null : header.applicability().product();
      indexing(() -> units.putWording(wording, unit, product, wanting));
    }
  }

  private static Set<String> voices(AskedAs wording) {
    Set<String> voices = new LinkedHashSet<>(wording.voices());
    voices.add(wording.source());
    return voices;
  }

  /**
   * Learns wordings for which agents dismissed an article; one of a known id is replaced. {@link
   * #match} doubts the article for much the same questions when several voices dismissed it and not
   * as many gave it.
   */
  public void learnDismissals(Collection<AskedAs> wordings) {
    for (AskedAs wording : wordings) {
      Question question = Question.of(wording.text(), wording.at());
      AskedText asked = asked(question);
      QuestionIndex.Dismissal dismissal =
          new QuestionIndex.Dismissal(
              wording.articleId(), wording.text(), wording.at(), voices(wording));
      Header header = headers.get(wording.articleId());
      String product = header == null ? null : header.applicability().product();
      indexing(
          () ->
              dismissals.put(
                  remembered(wording.id(), asked, null, dismissal),
                  product,
                  isWanting(question, asked)));
    }
  }

  /** Takes learned wordings back, those of dismissals too. */
  public void unlearn(Collection<String> wordingIds) {
    indexing(
        () -> {
          units.removeWordings(wordingIds);
          dismissals.remove(wordingIds);
        });
  }

  /**
   * Finds which articles answer.
   *
   * @throws UncheckedIOException when the index cannot be read
   */
  public Matches match(Question question, Scope scope) {
    return judge(question, measure(question, scope)).matches();
  }

  private Judgement judge(Question question, Measured measured) {
    return judge(question, measured, Map.of());
  }

  /** Likewise, under some other floors. */
  Judgement judge(Question question, Measured measured, Map<String, Double> otherFloors) {
    String language = measured.asked().language();
    Calibration calibration =
        measured.asked().degraded() ? Calibration.WORDS_ONLY : calibration(language);
    Double other = otherFloors.get(language);
    double floor = other == null ? floor(language, calibration) : other;
    return new Judgement(question, measured, calibration, floor, tuning.near());
  }

  /**
   * The knowledge base as it would be after a change, without making it. Articles and wordings are
   * embedded here; their matching costs what it would cost had they been put.
   *
   * @throws EmbeddingException when the model cannot be asked
   */
  public Supposed suppose(Supposition supposition) {
    Map<String, Header> known = headers;
    Map<String, SupposedUnits.OfArticle> articles = new LinkedHashMap<>();
    if (!supposition.articles().isEmpty()) {
      known = new HashMap<>(headers);
      for (Article article : supposition.articles()) {
        known.put(article.id(), Header.of(article));
        articles.put(article.id(), supposedUnits(article));
      }
    }
    List<UnitIndex.Waiting> wordings =
        supposition.wordings().stream().map(this::supposedWording).toList();
    Set<String> held = new LinkedHashSet<>(articles.keySet());
    held.retainAll(headers.keySet());
    return new Supposed(
        this, new SupposedUnits(articles, held, wordings), known, supposition.floors());
  }

  private SupposedUnits.OfArticle supposedUnits(Article article) {
    List<float @Nullable []> vectors =
        embeddings.understands(article.language())
            ? embeddings.all(texts(article), TextEmbedder.Role.PASSAGE)
            : List.of();
    return new SupposedUnits.OfArticle(
        UnitIndex.productKey(article.applicability().product()), unitsOf(article, vectors));
  }

  private UnitIndex.Waiting supposedWording(AskedAs wording) {
    String text = Words.normalise(wording.text());
    String language = Language.of(text);
    float[] vector = meaning(text, language);
    Unit unit =
        unit(
            Unit.Kind.ASKED,
            wording.articleId(),
            wording.text(),
            text,
            language,
            vector,
            voices(wording));
    Header header = headers.get(wording.articleId());
    String product = header == null ? null : header.applicability().product();
    return new UnitIndex.Waiting(wording, unit, UnitIndex.productKey(product), false);
  }

  /**
   * How far an article's own text goes over what a question says: nothing of learned wordings
   * counts, and neither do version, language or state.
   *
   * @throws UncheckedIOException when the index cannot be read
   */
  public Coverage coverage(Question question, String articleId) {
    try (UnitIndex.Reader reader = units.read()) {
      AskedText asked = asked(question, reader);
      UnitFilter own = new UnitFilter(null, Scope.ARTICLES_ONLY, null);
      return new Retrieval(reader, asked, headers, centre(reader))
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

  /**
   * Says how the answer to a question comes about: for each match, and for each of these articles
   * however low it stands. Articles that there are none of, that are of another product, or are not
   * published yet, are left out.
   *
   * @throws UncheckedIOException when the index cannot be read
   */
  public Explanation explain(Question question, Collection<String> articleIds, Scope scope) {
    Measured found = measure(question, scope);
    Judgement judgement = judge(question, found);
    List<ExplainedMatch> explained = new ArrayList<>(judgement.explained(articleIds));
    for (String id : articleIds) {
      if (explained.stream().noneMatch(one -> one.match().articleId().equals(id))) {
        judge(question, withArticle(question, id, scope, found)).explained(List.of(id)).stream()
            .filter(one -> one.match().articleId().equals(id))
            .forEach(explained::add);
      }
    }
    explained.sort(
        Comparator.comparing((ExplainedMatch one) -> !one.applies())
            .thenComparing(Comparator.comparingDouble(ExplainedMatch::score).reversed())
            .thenComparing(one -> one.match().articleId()));
    return new Explanation(question, judgement.matches(), judgement.answerability(), explained);
  }

  /** The candidates, and one more article that no search led to. */
  private Measured withArticle(Question question, String articleId, Scope scope, Measured found) {
    try (UnitIndex.Reader reader = units.read()) {
      List<Candidate> all = new ArrayList<>(found.candidates());
      UnitFilter filter = filter(question, scope);
      all.addAll(
          new Retrieval(reader, found.asked(), headers, centre(reader)).only(articleId, filter));
      Map<String, Dismissals> dismissed = dismissed(question, scope, found.asked(), all);
      return new Measured(found.asked(), all, found.experience(), dismissed);
    } catch (IOException e) {
      throw new UncheckedIOException("The index cannot be read", e);
    }
  }

  private UnitFilter filter(Question question, Scope scope) {
    return new UnitFilter(question.product(), scope, tuning.learnedSince(question.at()));
  }

  /** The measured candidates of a question, as they come. */
  Measured measure(Question question, Scope scope) {
    return measure(question, scope, SupposedUnits.NONE, headers);
  }

  Measured measure(
      Question question, Scope scope, SupposedUnits supposed, Map<String, Header> known) {
    try (UnitIndex.Reader reader = units.read(supposed)) {
      AskedText asked = asked(question, reader);
      UnitFilter filter = filter(question, scope);
      List<Candidate> found =
          new Retrieval(reader, asked, known, centre(reader)).candidates(filter);
      Map<String, Dismissals> dismissed = dismissed(question, scope, asked, found);
      dismissed.keySet().removeAll(supposed.articles().keySet()); // were of what they say now
      return new Measured(
          asked, found, experience(question, scope, asked, found, reader), dismissed);
    } catch (IOException e) {
      throw new UncheckedIOException("The index cannot be read", e);
    }
  }

  /** A question's text as the index sees it, with the articles that may answer. */
  record Measured(
      AskedText asked,
      List<Candidate> candidates,
      Experience experience,
      Map<String, Dismissals> dismissed) {}

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
        double alike = likeness.of(asked, one);
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
                    scored.unit().text(), scored.unit().voices(), likeness.of(asked, scored)))
        .toList();
  }

  private Experience experience(
      Question question,
      Scope scope,
      AskedText asked,
      List<Candidate> found,
      UnitIndex.Reader reader)
      throws IOException {
    if (!scope.learned() || asked.terms().isEmpty()) {
      return Experience.NONE;
    }
    List<Experience.Past> past = new ArrayList<>();
    for (Candidate candidate : found) {
      for (Candidate.ScoredUnit scored : candidate.units()) {
        if (scored.unit().kind() == Unit.Kind.ASKED) {
          past.add(new Experience.Past(true, likeness.of(asked, scored)));
        }
      }
    }
    for (QuestionIndex.Remembered one :
        questions.near(asked, question.product(), Experience.NEAREST)) {
      if (!one.id().equals(scope.exceptSource()) && one.ofVersion(question.version())) {
        past.add(new Experience.Past(false, likeness.of(asked, one)));
      }
    }
    return Experience.of(past, reader.allWordings(), questions.size());
  }

  private AskedText asked(Question question, UnitIndex.Reader reader) throws IOException {
    String typed = new LayoutCorrection(words, reader).of(Words.compose(question.text()));
    String text = Words.normalise(typed);
    String language = Language.ofQuestion(text, question.language());
    Map<String, String> surfaces = words.surfaces(text, language);
    if (!says(surfaces.keySet(), reader)) {
      return Retrieval.weigh(reader, language, Map.of(), List.of(), null, false);
    }
    float[] vector = null;
    boolean degraded = false;
    if (embeddings.understands(language) && !text.isBlank()) {
      vector = reader.countWordsOnly() == 0 ? meaningIfWell(text, language) : null;
      degraded = vector == null;
    }
    return Retrieval.weigh(reader, language, surfaces, words.bigrams(text), vector, degraded);
  }

  /** Function words say nothing by themselves, and neither does a number that no article has. */
  private static boolean says(Collection<String> terms, UnitIndex.Reader reader)
      throws IOException {
    for (String term : terms) {
      boolean number = term.codePoints().allMatch(Character::isDigit);
      if (!Words.isSmall(term) && (!number || reader.articlesWith(term) > 0)) {
        return true;
      }
    }
    return false;
  }

  private float @Nullable [] meaningIfWell(String text, String language) {
    try {
      return meaning(text, language);
    } catch (EmbeddingException e) {
      return null;
    }
  }

  private float @Nullable [] meaning(String text, String language) {
    return embeddings.question(meant(text), language);
  }

  private static String meant(String text) {
    return text.length() > LONGEST_MEANING ? text.substring(0, LONGEST_MEANING) : text;
  }

  private Calibration calibration(String language) {
    return fitted.getOrDefault(language, shipped(language));
  }

  private Calibration shipped(String language) {
    return embeddings.understands(language) ? Calibration.WITH_MEANING : Calibration.WORDS_ONLY;
  }

  /**
   * Fits ranking, probabilities and the floor of each language to this desk, on the wordings that
   * were learned, or on passages where those are few; a language with too little of both keeps what
   * it had. Takes some seconds and may run beside matches.
   *
   * @return the fits by name, to be kept and given to {@link #useCalibrations} after a rebuild
   */
  public synchronized Map<String, String> calibrate() {
    indexing(units::flush);
    try (UnitIndex.Reader reader = units.read()) {
      stand(reader);
      standOfQuestions(reader);
      new SelfLabelling(reader, headers, centre)
          .labelled()
          .forEach((language, labelled) -> fitted.put(language, labelled.fit(shipped(language))));
    } catch (IOException e) {
      throw new UncheckedIOException("The index cannot be read", e);
    }
    Map<String, String> written = new TreeMap<>();
    if (!embeddings.name().isEmpty()) {
      written.put(MODEL, embeddings.name());
    }
    if (centre.known()) {
      written.put(CENTRE, centre.written());
    }
    if (likeness.centre().known()) {
      written.put(QUESTIONS_CENTRE, likeness.centre().written());
    }
    fitted.forEach((language, calibration) -> written.put(language, calibration.written()));
    return written;
  }

  /** Finds where the desk stands. */
  private void stand(UnitIndex.Reader reader) throws IOException {
    Centre.Sum sum = new Centre.Sum();
    reader.eachVector(sum::add);
    centre = sum.isEmpty() ? Centre.NONE : sum.centre(GeneralTexts.centre(embeddings));
    centreOf = reader.units();
  }

  /** Finds where its questions stand, among which likeness is told. */
  private void standOfQuestions(UnitIndex.Reader reader) throws IOException {
    List<float[]> vectors = new ArrayList<>(reader.questionLikeVectors(QUESTIONS));
    vectors.addAll(questions.vectors(QUESTIONS));
    likeness =
        new SubjectLikeness(vectors.size() < FEWEST_QUESTIONS ? Centre.NONE : Centre.of(vectors));
  }

  /** Where the desk stands; found anew when it has grown to twice what it was then. */
  private Centre centre(UnitIndex.Reader reader) throws IOException {
    if (!embeddings.name().isEmpty() && reader.units() >= 2 * Math.max(1, centreOf)) {
      stand(reader);
    }
    return centre;
  }

  /**
   * Takes up what {@link #calibrate} returned, unless that was of another model.
   *
   * @return false when it was, so that a new calibration is due
   * @throws IllegalArgumentException when a fit cannot be read
   */
  public boolean useCalibrations(Map<String, String> fits) {
    if (!fits.getOrDefault(MODEL, "").equals(embeddings.name())) {
      return fits.isEmpty();
    }
    fits.forEach(
        (name, fit) -> {
          if (name.equals(MODEL)) {
            return;
          }
          if (name.equals(CENTRE)) {
            centre = Centre.read(fit);
            centreOf = unitsNow();
          } else if (name.equals(QUESTIONS_CENTRE)) {
            likeness = new SubjectLikeness(Centre.read(fit));
          } else {
            fitted.put(name, shipped(name).read(fit));
          }
        });
    return true;
  }

  private int unitsNow() {
    try (UnitIndex.Reader reader = units.read()) {
      return reader.units();
    } catch (IOException e) {
      throw new UncheckedIOException("The index cannot be read", e);
    }
  }

  /**
   * Remembers a question that ended with no article given, so that {@link #neighbours} finds it,
   * and so that {@link #match} doubts answers to its likes that agents do not give; the same id
   * replaces. The id is that of its source, as in {@link Scope#except}.
   */
  public void remember(String id, Question question) {
    AskedText asked = asked(question);
    indexing(
        () ->
            questions.put(
                remembered(id, asked, question.version(), null),
                question.product(),
                isWanting(question, asked)));
  }

  private static QuestionIndex.Remembered remembered(
      String id,
      AskedText asked,
      @Nullable String version,
      QuestionIndex.@Nullable Dismissal dismissal) {
    return new QuestionIndex.Remembered(
        id,
        new LinkedHashSet<>(asked.terms().keySet()),
        new LinkedHashSet<>(asked.bigrams().keySet()),
        asked.vector(),
        version,
        dismissal);
  }

  /** Whether a question has no meaning yet and will have one. */
  private boolean isWanting(Question question, AskedText asked) {
    return asked.degraded() && !embeddings.refuses(meant(Words.normalise(question.text())));
  }

  AskedText asked(Question question) {
    try (UnitIndex.Reader reader = units.read()) {
      return asked(question, reader);
    } catch (IOException e) {
      throw new UncheckedIOException("The index cannot be read", e);
    }
  }

  /** Forgets remembered questions. */
  public void forget(Collection<String> ids) {
    indexing(() -> questions.remove(ids));
  }

  /**
   * The remembered questions that most probably ask the same, best first. Questions of another
   * product are left out where both products are known.
   */
  public List<Neighbour> neighbours(Question question, int most) {
    AskedText asked = asked(question);
    try {
      return questions.near(asked, question.product(), most).stream()
          .map(other -> new Neighbour(other.id(), likeness.of(asked, other)))
          .sorted(
              Comparator.comparingDouble(Neighbour::sameSubject)
                  .reversed()
                  .thenComparing(Neighbour::id))
          .limit(most)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The index cannot be read", e);
    }
  }

  /** The probability, in [0, 1], that two questions ask the same thing. */
  public double sameSubject(Question one, Question other) {
    AskedText a = asked(one);
    AskedText b = asked(other);
    return likeness.of(
        a,
        new QuestionIndex.Remembered(
            "", b.terms().keySet(), b.bigrams().keySet(), b.vector(), null));
  }

  /**
   * The probabilities, in [0, 1], that each two of some questions ask the same thing: symmetric, 1
   * for a question and itself. Each is analysed once.
   */
  public double[][] sameSubjects(List<Question> questions) {
    List<AskedText> asked = questions.stream().map(this::asked).toList();
    double[][] alike = new double[asked.size()][asked.size()];
    for (int i = 0; i < alike.length; i++) {
      AskedText one = asked.get(i);
      QuestionIndex.Remembered as =
          new QuestionIndex.Remembered(
              "", one.terms().keySet(), one.bigrams().keySet(), one.vector(), null);
      alike[i][i] = 1;
      for (int j = 0; j < i; j++) {
        alike[i][j] = likeness.of(asked.get(j), as);
        alike[j][i] = alike[i][j];
      }
    }
    return alike;
  }

  /** The floor in use for questions in a language: what people decided, else what was tuned. */
  public double floor(String language) {
    return floor(language, calibration(language));
  }

  private double floor(String language, Calibration calibration) {
    Double decided = decidedFloors.get(language);
    Double set = decided == null ? tuning.floor(language) : decided;
    return set == null ? calibration.floor() : set;
  }

  /** The floor for a language where nobody sets one. */
  public double foundFloor(String language) {
    return calibration(language).floor();
  }

  /** Whether probabilities and floor of a language are fitted to this desk. */
  public boolean isFitted(String language) {
    return fitted.containsKey(language);
  }

  /**
   * Takes the floors that people decided on, by language, in the place of those before.
   *
   * @throws IllegalArgumentException when one is not a probability in (0, 1)
   */
  public void useFloors(Map<String, Double> floors) {
    decidedFloors = new Tuning(floors, tuning.near(), tuning.learnedFor()).floors();
  }

  /**
   * What is wrong with the meaning model now, as a sentence for operators; empty when all is well
   * or words only were asked for.
   */
  public Optional<String> impairment() {
    Optional<String> failing = embeddings.impairment();
    if (failing.isPresent() || embeddings.name().isEmpty()) {
      return failing;
    }
    int waiting = countWordsOnly();
    return waiting == 0
        ? Optional.empty()
        : Optional.of(
            "Words alone serve until "
                + waiting
                + " articles and wordings are embedded by "
                + embeddings.name());
  }

  private int countWordsOnly() {
    try (UnitIndex.Reader reader = units.read()) {
      return reader.countWordsOnly();
    } catch (IOException e) {
      throw new UncheckedIOException("The index cannot be read", e);
    }
  }

  /** Whether meaning serves a language here; words serve every language. */
  public boolean understands(String language) {
    return embeddings.understands(language);
  }

  /** Closes without making the changes since the last {@link #commit} durable. */
  @Override
  public void close() {
    try {
      IOUtils.close(units, questions, dismissals, embeddings::close);
    } catch (IOException e) {
      throw new UncheckedIOException("The index cannot be closed", e);
    }
  }

  private interface Indexing {
    void run() throws IOException;
  }

  private static void indexing(Indexing change) {
    try {
      change.run();
    } catch (IOException e) {
      throw new UncheckedIOException("The index cannot be written: " + e.getMessage(), e);
    }
  }
}
