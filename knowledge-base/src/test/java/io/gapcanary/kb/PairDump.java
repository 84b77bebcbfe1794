package io.gapcanary.kb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * Writes how alike pairs of labelled questions are, for fitting {@link SubjectLikeness}: each of
 * some questions with its nearest others and with others by chance. {@code PairDump LABELLED
 * OUT.tsv}.
 */
final class PairDump {
  private PairDump() {}

  private record Labelled(String label, QuestionIndex.Remembered question, AskedText asked) {}

  public static void main(String[] args) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      JsonNode row = json.readTree(line);
      if (!List.of("oos", "none", "").contains(row.get("label").asText())) {
        rows.add(row);
      }
    }
    Collections.shuffle(rows, new Random(1));
    rows = rows.subList(0, Math.min(rows.size(), 1500));
    TextEmbedder model = OnnxTextEmbedder.bundled().orElseThrow();
    try (KnowledgeBase kb =
            KnowledgeBase.open(
                Files.createTempDirectory("pair-dump"), model, VectorStore.NONE, Tuning.DEFAULT);
        BufferedWriter out = Files.newBufferedWriter(Path.of(args[1]))) {
      List<Labelled> all = new ArrayList<>();
      for (JsonNode row : rows) {
        AskedText a = kb.asked(Question.of(row.get("text").asText(), Instant.EPOCH));
        all.add(
            new Labelled(
                row.get("label").asText(),
                new QuestionIndex.Remembered(
                    "", a.terms().keySet(), a.bigrams().keySet(), a.vector(), null),
                a));
      }
      Centre centre =
          Centre.of(all.stream().map(l -> l.asked().vector()).filter(Objects::nonNull).toList());
      Random random = new Random(2);
      for (int i = 0; i < Math.min(400, all.size()); i++) {
        for (Labelled other : all) {
          Labelled one = all.get(i);
          if (one != other) {
            boolean same = one.label().equals(other.label());
            double[] f = SubjectLikeness.features(one.asked(), other.question(), centre);
            if (same || f[1] > 0.3 || f[0] > 0.12 || random.nextInt(50) == 0) {
              out.write(i + "\t" + (same ? 1 : 0) + "\t" + f[0] + "\t" + f[1] + "\n");
            }
          }
        }
      }
    }
  }
}
