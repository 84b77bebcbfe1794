package io.gapcanary.kb;

import java.util.Collection;
import java.util.Iterator;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Terms that were made already, in the form in which the index takes them. */
final class TermStream extends TokenStream {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final Collection<String> terms;
  private Iterator<String> left;

  TermStream(Collection<String> terms) {
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
