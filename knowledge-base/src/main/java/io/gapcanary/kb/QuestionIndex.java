package io.gapcanary.kb;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Remembered questions, to be found again by words and by meaning.
 *
 * <p>Thread-safe. Writes are seen by the next read.
 */
final class QuestionIndex implements java.io.Closeable {
  private static final String FORMAT = "q7";
  private static final int MOST_WAITING = 256;
  private static final String NO_PRODUCT = "*";

  /** Marks what is found by its words only until the model can be asked. */
  private static final String WORDS_ONLY = "wordsOnly";

  /** The article that was dismissed. */
  private static final String ARTICLE = "article";

  private static final Query MARKED = new TermQuery(new Term(WORDS_ONLY, "1"));

  private final LuceneFolder lucene;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  /** A question that no segment holds yet. */
  private record Waiting(Remembered question, String product, boolean wordsOnly) {}

  /**
   * A remembered question's terms and meaning.
   *
   * @param version the version it was asked of, or {@code null}
   * @param dismissal what was dismissed for it, or {@code null}
   */
  record Remembered(
      String id,
      Set<String> terms,
      Set<String> bigrams,
      float @Nullable [] vector,
      @Nullable String version,
      @Nullable Dismissal dismissal) {

    Remembered(
        String id,
        Set<String> terms,
        Set<String> bigrams,
        float @Nullable [] vector,
        @Nullable String version) {
      this(id, terms, bigrams, vector, version, null);
    }
  }

  /**
   * That an agent dismissed an article for a question.
   *
   * @param text the question as a person reads it
   * @param at when
   * @param voices whose word it is, the question's source among them
   */
  record Dismissal(String articleId, String text, Instant at, Set<String> voices) {}

  QuestionIndex(Path folder, String model) throws IOException {
    lucene = new LuceneFolder(folder, FORMAT + "/" + model);
    writer = lucene.writer();
    searchers = lucene.searchers();
  }

  long revision() {
    return lucene.revision();
  }

  void commit(long revision) throws IOException {
    flush();
    lucene.commit(revision);
  }

  void purge() throws IOException {
    flush();
    lucene.purge();
  }

  /**
   * Adds a question, replacing the one of the same id. It waits in memory for company; readers see
   * it at once.
   *
   * @param wordsOnly the model could not be asked: {@link #wordsOnly} tells of it
   */
  void put(Remembered question, @Nullable String product, boolean wordsOnly) throws IOException {
    synchronized (waiting) {
      waiting.put(question.id(), new Waiting(question, key(product), wordsOnly));
      if (waiting.size() >= MOST_WAITING) {
        flush();
      }
    }
  }

  private void flush() throws IOException {
    synchronized (waiting) {
      for (Waiting one : waiting.values()) {
        index(one);
      }
      waiting.clear();
    }
  }

  private void index(Waiting one) throws IOException {
    Remembered question = one.question();
    Document doc = new Document();
    if (one.wordsOnly()) {
      doc.add(new StringField(WORDS_ONLY, "1", Field.Store.NO));
    }
    doc.add(new StringField("id", question.id(), Field.Store.NO));
    if (question.dismissal() != null) {
      doc.add(new StringField(ARTICLE, question.dismissal().articleId(), Field.Store.NO));
    }
    doc.add(new StringField("product", one.product(), Field.Store.NO));
    doc.add(new BinaryDocValuesField("question", new BytesRef(packed(question))));
    doc.add(TermStream.searched("word", question.terms()));
    doc.add(TermStream.searched("bigram", question.bigrams()));
    float[] vector = question.vector();
    if (vector != null) {
      doc.add(new KnnFloatVectorField("meaning", vector, VectorSimilarityFunction.DOT_PRODUCT));
    }
    writer.updateDocument(new Term("id", question.id()), doc);
  }

  void remove(Collection<String> ids) throws IOException {
    synchronized (waiting) {
      ids.forEach(waiting::remove);
    }
    writer.deleteDocuments(ids.stream().map(id -> new Term("id", id)).toArray(Term[]::new));
  }

  /** Removes what was dismissed of an article. */
  void removeArticle(String articleId) throws IOException {
    synchronized (waiting) {
      waiting
          .values()
          .removeIf(
              one ->
                  one.question().dismissal() != null
                      && one.question().dismissal().articleId().equals(articleId));
    }
    writer.deleteDocuments(new Term(ARTICLE, articleId));
  }

  private static String key(@Nullable String product) {
    return product == null || product.isBlank()
        ? NO_PRODUCT
        : product.strip().toLowerCase(Locale.ROOT);
  }

  /** The questions nearest by words, syllable pairs or meaning: up to {@code most} of each. */
  List<Remembered> near(AskedText asked, @Nullable String product, int most) throws IOException {
    Map<String, Remembered> found = new LinkedHashMap<>();
    IndexSearcher searcher;
    List<Waiting> also;
    synchronized (waiting) {
      searchers.maybeRefreshBlocking();
      searcher = searchers.acquire();
      also = List.copyOf(waiting.values());
    }
    try {
      @Nullable Query filter = filter(product);
      Set<Integer> docs = new TreeSet<>();
      if (!asked.terms().isEmpty()) {
        add(best(searcher, any("word", asked.terms(), filter), most), docs);
      }
      if (!asked.bigrams().isEmpty()) {
        add(best(searcher, any("bigram", asked.bigrams(), filter), most), docs);
      }
      if (asked.vector() != null) {
        Query nearest = new KnnFloatVectorQuery("meaning", asked.vector(), most, filter);
        add(searcher.search(nearest, most).scoreDocs, docs);
      }
      for (Remembered one : remembered(docs, searcher)) {
        found.put(one.id(), one);
      }
      also.stream()
          .filter(one -> fits(one.product(), key(product)))
          .forEach(one -> found.put(one.question().id(), one.question()));
      return List.copyOf(found.values());
    } finally {
      searchers.release(searcher);
    }
  }

