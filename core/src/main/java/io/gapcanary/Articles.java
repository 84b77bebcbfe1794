package io.gapcanary;

import io.gapcanary.kb.Article;
import io.gapcanary.kb.AskedAs;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The desk's articles. Thread-safe; made by {@link Desk#articles}. */
public final class Articles {
  Articles() {}

  /**
   * Adds or replaces an article; an equal one is left as it is. The questions of gaps that it may
   * concern are asked again.
   *
   * @return true when there was none of that id
   */
  public boolean put(Article article) {
    throw new UnsupportedOperationException();
  }

  /** Adds or replaces many, faster than one by one. Of two with the same id the later one stays. */
  public void putAll(Collection<Article> articles) {
    throw new UnsupportedOperationException();
  }

  /** The article of an id, archived ones included. */
  public Optional<Article> find(String id) {
    throw new UnsupportedOperationException();
  }

  /**
   * A page of the articles, by id.
   *
   * @param after the last id of the page before, or {@code null} to begin
   * @param limit how many at most
   */
  public List<Article> list(@Nullable String after, int limit) {
    throw new UnsupportedOperationException();
  }

  /**
   * Removes an article and what was learned for it. To keep it but suggest it no more, put it with
   * {@link Article.Confidence#ARCHIVED}.
   *
   * @return false when there was none of that id
   */
  public boolean remove(String id) {
    throw new UnsupportedOperationException();
  }

  /**
   * Learns resolved questions: wordings that led to an article, from a history without cases. Their
   * personal data is masked first; a wording of a known id is replaced.
   */
  public void learn(Collection<AskedAs> wordings) {
    throw new UnsupportedOperationException();
  }

  /** How many articles there are. */
  public int size() {
    throw new UnsupportedOperationException();
  }
}
