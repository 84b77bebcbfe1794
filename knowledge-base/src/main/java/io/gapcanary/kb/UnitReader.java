package io.gapcanary.kb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.util.BytesRef;

/** A steady view of the index. Not thread-safe. */
final class UnitReader implements AutoCloseable {
  /** Up to so many units are left out after the search for the nearest; more, during it. */
  private static final int MOST_LEFT_OUT = 200;

  private final SearcherManager searchers;
  private final IndexSearcher searcher;
  private final List<UnitIndex.Waiting> waited;
  private final SupposedUnits supposed;
  private final long waitingChanges;

  /**
   * A state of the index: two readers of an equal one find the same.
   *
   * @param segments the key of its segments
   * @param waitingChanges how often what no segment holds has changed
   */
  record View(Object segments, long waitingChanges) {}

  /**
   * Takes a view, which is to be closed.
   *
   * @param waited what no segment holds yet
   * @param supposed what is not in the index, as if it were
   * @param waitingChanges another number whenever {@code waited} is another list
   */
  UnitReader(
      SearcherManager searchers,
      List<UnitIndex.Waiting> waited,
      SupposedUnits supposed,
      long waitingChanges)
      throws IOException {
    this.searchers = searchers;
    this.searcher = searchers.acquire();
    this.waited = waited;
    this.supposed = supposed;
    this.waitingChanges = waitingChanges;
  }

  /** Which state of the index this is; empty when something is supposed beside it. */
  Optional<View> view() {
    return supposed.isEmpty()
        ? Optional.of(
            new View(searcher.getIndexReader().getReaderCacheHelper().getKey(), waitingChanges))
        : Optional.empty();
  }

  /** The articles that are in, by id. */
  Map<String, Header> headers() throws IOException {
    Map<String, Header> headers = new HashMap<>();
    TermQuery titles = new TermQuery(new Term("kind", Unit.Kind.TITLE.name()));
    int most = Math.max(1, searcher.getIndexReader().maxDoc());
    StoredFields stored = searcher.storedFields();
    for (ScoreDoc hit : searcher.search(new ConstantScoreQuery(titles), most).scoreDocs) {
      Header header = UnitDocument.header(stored.document(hit.doc));
      headers.put(header.id(), header);
    }
    return headers;
  }

  /** The units that no segment holds and that a filter lets through. */
  List<Unit> waiting(UnitFilter filter) {
    List<Unit> units = new ArrayList<>(supposed.units(filter));
    waited.stream().filter(filter::passes).map(UnitIndex.Waiting::unit).forEach(units::add);
    return units;
  }

  /** The titles of those among some articles that are supposed. */
  List<Unit> supposedTitles(Set<String> articleIds) {
    return supposed.titles(articleIds);
  }

  /** How many articles and wordings are found by their words only until the model is asked. */
  int countWordsOnly() throws IOException {
    int indexed = searcher.count(new TermQuery(new Term(UnitDocument.WORDS_ONLY, "1")));
    return indexed + (int) waited.stream().filter(UnitIndex.Waiting::wordsOnly).count();
  }

  /** The ids of some that are, of articles or of wordings; those that wait in memory left out. */
  List<String> wordsOnly(Unit.Kind kind, int most) throws IOException {
    Query query =
        new BooleanQuery.Builder()
            .add(new TermQuery(new Term(UnitDocument.WORDS_ONLY, "1")), Occur.FILTER)
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

  /** In how many articles, wordings and units terms stand. */
  TermFrequencies frequencies() {
    return new TermFrequencies(searcher.getIndexReader(), waited, supposed);
  }

  /** What a desk is fitted by. */
  UnitSample sample() {
    return new UnitSample(this, searcher, waited);
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

  private TopDocs search(BooleanQuery.Builder any, UnitFilter filter, int most) throws IOException {
    filter.applyTo(any);
    // How many there are in all is nobody's question: what cannot be among the best is skipped.
    return searcher.search(
        any.setMinimumNumberShouldMatch(1).build(), new TopScoreDocCollectorManager(most, most));
  }

  /**
   * The units that are nearest in meaning. A filter costs a pass over all documents, so the few
   * that are left out are found along with the others and dropped; where many are too old, some of
   * the farthest are found by words only.
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

  /** How many units there are. */
  int units() {
    return searcher.getIndexReader().numDocs() + waited.size();
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
