package io.gapcanary;

import io.gapcanary.kb.EmbeddingException;
import io.gapcanary.kb.TextEmbedder;
import java.util.ArrayList;
import java.util.List;

/** A model that a test speaks for: it understands every language, and can be down. */
final class ScriptedEmbedder implements TextEmbedder {
  /** What a text is about. */
  @FunctionalInterface
  interface Theme {
    int of(String text) throws InterruptedException;
  }

  final List<String> asked = new ArrayList<>();
  boolean down;
  private final String name;
  private final int dimension;
  private final Theme theme;

  /**
   * @param theme what a text is about; those of one theme mean the same
   * @param dimension how many themes there are
   */
  ScriptedEmbedder(String name, int dimension, Theme theme) {
    this.name = name;
    this.dimension = dimension;
    this.theme = theme;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public boolean understands(String language) {
    return true;
  }

  @Override
  public List<float[]> embed(List<String> texts, Role role) {
    if (down) {
      throw new EmbeddingException("The model is down");
    }
    asked.addAll(texts);
    return texts.stream().map(this::vector).toList();
  }

  private float[] vector(String text) {
    float[] vector = new float[dimension];
    try {
      vector[theme.of(text)] = 1;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return vector;
  }
}
