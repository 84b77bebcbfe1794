package io.gapcanary.kb;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Which units a search may look at: those of a product's articles and of articles that fit every
 * product, without what is left out.
 *
 * @param product the product, or {@code null} for all
 * @param scope what of learned wordings counts
 * @param since wordings learned before do not count, see {@link AskedAs#at}; or {@code null}
 * @param exceptArticle an article to leave out, or {@code null}
 * @param exceptWording a learned wording to leave out, or {@code null}
 */
record UnitFilter(
    @Nullable String product,
    Scope scope,
    @Nullable Instant since,
    @Nullable String exceptArticle,
    @Nullable String exceptWording) {

  private static final Term ASKED = new Term("kind", Unit.Kind.ASKED.name());

  private static final Query OF_ARTICLES =
      new TermInSetQuery(
          "kind",
          Arrays.stream(Unit.Kind.values())
              .filter(kind -> kind != Unit.Kind.ASKED)
              .map(kind -> new BytesRef(kind.name()))
              .toList());

  UnitFilter(@Nullable String product, Scope scope, @Nullable Instant since) {
    this(product, scope, since, null, null);
  }

  private boolean anyProduct() {
    return product == null || product.isBlank();
  }

  /** All of it as one query. */
  Query query() {
    BooleanQuery.Builder filter =
        new BooleanQuery.Builder().add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
    applyTo(filter);
    return filter.build();
  }

  /** Restricts another query; adds nothing where nothing is restricted. */
  void applyTo(BooleanQuery.Builder query) {
    Query ofProduct = queryOfProduct();
    if (ofProduct != null) {
      query.add(ofProduct, Occur.FILTER);
    }
    leaveOut(query);
  }

  /** The product's part of it, or {@code null} for all products. */
  @Nullable Query queryOfProduct() {
    return anyProduct()
        ? null
        : new TermInSetQuery(
            "product",
            List.of(
                new BytesRef(UnitDocument.productKey(product)),
                new BytesRef(UnitDocument.EVERY_PRODUCT)));
  }

  /**
   * The rest of it: what a query is not to find. Wordings are left out by asking for the articles'
   * own units, which stay few while a history grows: a clause that excludes is a pass over all.
   */
  void leaveOut(BooleanQuery.Builder query) {
    if (!scope.learned()) {
      query.add(OF_ARTICLES, Occur.FILTER);
    }
    leftOut().forEach(term -> query.add(new TermQuery(term), Occur.MUST_NOT));
    Query forgotten = forgotten();
    if (forgotten != null) {
      query.add(forgotten, Occur.MUST_NOT);
    }
  }

  /** The wordings that are too old, or {@code null}. */
  private @Nullable Query forgotten() {
    return since == null
        ? null
        : LongPoint.newRangeQuery(UnitDocument.LEARNED, 1, since.getEpochSecond() - 1);
  }

  /** How many units {@link #leaveOut} may concern, at most, but for those that are too old. */
  int mostLeftOut(IndexReader reader) throws IOException {
    int most = scope.learned() ? 0 : reader.docFreq(ASKED);
    for (Term term : leftOut()) {
      most += reader.docFreq(term);
    }
    return most;
  }

  /** How many wordings are too old. */
  int countForgotten(IndexSearcher searcher) throws IOException {
    Query forgotten = forgotten();
    return forgotten == null ? 0 : searcher.count(forgotten);
  }

  private List<Term> leftOut() {
    List<Term> terms = new ArrayList<>();
    add("source", scope.exceptSource(), terms);
    add("article", exceptArticle, terms);
    add("wording", exceptWording, terms);
    return terms;
  }

  private static void add(String field, @Nullable String value, List<Term> terms) {
    if (value != null) {
      terms.add(new Term(field, value));
    }
  }

  private boolean isForgotten(Instant at) {
    return since != null
        && at.isAfter(Instant.EPOCH)
        && at.getEpochSecond() < since.getEpochSecond();
  }

  /** The same for an article's own units that are not in the index. */
  boolean passes(String articleId, String itsProduct) {
    return (anyProduct()
            || itsProduct.equals(UnitDocument.EVERY_PRODUCT)
            || itsProduct.equals(UnitDocument.productKey(product)))
        && !articleId.equals(exceptArticle);
  }

  /** The same for a wording that is not in the index yet. */
  boolean passes(UnitIndex.Waiting one) {
    return scope.learned()
        && (anyProduct()
            || one.product().equals(UnitDocument.EVERY_PRODUCT)
            || one.product().equals(UnitDocument.productKey(product)))
        && !isForgotten(one.wording().at())
        && !one.wording().source().equals(scope.exceptSource())
        && !one.unit().articleId().equals(exceptArticle)
        && !one.wording().id().equals(exceptWording);
  }
}