  /** The ids of some questions that are found by their words only until the model is asked. */
  List<String> wordsOnly(int most) throws IOException {
    if (!anyWordsOnly()) {
      return List.of();
    }
    IndexSearcher searcher = flushed();
    try {
      Set<Integer> docs = new TreeSet<>();
      add(searcher.search(MARKED, most).scoreDocs, docs);
      return remembered(docs, searcher).stream().map(Remembered::id).toList();
    } finally {
      searchers.release(searcher);
    }
  }

  private boolean anyWordsOnly() throws IOException {
    synchronized (waiting) {
      searchers.maybeRefreshBlocking();
      if (waiting.values().stream().anyMatch(Waiting::wordsOnly)) {
        return true;
      }
    }
    IndexSearcher searcher = searchers.acquire();
    try {
      return searcher.count(MARKED) > 0;
    } finally {
      searchers.release(searcher);
    }
  }

  /** A searcher of everything, to be released. */
  private IndexSearcher flushed() throws IOException {
    synchronized (waiting) {
      flush();
      searchers.maybeRefreshBlocking();
    }
    return searchers.acquire();
  }

  /** The vectors of remembered questions, at most so many. */
  List<float[]> vectors(int most) throws IOException {
    IndexSearcher searcher = flushed();
    try {
      Set<Integer> docs = new TreeSet<>();
      add(searcher.search(MatchAllDocsQuery.INSTANCE, most).scoreDocs, docs);
      List<float[]> vectors = new ArrayList<>();
      for (Remembered one : remembered(docs, searcher)) {
        if (one.vector() != null) {
          vectors.add(one.vector());
        }
      }
      return vectors;
    } finally {
      searchers.release(searcher);
    }
  }

  /** How many questions are remembered. */
  int size() {
    synchronized (waiting) {
      return writer.getDocStats().numDocs + waiting.size();
    }
  }

  private static boolean fits(String one, String other) {
    return one.equals(NO_PRODUCT) || other.equals(NO_PRODUCT) || one.equals(other);
  }

  /** {@code null} for all products: a filter that lets all through costs a pass over all. */
  private static @Nullable Query filter(@Nullable String product) {
    return key(product).equals(NO_PRODUCT)
        ? null
        : new TermInSetQuery(
            "product", List.of(new BytesRef(key(product)), new BytesRef(NO_PRODUCT)));
  }

  private static Query any(String field, Map<String, Double> terms, @Nullable Query filter) {
    BooleanQuery.Builder any = new BooleanQuery.Builder().setMinimumNumberShouldMatch(1);
    if (filter != null) {
      any.add(filter, Occur.FILTER);
    }
    terms.forEach(
        (term, weight) ->
            any.add(
                new BoostQuery(
                    new TermQuery(new Term(field, term)), Math.max(0.05f, weight.floatValue())),
                Occur.SHOULD));
    return any.build();
  }

  /** The best so many; how many there are in all is not counted. */
  private static ScoreDoc[] best(IndexSearcher searcher, Query query, int most) throws IOException {
    return searcher.search(query, new TopScoreDocCollectorManager(most, most)).scoreDocs;
  }

  private static void add(ScoreDoc[] hits, Set<Integer> docs) {
    for (ScoreDoc hit : hits) {
      docs.add(hit.doc);
    }
  }

  private static byte[] packed(Remembered question) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      PackedTerms.write(question.terms(), out);
      PackedTerms.write(question.bigrams(), out);
      PackedTerms.write(List.of(question.id()), out);
      String version = question.version();
      PackedTerms.write(version == null ? List.of() : List.of(version), out);
      Dismissal dismissal = question.dismissal();
      out.writeBoolean(dismissal != null);
      if (dismissal != null) {
        PackedUnit.write(dismissal.articleId(), out);
        PackedUnit.write(dismissal.text(), out);
        out.writeLong(dismissal.at().toEpochMilli());
        PackedTerms.write(dismissal.voices(), out);
      }
    }
    return bytes.toByteArray();
  }

  private static List<Remembered> remembered(Set<Integer> rising, IndexSearcher searcher)
      throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    List<Remembered> read = new ArrayList<>();
    LeafValues values = null;
    int leaf = -1;
    for (int doc : rising) {
      int here = ReaderUtil.subIndex(doc, leaves);
      if (values == null || here != leaf) {
        leaf = here;
        values = new LeafValues(leaves.get(leaf).reader(), "question");
      }
      int inLeaf = doc - leaves.get(leaf).docBase;
      read.add(remembered(values.bytes(inLeaf), values.vector(inLeaf)));
    }
    return read;
  }

  private static Remembered remembered(ByteBuffer bytes, float @Nullable [] vector) {
    Set<String> terms = PackedTerms.read(bytes);
    Set<String> bigrams = PackedTerms.read(bytes);
    String id = PackedTerms.read(bytes).iterator().next();
    String version = PackedTerms.read(bytes).stream().findFirst().orElse(null);
    return new Remembered(id, terms, bigrams, vector, version, dismissal(bytes));
  }

  private static @Nullable Dismissal dismissal(ByteBuffer bytes) {
    if (bytes.get() == 0) {
      return null;
    }
    String article = PackedUnit.text(bytes);
    String text = PackedUnit.text(bytes);
    Instant at = Instant.ofEpochMilli(bytes.getLong());
    return new Dismissal(article, text, at, PackedTerms.read(bytes));
  }

  @Override
  public void close() throws IOException {
    lucene.close();
  }
}
