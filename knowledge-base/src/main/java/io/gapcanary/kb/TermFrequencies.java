package io.gapcanary.kb;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.util.BytesRef;

/** In how many articles, wordings and units terms stand. Not thread-safe. */
final class TermFrequencies {
  private final IndexReader index;
  private final List<UnitIndex.Waiting> waited;
  private final SupposedUnits supposed;

  TermFrequencies(IndexReader index, List<UnitIndex.Waiting> waited, SupposedUnits supposed) {
    this.index = index;
    this.waited = waited;
    this.supposed = supposed;
  }

  /** How many articles have a term. */
  int articlesWith(String term) throws IOException {
    return index.docFreq(new Term("all", term)) + supposed.articlesWith(term);
  }

  int articles() throws IOException {
    return index.getDocCount("all") + supposed.newArticles();
  }

  /** How many learned wordings have a term. */
  int wordingsWith(String term) throws IOException {
    int indexed = index.docFreq(new Term(Unit.Kind.ASKED.field(), term));
    return indexed + count(unit -> unit.terms().contains(term));
  }

  /** How many learned wordings have any term. */
  int allWordings() throws IOException {
    int indexed = index.getDocCount(Unit.Kind.ASKED.field());
    return indexed + count(unit -> !unit.terms().isEmpty());
  }

  /** How many units have a word just as it is written. */
  int unitsWithWord(String word) throws IOException {
    return index.docFreq(new Term("word", word));
  }

  /**
   * The word one letter away that most units have; of several the first.
   *
   * @param moreThan more units than so many
   * @param counts which words come into question
   * @return empty when there is none
   */
  String wordNear(String word, int moreThan, Predicate<String> counts) throws IOException {
    Terms all = MultiTerms.getTerms(index, "word");
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
    int indexed = index.docFreq(new Term("bigram", bigram));
    return indexed
        + count(unit -> unit.bigrams().contains(bigram))
        + supposed.newUnits(unit -> unit.bigrams().contains(bigram));
  }

  /** How many units have any pair of syllables. */
  int unitsWithBigrams() throws IOException {
    return index.getDocCount("bigram")
        + count(unit -> !unit.bigrams().isEmpty())
        + supposed.newUnits(unit -> !unit.bigrams().isEmpty());
  }

  private int count(Predicate<Unit> having) {
    int count = 0;
    for (UnitIndex.Waiting one : waited) {
      count += having.test(one.unit()) ? 1 : 0;
    }
    return count;
  }
}
