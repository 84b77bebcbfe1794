package io.gapcanary.kb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;

/** What a desk is fitted by: the units of an index, or some of them. Not thread-safe. */
final class UnitSample {
  /** Passages among which some are chosen. */
  private static final int PASSAGES_LOOKED_AT = 4000;

  private final UnitReader reader;
  private final IndexSearcher searcher;
  private final List<UnitIndex.Waiting> waited;

  UnitSample(UnitReader reader, IndexSearcher searcher, List<UnitIndex.Waiting> waited) {
    this.reader = reader;
    this.searcher = searcher;
    this.waited = waited;
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
    reader
        .units(ids.keySet())
        .forEach((doc, unit) -> wordings.put(ids.getOrDefault(doc, ""), unit));
    return wordings;
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
    for (UnitIndex.Waiting one : waited) {
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
    for (Unit unit : reader.units(docs).values()) {
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
    for (Unit unit : reader.units(docs).values()) {
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
}
