package io.gapcanary.kb;

import java.util.Collection;
import java.util.Iterator;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;

/** Terms that were made already, in the form in which the index takes them. */
final class TermStream extends TokenStream {
  private static final FieldType SEARCHED = type(IndexOptions.DOCS_AND_FREQS, true);
  private static final FieldType COUNTED = type(IndexOptions.DOCS, false);

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final Collection<String> terms;
  private Iterator<String> left;

  /** A field that is searched by its terms: where they stand in the text is nobody's question. */
  static Field searched(String field, Collection<String> terms) {
    return new Field(field, new TermStream(terms), SEARCHED);
  }

  /** A field whose terms are only counted. */
  static Field counted(String field, Collection<String> terms) {
    return new Field(field, new TermStream(terms), COUNTED);
  }

  private static FieldType type(IndexOptions options, boolean norms) {
    FieldType type = new FieldType();
    type.setIndexOptions(options);
    type.setOmitNorms(!norms);
    type.freeze();
    return type;
  }

  private TermStream(Collection<String> terms) {
    this.terms = terms;
    this.left = terms.iterator();
  }

  @Override
  public void reset() {
    left = terms.iterator();
  }

  @Override
  public boolean incrementToken() {
    clearAttributes();
    if (!left.hasNext()) {
      return false;
    }
    term.append(left.next());
    return true;
  }
}
