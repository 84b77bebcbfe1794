package io.gapcanary.kb;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** How a unit is written into the index, and what is read back of an article from its title's. */
final class UnitDocument {
  /** Marks what is found by its words only until the model can be asked. */
  static final String WORDS_ONLY = "wordsOnly";

  /** When a wording was learned, in seconds of the epoch. */
  static final String LEARNED = "learned";

  static final String EVERY_PRODUCT = "*";

  private static final Pattern LATIN_WORD = Pattern.compile("[A-Za-z]{4,30}");

  private UnitDocument() {}

  /**
   * An article's unit.
   *
   * @param all every term of the article
   */
  static Document of(Article article, Unit unit, Set<String> all, boolean wordsOnly) {
    Document doc = document(unit, productKey(article.applicability().product()));
    if (unit.kind() == Unit.Kind.TITLE) {
      describe(article, doc);
      mark(doc, wordsOnly);
      doc.add(new StringField("titled", article.id(), Field.Store.NO));
      doc.add(TermStream.counted("all", all));
    }
    return doc;
  }

  /** A learned wording. */
  static Document of(UnitIndex.Waiting one) {
    Document doc = document(one.unit(), one.product());
    doc.add(new StringField("wording", one.wording().id(), Field.Store.YES));
    doc.add(new StringField("source", one.wording().source(), Field.Store.NO));
    learned(one.wording().at(), doc);
    mark(doc, one.wordsOnly());
    return doc;
  }

  private static void mark(Document doc, boolean wordsOnly) {
    if (wordsOnly) {
      doc.add(new StringField(WORDS_ONLY, "1", Field.Store.NO));
    }
  }

  /** Tells when a wording was learned; one of no known time never ages. */
  private static void learned(Instant at, Document doc) {
    if (at.isAfter(Instant.EPOCH)) {
      doc.add(new LongPoint(LEARNED, at.getEpochSecond()));
    }
  }

  private static Document document(Unit unit, String product) {
    Document doc = new Document();
    doc.add(new StringField("kind", unit.kind().name(), Field.Store.NO));
    doc.add(new StringField("article", unit.articleId(), Field.Store.YES));
    doc.add(new StringField("product", product, Field.Store.NO));
    doc.add(new BinaryDocValuesField("unit", new BytesRef(PackedUnit.write(unit))));
    doc.add(TermStream.searched(unit.kind().field(), unit.terms()));
    doc.add(TermStream.searched("bigram", unit.bigrams()));
    doc.add(TermStream.counted("word", latinWords(unit.text())));
    if (unit.vector() != null) {
      doc.add(
          new KnnFloatVectorField("meaning", unit.vector(), VectorSimilarityFunction.DOT_PRODUCT));
    }
    return doc;
  }

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

  /** What a title's document says of its article. */
  static Header header(Document doc) {
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
}
