package io.gapcanary.benchmarks;

import io.gapcanary.kb.TextEmbedder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the meaning of a recombined text from those of its pieces, which a real model is asked for
 * once; every other text goes to the model.
 *
 * <p>Embedding a hundred thousand articles takes hours on one core. The mean of two pieces' vectors
 * lies where a text of both would, so that a search over such vectors meets the usual
 * neighbourhoods.
 */
class RecombiningEmbedder implements TextEmbedder {
  private final TextEmbedder model;
  private final Map<String, float[]> known = new HashMap<>();

  /**
   * Asks the model for every piece.
   *
   * @param kept a file of the pieces' vectors: read when it is there, else written
   */
  RecombiningEmbedder(TextEmbedder model, List<String> pieces, Path kept) throws IOException {
    this.model = model;
    if (!Files.exists(kept)) {
      write(model, pieces, kept);
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(kept)))) {
      for (String piece : pieces) {
        float[] vector = new float[model.dimension()];
        for (int i = 0; i < vector.length; i++) {
          vector[i] = in.readFloat();
        }
        known.put(piece, vector);
      }
    }
  }

  private static void write(TextEmbedder model, List<String> pieces, Path kept) throws IOException {
    Path unfinished = kept.resolveSibling(kept.getFileName() + ".unfinished");
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
      for (String piece : pieces) {
        for (float x : model.embed(List.of(piece), Role.PASSAGE).get(0)) {
          out.writeFloat(x);
        }
      }
    }
    Files.move(unfinished, kept);
  }

  @Override
  public String name() {
    return model.name() + "-recombined";
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
  public List<float[]> embed(List<String> texts, Role role) {
    if (texts.stream().noneMatch(text -> text.contains(Corpus.JOINT))) {
      return model.embed(texts, role);
    }
    List<float[]> vectors = new ArrayList<>();
    for (String text : texts) {
      vectors.add(mean(text.split(Corpus.JOINT), role));
    }
    return vectors;
  }

  private float[] mean(String[] pieces, Role role) {
    float[] sum = new float[dimension()];
    for (String piece : pieces) {
      float[] vector = known.get(piece);
      if (vector == null) { // what asks nothing was left out of it
        vector = model.embed(List.of(piece), role).getFirst();
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    double length = 0;
    for (float x : sum) {
      length += x * x;
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= (float) Math.sqrt(length);
    }
    return sum;
  }

  @Override
  public void close() {
    model.close();
  }
}
