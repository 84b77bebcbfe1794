package io.gapcanary.kb;

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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The Lucene index of all articles' units: the one place that knows how they are stored.
 *
 * <p>Thread-safe. Writes are seen by the next {@link #read}.
 */
final class UnitIndex implements java.io.Closeable {
  /** Changes whenever what is stored does: an index of another format is begun again. */
  static final String FORMAT = "7";

  /** So many learned wordings are held in memory before they become a segment. */
  private static final int MOST_WAITING = 256;

  /** Marks what is found by its words only until the model can be asked. */
  private static final String WORDS_ONLY = "wordsOnly";

  /** Up to so many units are left out after the search for the nearest; more, during it. */
  private static final int MOST_LEFT_OUT = 200;

  /** When a wording was learned, in seconds of the epoch. */
  static final String LEARNED = "learned";

  static final String EVERY_PRODUCT = "*";

  /** Passages among which some are chosen. */
  private static final int PASSAGES_LOOKED_AT = 4000;

  private final Directory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  /** A learned wording that no segment holds yet. */
  record Waiting(AskedAs wording, Unit unit, String product, boolean wordsOnly) {}

  /**
   * Opens or begins the index.
   *
   * @param model the meaning model's name; an index of another model's vectors is begun again
   */
  UnitIndex(Path folder, String model) throws IOException {
    directory = FSDirectory.open(folder);
    IndexWriter opened = null;
    try {
      opened = LuceneFolder.open(directory, FORMAT + "/" + model, UnitIndex::config);
      searchers = new SearcherManager(opened, null);
      writer = opened;
    } catch (IOException | RuntimeException e) {
      if (opened != null) {
        opened.rollback();
      }
      directory.close();
      throw e;
    }
  }

  /** One thread, so that the same changes in the same order make the same index. */
  static IndexWriterConfig config() {
    return new IndexWriterConfig(new KeywordAnalyzer())
        .setMergePolicy(new TieredMergePolicy().setForceMergeDeletesPctAllowed(0))
        .setMergeScheduler(new SerialMergeScheduler())
        .setCommitOnClose(false)
        .setRAMBufferSizeMB(64)
        .setCodec(
            new Lucene104Codec() {
              @Override
              public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return new Lucene104HnswScalarQuantizedVectorsFormat();
              }
            });
  }

  long revision() {
    return LuceneFolder.revision(writer);
  }

  void commit(long revision) throws IOException {
    flush();
    LuceneFolder.commit(writer, revision);
  }

  void purge() throws IOException {
    flush();
    LuceneFolder.purge(writer, searchers);
  }

  /**
   * Replaces an article's own units; what was learned for it stays.
   *
   * @param wordsOnly the model could not be asked: {@link Reader#wordsOnly} tells of it
   */
  void putArticle(Article article, List<Unit> units, boolean wordsOnly) throws IOException {
    Set<String> everything = new LinkedHashSet<>();
    units.forEach(u -> everything.addAll(u.terms()));
    writer.deleteDocuments(ownUnits(article.id()));
    for (Unit unit : units) {
      Document doc = document(unit, productKey(article.applicability().product()));
      if (unit.kind() == Unit.Kind.TITLE) {
        describe(article, doc);
        mark(doc, wordsOnly);
        doc.add(new StringField("titled", article.id(), Field.Store.NO));
        doc.add(new TextField("all", new TermStream(everything)));
      }
      writer.addDocument(doc);
    }
  }

  private static void mark(Document doc, boolean wordsOnly) {
    if (wordsOnly) {
      doc.add(new StringField(WORDS_ONLY, "1", Field.Store.NO));
    }
  }

  private static Query ownUnits(String articleId) {
    return new BooleanQuery.Builder()
        .add(new TermQuery(new Term("article", articleId)), Occur.FILTER)
        .add(new TermQuery(new Term("kind", Unit.Kind.ASKED.name())), Occur.MUST_NOT)
        .build();
  }

  void removeArticle(String articleId) throws IOException {
    synchronized (waiting) {
      waiting.values().removeIf(one -> one.unit().articleId().equals(articleId));
    }
    writer.deleteDocuments(new Term("article", articleId));
  }

  /**
   * Adds a learned wording, replacing the one of the same id. It waits in memory until there are
   * enough to be worth a segment; readers see it at once.
   */
  void putWording(AskedAs wording, Unit unit, @Nullable String product, boolean wordsOnly)
      throws IOException {
    synchronized (waiting) {
      waiting.put(wording.id(), new Waiting(wording, unit, productKey(product), wordsOnly));
      if (waiting.size() >= MOST_WAITING) {
        flush();
      }
    }
  }

  /** Moves the wordings that wait into the index. */
  void flush() throws IOException {
    synchronized (waiting) {
      for (Waiting one : waiting.values()) {
        Document doc = document(one.unit(), one.product());
        doc.add(new StringField("wording", one.wording().id(), Field.Store.YES));
        doc.add(new StringField("source", one.wording().source(), Field.Store.NO));
        learned(one.wording().at(), doc);
        mark(doc, one.wordsOnly());
        writer.updateDocument(new Term("wording", one.wording().id()), doc);
      }
      waiting.clear();
    }
  }

  /** Tells when a wording was learned; one of no known time never ages. */
  private static void learned(Instant at, Document doc) {
    if (at.isAfter(Instant.EPOCH)) {
      doc.add(new LongPoint(LEARNED, at.getEpochSecond()));
    }
  }

  void removeWordings(Collection<String> ids) throws IOException {
    synchronized (waiting) {
      ids.forEach(waiting::remove);
      writer.deleteDocuments(ids.stream().map(id -> new Term("wording", id)).toArray(Term[]::new));
    }
  }

  private static Document document(Unit unit, String product) {
    Document doc = new Document();
    doc.add(new StringField("kind", unit.kind().name(), Field.Store.NO));
    doc.add(new StringField("article", unit.articleId(), Field.Store.YES));
    doc.add(new StringField("product", product, Field.Store.NO));
    doc.add(new BinaryDocValuesField("unit", new BytesRef(PackedUnit.write(unit))));
    doc.add(new TextField(unit.kind().field(), new TermStream(unit.terms())));
    doc.add(new TextField("bigram", new TermStream(unit.bigrams())));
    doc.add(new TextField("word", new TermStream(latinWords(unit.text()))));
    if (unit.vector() != null) {
      doc.add(
          new KnnFloatVectorField("meaning", unit.vector(), VectorSimilarityFunction.DOT_PRODUCT));
    }
    return doc;
  }

  private static final Pattern LATIN_WORD = Pattern.compile("[A-Za-z]{4,30}");

  /** The words of a text as they are written, among which slips of the keyboard are looked up. */
  private static Set<String> latinWords(String text) {
    return LATIN_WORD
        .matcher(text)
        .results()
        .map(word -> word.group().toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  static String productKey(@Nullable String product) {
    return product == null ? EVERY_PRODUCT : product.strip().toLowerCase(Locale.ROOT);
  }

  private static void describe(Article a, Document doc) {
    doc.add(new StoredField("header", "1"));
    doc.add(new StoredField("headline", a.title()));
    doc.add(new StoredField("language", a.language()));
    doc.add(new StoredField("archived", a.confidence() == Article.Confidence.ARCHIVED ? 1 : 0));
    store(doc, "ofProduct", a.applicability().product());
    store(doc, "versions", a.applicability().versions().toString());
    store(doc, "publishedAt", a.publishedAt());
    store(doc, "validUntil", a.validUntil());
  }

  private static void store(Document doc, String field, @Nullable Object value) {
    if (value != null) {
      doc.add(new StoredField(field, value.toString()));
    }
  }

  private static Header header(Document doc) {
    return new Header(
        doc.get("article"),
        doc.get("headline"),
        doc.get("language"),
        Applicability.of(doc.get("ofProduct"), doc.get("versions")),
        "1".equals(doc.get("archived")),
        instant(doc, "publishedAt"),
        instant(doc, "validUntil"));
  }

  private static @Nullable Instant instant(Document doc, String field) {
    IndexableField value = doc.getField(field);
    return value == null ? null : Instant.parse(value.stringValue());
  }

  /** The articles that are in, by id. */
  Map<String, Header> headers() throws IOException {
    Map<String, Header> headers = new HashMap<>();
    try (Reader reader = read()) {
      TermQuery titles = new TermQuery(new Term("kind", Unit.Kind.TITLE.name()));
      int most = Math.max(1, reader.searcher.getIndexReader().maxDoc());
      StoredFields stored = reader.searcher.storedFields();
      for (ScoreDoc hit : reader.searcher.search(new ConstantScoreQuery(titles), most).scoreDocs) {
        Header header = header(stored.document(hit.doc));
        headers.put(header.id(), header);
      }
    }
    return headers;
  }

  /** A view of the index as it is now, the latest changes included; to be closed. */
  Reader read() throws IOException {
    return read(SupposedUnits.NONE);
  }

  /** The same with what is not in the index, as if it were. */
  Reader read(SupposedUnits supposed) throws IOException {
    synchronized (waiting) {
      searchers.maybeRefreshBlocking();
      List<Waiting> waited = new ArrayList<>(waiting.values());
      waited.addAll(supposed.wordings());
      return new Reader(searchers.acquire(), List.copyOf(waited), supposed);
    }
  }

  @Override
  public void close() throws IOException {
    searchers.close();
    writer.rollback();
    directory.close();
  }

  /** A steady view of the index. Not thread-safe. */
  final class Reader implements AutoCloseable {
    private final IndexSearcher searcher;
    private final List<Waiting> waited;
    private final SupposedUnits supposed;

    private Reader(IndexSearcher searcher, List<Waiting> waited, SupposedUnits supposed) {
      this.searcher = searcher;
      this.waited = waited;
      this.supposed = supposed;
    }

    /** The units that no segment holds and that a filter lets through. */
    List<Unit> waiting(UnitFilter filter) {
      List<Unit> units = new ArrayList<>(supposed.units(filter));
      waited.stream().filter(filter::passes).map(Waiting::unit).forEach(units::add);
      return units;
    }

    /** The titles of those among some articles that are supposed. */
    List<Unit> supposedTitles(Set<String> articleIds) {
      return supposed.titles(articleIds);
    }

    /** How many articles and wordings are found by their words only until the model is asked. */
    int countWordsOnly() throws IOException {
      int indexed = searcher.count(new TermQuery(new Term(WORDS_ONLY, "1")));
      return indexed + (int) waited.stream().filter(Waiting::wordsOnly).count();
    }

    /** The ids of some that are, of articles or of wordings; those that wait in memory left out. */
    List<String> wordsOnly(Unit.Kind kind, int most) throws IOException {
      Query query =
          new BooleanQuery.Builder()
              .add(new TermQuery(new Term(WORDS_ONLY, "1")), Occur.FILTER)
              .add(new TermQuery(new Term("kind", kind.name())), Occur.FILTER)
              .build();
      String id = kind == Unit.Kind.ASKED ? "wording" : "article";
      List<String> ids = new ArrayList<>();
      StoredFields stored = searcher.storedFields();
      for (ScoreDoc hit : searcher.search(new ConstantScoreQuery(query), most).scoreDocs) {
        ids.add(stored.document(hit.doc, Set.of(id)).get(id));
      }
      return ids;
    }

    /** How many articles have a term. */
    int articlesWith(String term) throws IOException {
      return searcher.getIndexReader().docFreq(new Term("all", term)) + supposed.articlesWith(term);
    }

    int articles() throws IOException {
      return searcher.getIndexReader().getDocCount("all") + supposed.newArticles();
    }

    /** How many learned wordings have a term. */
    int wordingsWith(String term) throws IOException {
      int indexed = searcher.getIndexReader().docFreq(new Term(Unit.Kind.ASKED.field(), term));
      return indexed + count(unit -> unit.terms().contains(term));
    }

    /** How many learned wordings have any term. */
    int allWordings() throws IOException {
      int indexed = searcher.getIndexReader().getDocCount(Unit.Kind.ASKED.field());
      return indexed + count(unit -> !unit.terms().isEmpty());
    }

    /** How many units have a word just as it is written. */
    int unitsWithWord(String word) throws IOException {
      return searcher.getIndexReader().docFreq(new Term("word", word));
    }

    /**
     * The word one letter away that most units have; of several the first.
     *
     * @param moreThan more units than so many
     * @param counts which words come into question
     * @return empty when there is none
     */
    String wordNear(String word, int moreThan, Predicate<String> counts) throws IOException {
      Terms all = MultiTerms.getTerms(searcher.getIndexReader(), "word");
      if (all == null) {
        return "";
      }
      String best = "";
      int most = moreThan;
      TermsEnum near = new FuzzyTermsEnum(all, new Term("word", word), 1, 0, true);
      for (BytesRef term = near.next(); term != null; term = near.next()) {
        if (near.docFreq() > most && counts.test(term.utf8ToString())) {
          most = near.docFreq();
          best = term.utf8ToString();
        }
      }
      return best;
    }

    /** How many units have a pair of syllables. */
    int unitsWith(String bigram) throws IOException {
      int indexed = searcher.getIndexReader().docFreq(new Term("bigram", bigram));
      return indexed
          + count(unit -> unit.bigrams().contains(bigram))
          + supposed.newUnits(unit -> unit.bigrams().contains(bigram));
    }

    /** How many units have any pair of syllables. */
    int unitsWithBigrams() throws IOException {
      return searcher.getIndexReader().getDocCount("bigram")
          + count(unit -> !unit.bigrams().isEmpty())
          + supposed.newUnits(unit -> !unit.bigrams().isEmpty());
    }

    private int count(Predicate<Unit> having) {
      int count = 0;
      for (Waiting one : waited) {
        count += having.test(one.unit()) ? 1 : 0;
      }
      return count;
    }

    /** The units that share the most telling terms with the question. */
    TopDocs byWords(AskedText question, UnitFilter filter, int most) throws IOException {
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      for (Map.Entry<String, Double> term : question.terms().entrySet()) {
        for (Unit.Kind kind : Unit.Kind.values()) {
          TermQuery one = new TermQuery(new Term(kind.field(), term.getKey()));
          any.add(new BoostQuery(one, Math.max(0.05f, term.getValue().floatValue())), Occur.SHOULD);
        }
      }
      return search(any, filter, most);
    }

    /** The units that share the most telling syllable pairs with the question. */
    TopDocs byBigrams(AskedText question, UnitFilter filter, int most) throws IOException {
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      for (Map.Entry<String, Double> pair : question.bigrams().entrySet()) {
        TermQuery one = new TermQuery(new Term("bigram", pair.getKey()));
        any.add(new BoostQuery(one, Math.max(0.05f, pair.getValue().floatValue())), Occur.SHOULD);
      }
      return search(any, filter, most);
    }

    private TopDocs search(BooleanQuery.Builder any, UnitFilter filter, int most)
        throws IOException {
      filter.applyTo(any);
      // How many there are in all is nobody's question: what cannot be among the best is skipped.
      return searcher.search(
          any.setMinimumNumberShouldMatch(1).build(), new TopScoreDocCollectorManager(most, most));
    }

    /**
     * The units that are nearest in meaning. A filter costs a pass over all documents, so the few
     * that are left out are found along with the others and dropped; where many are too old, some
     * of the farthest are found by words only.
     */
    TopDocs byMeaning(float[] vector, UnitFilter filter, int most) throws IOException {
      int left = filter.mostLeftOut(searcher.getIndexReader());
      if (left > MOST_LEFT_OUT) {
        return searcher.search(
            new KnnFloatVectorQuery("meaning", vector, most, filter.query()), most);
      }
      left += Math.min(MOST_LEFT_OUT, filter.countForgotten(searcher));
      Query nearest =
          new KnnFloatVectorQuery("meaning", vector, most + left, filter.queryOfProduct());
      if (left == 0) {
        return searcher.search(nearest, most);
      }
      BooleanQuery.Builder without = new BooleanQuery.Builder().add(nearest, Occur.MUST);
      filter.leaveOut(without);
      return searcher.search(without.build(), most);
    }

    /** Every learned wording: its unit by its id, in the order of ids. */
    Map<String, Unit> wordings() throws IOException {
      TermQuery asked = new TermQuery(new Term("kind", Unit.Kind.ASKED.name()));
      int most = Math.max(1, searcher.getIndexReader().maxDoc());
      Map<Integer, String> ids = new TreeMap<>();
      StoredFields stored = searcher.storedFields();
      for (ScoreDoc hit : searcher.search(new ConstantScoreQuery(asked), most).scoreDocs) {
        ids.put(hit.doc, stored.document(hit.doc, Set.of("wording")).get("wording"));
      }
      Map<String, Unit> wordings = new TreeMap<>();
      units(ids.keySet()).forEach((doc, unit) -> wordings.put(ids.getOrDefault(doc, ""), unit));
      return wordings;
    }

    /** How many units there are. */
    int units() {
      return searcher.getIndexReader().numDocs() + waited.size();
    }

    /** Shows the vectors of all units that have one; each is valid during the call only. */
    void eachVector(Consumer<float[]> to) throws IOException {
      for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
        FloatVectorValues vectors = leaf.reader().getFloatVectorValues("meaning");
        Bits live = leaf.reader().getLiveDocs();
        for (int i = 0; vectors != null && i < vectors.size(); i++) {
          if (live == null || live.get(vectors.ordToDoc(i))) {
            to.accept(vectors.vectorValue(i));
          }
        }
      }
      for (Waiting one : waited) {
        if (one.unit().vector() != null) {
          to.accept(one.unit().vector());
        }
      }
    }

    /** Vectors of learned wordings and of titles, which read like questions; at most so many. */
    List<float[]> questionLikeVectors(int most) throws IOException {
      Query like =
          new BooleanQuery.Builder()
              .add(new TermQuery(new Term("kind", Unit.Kind.PASSAGE.name())), Occur.MUST_NOT)
              .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
              .build();
      Set<Integer> docs = new TreeSet<>();
      for (ScoreDoc hit : searcher.search(new ConstantScoreQuery(like), most).scoreDocs) {
        docs.add(hit.doc);
      }
      List<float[]> vectors = new ArrayList<>();
      for (Unit unit : units(docs).values()) {
        if (unit.vector() != null) {
          vectors.add(unit.vector());
        }
      }
      return vectors;
    }

    /** A passage of each article, or two of each, and so on, until there are so many. */
    List<Unit> passages(int most) throws IOException {
      TermQuery passages = new TermQuery(new Term("kind", Unit.Kind.PASSAGE.name()));
      Map<String, List<Unit>> byArticle = new TreeMap<>();
      Set<Integer> docs = new TreeSet<>();
      for (ScoreDoc hit :
          searcher.search(new ConstantScoreQuery(passages), PASSAGES_LOOKED_AT).scoreDocs) {
        docs.add(hit.doc);
      }
      for (Unit unit : units(docs).values()) {
        byArticle.computeIfAbsent(unit.articleId(), id -> new ArrayList<>()).add(unit);
      }
      byArticle.values().forEach(list -> list.sort(Comparator.comparing(Unit::text)));
      List<Unit> chosen = new ArrayList<>();
      for (int turn = 0; chosen.size() < most; turn++) {
        int before = chosen.size();
        for (List<Unit> its : byArticle.values()) {
          if (turn < its.size() && chosen.size() < most) {
            chosen.add(its.get(turn));
          }
        }
        if (chosen.size() == before) {
          break;
        }
      }
      return chosen;
    }

    /** The title of each of these articles. */
    TopDocs titles(Collection<String> articleIds) throws IOException {
      Query query = new TermInSetQuery("titled", articleIds.stream().map(BytesRef::new).toList());
      return searcher.search(new ConstantScoreQuery(query), Math.max(1, articleIds.size()));
    }

    /** All units of one article that a filter lets through, at most so many. */
    TopDocs unitsOf(String articleId, UnitFilter filter, int most) throws IOException {
      Query query =
          new BooleanQuery.Builder()
              .add(new TermQuery(new Term("article", articleId)), Occur.FILTER)
              .add(filter.query(), Occur.FILTER)
              .build();
      return searcher.search(new ConstantScoreQuery(query), most);
    }

    /**
     * The units behind document numbers, by number. Read from doc values: stored fields are
     * compressed in blocks, and hundreds of them would take longer than the search.
     */
    Map<Integer, Unit> units(Collection<Integer> docs) throws IOException {
      Map<Integer, Unit> units = new TreeMap<>();
      List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
      LeafValues values = null;
      int leaf = -1;
      for (int doc : new TreeSet<>(docs)) {
        int here = ReaderUtil.subIndex(doc, leaves);
        if (values == null || here != leaf) {
          leaf = here;
          values = new LeafValues(leaves.get(leaf).reader(), "unit");
        }
        int inLeaf = doc - leaves.get(leaf).docBase;
        Unit unit = PackedUnit.read(values.bytes(inLeaf), values.vector(inLeaf));
        if (!supposed.replaces(unit)) {
          units.put(doc, unit);
        }
      }
      return units;
    }

    @Override
    public void close() {
      try {
        searchers.release(searcher);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
