package io.gapcanary.kb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/**
 * The Lucene index of all articles' units: what writes them, and what opens views to read.
 *
 * <p>Thread-safe. Writes are seen by the next {@link #read}.
 */
final class UnitIndex implements java.io.Closeable {
  /** Changes whenever what is stored does: an index of another format is begun again. */
  static final String FORMAT = "8";

  /** So many learned wordings are held in memory before they become a segment. */
  private static final int MOST_WAITING = 256;

  private final LuceneFolder lucene;
  private final IndexWriter writer;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  /** How often what waits has changed. */
  private long waitingChanges;

  /** A learned wording that no segment holds yet. */
  record Waiting(AskedAs wording, Unit unit, String product, boolean wordsOnly) {}

  /**
   * Opens or begins the index.
   *
   * @param model the meaning model's name; an index of another model's vectors is begun again
   */
  UnitIndex(Path folder, String model) throws IOException {
    lucene = new LuceneFolder(folder, FORMAT + "/" + model);
    writer = lucene.writer();
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
   * Replaces an article's own units; what was learned for it stays.
   *
   * @param wordsOnly the model could not be asked: {@link UnitReader#wordsOnly} tells of it
   */
  void putArticle(Article article, List<Unit> units, boolean wordsOnly) throws IOException {
    Set<String> everything = new LinkedHashSet<>();
    units.forEach(u -> everything.addAll(u.terms()));
    writer.deleteDocuments(ownUnits(article.id()));
    for (Unit unit : units) {
      writer.addDocument(UnitDocument.of(article, unit, everything, wordsOnly));
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
      waitingChanges++;
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
      waiting.put(
          wording.id(), new Waiting(wording, unit, UnitDocument.productKey(product), wordsOnly));
      waitingChanges++;
      if (waiting.size() >= MOST_WAITING) {
        flush();
      }
    }
  }

  /** Moves the wordings that wait into the index. */
  void flush() throws IOException {
    synchronized (waiting) {
      for (Waiting one : waiting.values()) {
        writer.updateDocument(new Term("wording", one.wording().id()), UnitDocument.of(one));
      }
      waiting.clear();
      waitingChanges++;
    }
  }

  void removeWordings(Collection<String> ids) throws IOException {
    synchronized (waiting) {
      ids.forEach(waiting::remove);
      waitingChanges++;
      writer.deleteDocuments(ids.stream().map(id -> new Term("wording", id)).toArray(Term[]::new));
    }
  }

  /** The articles that are in, by id. */
  Map<String, Header> headers() throws IOException {
    try (UnitReader reader = read()) {
      return reader.headers();
    }
  }

  /** A view of the index as it is now, the latest changes included; to be closed. */
  UnitReader read() throws IOException {
    return read(SupposedUnits.NONE);
  }

  /** The same with what is not in the index, as if it were. */
  UnitReader read(SupposedUnits supposed) throws IOException {
    synchronized (waiting) {
      lucene.searchers().maybeRefreshBlocking();
      List<Waiting> waited = new ArrayList<>(waiting.values());
      waited.addAll(supposed.wordings());
      return new UnitReader(lucene.searchers(), List.copyOf(waited), supposed, waitingChanges);
    }
  }

  @Override
  public void close() throws IOException {
    lucene.close();
  }
}
