package io.gapcanary;

import io.gapcanary.kb.TextEmbedder;
import java.util.List;

/**
 * A meaning model that is not closed by who borrows it.
 *
 * @param model the model
 */
record LentEmbedder(TextEmbedder model) implements TextEmbedder {
  @Override
  public String name() {
    return model.name();
  }

  @Override
  public int dimension() {
    return model.dimension();
  }

  @Override
  public boolean understands(String language) {
    return model.understands(language);
  }

  @Override
  public boolean knowsWord(String word) {
    return model.knowsWord(word);
  }

  @Override
  public List<float[]> embed(List<String> texts, Role role) {
    return model.embed(texts, role);
  }
}
