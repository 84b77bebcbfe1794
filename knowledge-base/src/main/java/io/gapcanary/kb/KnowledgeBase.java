package io.gapcanary.kb;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
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
  private final UnitIndex units;
  private final QuestionIndex questions;
  private final QuestionIndex dismissals;
  private final Embeddings embeddings;
  private final Tuning tuning;
  private final TextAnalysis texts;
  private final DeskFit fit;
  private final Measuring measuring;
  private final Map<String, Header> headers;
  private final AtomicLong changes = new AtomicLong();

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
    this.texts = new TextAnalysis(embeddings);
    this.fit = new DeskFit(embeddings, tuning);
    this.measuring = new Measuring(units, questions, dismissals, texts, fit, tuning);
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

  /** Under which hashes a {@link VectorStore} keeps the vectors of a wording or a question. */
  public Set<String> vectorHashes(String text) {
    try (UnitReader reader = units.read()) {
      return texts.embedded(text, reader).stream()
          .map(Embeddings::hash)
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException("The index cannot be read", e);
    }
  }

  /** Adds or replaces an article. */
  public void put(Article article) {
    putAll(List.of(article));
  }

  /** Adds or replaces many; faster than one by one. Of two with the same id the later one stays. */
  public void putAll(Collection<Article> articles) {
    for (Article article : articles) {
      TextAnalysis.Meanings meanings = texts.meanings(article);
      List<Unit> its = texts.units(article, meanings.vectors());
      indexing(() -> units.putArticle(article, its, meanings.wanting()));
      headers.put(article.id(), Header.of(article));
      changes.incrementAndGet();
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
    try (UnitReader reader = units.read()) {
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
    articles.forEach(texts::vectors);
    wordings.forEach(texts::meaning);
    asked.forEach(texts::meaning);
  }

  /** Removes an article and what was learned for it; false when it was not there. */
  public boolean remove(String articleId) {
    boolean known = headers.remove(articleId) != null;
    indexing(
        () -> {
          units.removeArticle(articleId);
          dismissals.removeArticle(articleId);
        });
    changes.incrementAndGet();
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
      float[] found = null;
      boolean failed = false;
      try {
        found = texts.meaning(wording);
      } catch (EmbeddingException e) {
        failed = true;
      }
      Unit unit = texts.unit(wording, found);
      boolean wanting = failed;
      indexing(() -> units.putWording(wording, unit, productOf(wording), wanting));
    }
  }

  private @Nullable String productOf(AskedAs wording) {
    return productOf(wording.articleId());
  }

  private @Nullable String productOf(String articleId) {
    Header header = headers.get(articleId);
    return header == null ? null : header.applicability().product();
  }

  /**
   * Learns wordings for which agents dismissed an article; one of a known id is replaced. {@link
   * #match} doubts the article for much the same questions when several voices dismissed it and not
   * as many gave it.
   */
  public void learnDismissals(Collection<AskedAs> wordings) {
    for (AskedAs wording : wordings) {
      Question question = Question.of(wording.text(), wording.at());
      AskedText asked = analysed(question);
      QuestionIndex.Dismissal dismissal =
          new QuestionIndex.Dismissal(
              wording.articleId(), wording.text(), wording.at(), TextAnalysis.voices(wording));
      indexing(
          () ->
              dismissals.put(
                  remembered(wording.id(), asked, null, dismissal),
                  productOf(wording),
                  asked.degraded()));
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

  /** The measured candidates of a question, as they come. */
  Measured measure(Question question, Scope scope) {
    return measuring.measure(question, scope, SupposedUnits.NONE, headers);
  }

  private Judgement judge(Question question, Measured measured) {
    return judge(question, measured, Map.of());
  }

  /** Likewise, under some other floors. */
  Judgement judge(Question question, Measured measured, Map<String, Double> otherFloors) {
    String language = measured.asked().language();
    Calibration calibration =
        lacksMeaning(measured.asked()) ? Calibration.WORDS_ONLY : fit.calibration(language);
    Double other = otherFloors.get(language);
    double floor = other == null ? fit.floor(language, calibration) : other;
    return new Judgement(question, measured, calibration, floor, tuning.near());
  }

  /** The model failed, or makes nothing of this text though it is well. */
  private boolean lacksMeaning(AskedText asked) {
    return asked.vector() == null
        && !asked.terms().isEmpty()
        && embeddings.understands(asked.language());
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
    if (!supposition.articles().isEmpty() || !supposition.without().isEmpty()) {
      known = new HashMap<>(headers);
      known.keySet().removeAll(supposition.without());
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
        this, measuring, new SupposedUnits(articles, held, wordings), known, supposition.floors());
  }

  private SupposedUnits.OfArticle supposedUnits(Article article) {
    return new SupposedUnits.OfArticle(
        UnitDocument.productKey(article.applicability().product()),
        texts.units(article, texts.vectors(article)));
  }

  private UnitIndex.Waiting supposedWording(AskedAs wording) {
    Unit unit = texts.unit(wording, texts.meaning(wording));
    return new UnitIndex.Waiting(wording, unit, UnitDocument.productKey(productOf(wording)), false);
  }

  /**
   * How far an article's own text goes over what a question says: nothing of learned wordings
   * counts, and neither do version, language or state.
   *
   * @throws UncheckedIOException when the index cannot be read
   */
  public Coverage coverage(Question question, String articleId) {
    return measuring.coverage(question, articleId, headers);
  }

  /**
   * Which wordings of an article are in doubt now, because several others' much the same words led
   * elsewhere: what is in doubt stays learned, and counts for nothing. Each is asked as a question.
   *
   * @param texts wordings of the article, as they were learned
   * @param at the time of asking
   * @return those in doubt, each with the articles that contradict it, the strongest first
   * @throws UncheckedIOException when the index cannot be read
   */
  public Map<String, List<String>> doubted(String articleId, Collection<String> texts, Instant at) {
    Map<String, List<String>> doubted = new LinkedHashMap<>();
    for (String text : texts) {
      Question asked = new Question(text, null, productOf(articleId), null, at);
      List<String> contradicting = measuring.contradicting(asked, articleId, headers);
      if (!contradicting.isEmpty()) {
        doubted.put(text, contradicting);
      }
    }
    return doubted;
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
        judge(question, measuring.withArticle(question, id, scope, found, headers))
            .explained(List.of(id))
            .stream()
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

  /**
   * Fits ranking, probabilities and the floor of each language to this desk, on the wordings that
   * were learned, or on passages where those are few; a language with too little of both keeps what
   * it had. Takes some seconds and may run beside matches.
   *
   * @return the fits by name, to be kept and given to {@link #useCalibrations} after a rebuild
   */
  public Map<String, String> calibrate() {
    return calibrate(() -> {});
  }

  /**
   * Likewise, giving way to others.
   *
   * @param rest called every few milliseconds of work; may sleep
   */
  public synchronized Map<String, String> calibrate(Runnable rest) {
    indexing(units::flush);
    try (UnitReader reader = units.read()) {
      fit.fit(reader, questions, headers, rest);
    } catch (IOException e) {
      throw new UncheckedIOException("The index cannot be read", e);
    }
    changes.incrementAndGet();
    return fit.written();
  }

  /**
   * Takes up what {@link #calibrate} returned, unless that was of another model.
   *
   * @return false when it was, so that a new calibration is due
   * @throws IllegalArgumentException when a fit cannot be read
   */
  public boolean useCalibrations(Map<String, String> fits) {
    boolean used = fit.use(fits, this::countUnits);
    changes.incrementAndGet();
    return used;
  }

  private int countUnits() {
    try (UnitReader reader = units.read()) {
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
    AskedText asked = analysed(question);
    indexing(
        () ->
            questions.put(
                remembered(id, asked, question.version(), null),
                question.product(),
                asked.degraded()));
  }

  static QuestionIndex.Remembered remembered(
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

  AskedText asked(Question question) {
    try (UnitReader reader = units.read()) {
      return texts.asked(question, reader);
    } catch (IOException e) {
      throw new UncheckedIOException("The index cannot be read", e);
    }
  }

  /** The analysis of a question that stays. */
  private AskedText analysed(Question question) {
    try (UnitReader reader = units.read()) {
      return texts.analysed(question, reader);
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
          .map(other -> new Neighbour(other.id(), fit.likeness().of(asked, other)))
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

  SubjectLikeness likeness() {
    return fit.likeness();
  }

  /** The probability, in [0, 1], that two questions ask the same thing. */
  public double sameSubject(Question one, Question other) {
    return fit.likeness().of(asked(one), remembered("", asked(other), null, null));
  }

  /**
   * The probabilities, in [0, 1], that each two of some questions ask the same thing: symmetric, 1
   * for a question and itself. Each is analysed once.
   */
  public double[][] sameSubjects(List<Question> questions) {
    List<AskedText> asked = questions.stream().map(this::asked).toList();
    double[][] alike = new double[asked.size()][asked.size()];
    for (int i = 0; i < alike.length; i++) {
      QuestionIndex.Remembered one = remembered("", asked.get(i), null, null);
      alike[i][i] = 1;
      for (int j = 0; j < i; j++) {
        alike[i][j] = fit.likeness().of(asked.get(j), one);
        alike[j][i] = alike[i][j];
      }
    }
    return alike;
  }

  /**
   * The probabilities, in [0, 1], that some questions ask the same as others: a row for each of
   * {@code questions}, with one number for each of {@code others}. Each is analysed once.
   */
  public double[][] sameSubjects(List<Question> questions, List<Question> others) {
    List<QuestionIndex.Remembered> known =
        others.stream().map(other -> remembered("", asked(other), null, null)).toList();
    double[][] alike = new double[questions.size()][];
    for (int i = 0; i < alike.length; i++) {
      AskedText asked = asked(questions.get(i));
      alike[i] = known.stream().mapToDouble(one -> fit.likeness().of(asked, one)).toArray();
    }
    return alike;
  }

  /** The floor in use for questions in a language: what people decided, else what was tuned. */
  public double floor(String language) {
    return fit.floor(language, fit.calibration(language));
  }

  /** The floor for a language where nobody sets one. */
  public double foundFloor(String language) {
    return fit.calibration(language).floor();
  }

  /** Whether probabilities and floor of a language are fitted to this desk. */
  public boolean isFitted(String language) {
    return fit.isFitted(language);
  }

  /**
   * Takes the floors that people decided on, by language, in the place of those before.
   *
   * @throws IllegalArgumentException when one is not a probability in (0, 1)
   */
  public void useFloors(Map<String, Double> floors) {
    fit.decide(floors);
    changes.incrementAndGet();
  }

  /**
   * Another number whenever an article came, changed or went, or what is suggested of them was
   * fitted or decided anew. What is learned and remembered leaves it as it is.
   */
  public long changes() {
    return changes.get();
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
    try (UnitReader reader = units.read()) {
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
