package io.gapcanary.kb;

import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
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
 * @param exceptArticle an article to leave out, or {@code null}
 * @param exceptWording a learned wording to leave out, or {@code null}
 */
record UnitFilter(
    @Nullable String product,
    Scope scope,
    @Nullable String exceptArticle,
    @Nullable String exceptWording) {

  UnitFilter(@Nullable String product, Scope scope) {
    this(product, scope, null, null);
  }

  private boolean anyProduct() {
    return product == null || product.isBlank();
  }

  Query query() {
    BooleanQuery.Builder filter = new BooleanQuery.Builder();
    if (anyProduct()) {
      filter.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
    } else {
      List<BytesRef> keys =
          List.of(
              new BytesRef(UnitIndex.productKey(product)), new BytesRef(UnitIndex.EVERY_PRODUCT));
      filter.add(new TermInSetQuery("product", keys), Occur.FILTER);
    }
    if (!scope.learned()) {
      filter.add(new TermQuery(new Term("kind", Unit.Kind.ASKED.name())), Occur.MUST_NOT);
    }
    without(filter, "source", scope.exceptSource());
    without(filter, "article", exceptArticle);
    without(filter, "wording", exceptWording);
    return filter.build();
  }

  private static void without(BooleanQuery.Builder filter, String field, @Nullable String value) {
    if (value != null) {
      filter.add(new TermQuery(new Term(field, value)), Occur.MUST_NOT);
    }
  }

  /** The same for a wording that is not in the index yet. */
  boolean passes(UnitIndex.Waiting one) {
    return scope.learned()
        && (anyProduct()
            || one.product().equals(UnitIndex.EVERY_PRODUCT)
            || one.product().equals(UnitIndex.productKey(product)))
        && !one.wording().source().equals(scope.exceptSource())
        && !one.unit().articleId().equals(exceptArticle)
        && !one.wording().id().equals(exceptWording);
  }
}
