package io.gapcanary.kb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the measured candidates of a labelled question set, a line each, for fitting the shipped
 * calibration: {@code FeatureDump DATA_FOLDER OUT.tsv [cold] [words]}.
 */
final class FeatureDump {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CANDIDATES = 30;

  private FeatureDump() {}

  public static void main(String[] args) throws IOException {
    Path data = Path.of(args[0]);
    Set<String> options = new TreeSet<>(List.of(args).subList(2, args.length));
    Path folder = Files.createTempDirectory("feature-dump");
    TextEmbedder model =
        options.contains("words") ? null : OnnxTextEmbedder.bundled().orElseThrow();
    try (KnowledgeBase kb = KnowledgeBase.open(folder, model, VectorStore.NONE, Tuning.DEFAULT);
        BufferedWriter out = Files.newBufferedWriter(Path.of(args[1]))) {
      for (JsonNode a : rows(data.resolve("articles.jsonl"))) {
        kb.put(
            Article.builder(a.get("id").asText(), a.get("title").asText(), a.get("body").asText())
                .language(a.path("language").asText(null))
                .build());
      }
      Path history = data.resolve("history.jsonl");
      if (Files.exists(history) && !options.contains("cold")) {
        List<AskedAs> wordings = new ArrayList<>();
        for (JsonNode h : rows(history)) {
          wordings.add(
              new AskedAs(
                  "h" + wordings.size(),
                  h.get("article").asText(),
                  h.get("text").asText(),
                  "history",
                  Instant.EPOCH));
        }
        kb.learn(wordings);
      }
      for (JsonNode q : rows(data.resolve("questions.jsonl"))) {
        write(kb, q, out);
      }
    }
  }

  private static void write(KnowledgeBase kb, JsonNode q, BufferedWriter out) throws IOException {
    Question question = Question.of(q.get("text").asText(), Instant.now());
    Measured measured = kb.measure(question, Scope.ALL);
    Set<String> relevant = new TreeSet<>();
    q.get("relevant").forEach(r -> relevant.add(r.asText()));
    List<Candidate> best = new ArrayList<>(measured.candidates());
    best.sort(Comparator.comparingDouble(SelfLabelling::promise).reversed());
    int i = 0;
    for (Candidate c : best.subList(0, Math.min(CANDIDATES, best.size()))) {
      StringBuilder line = new StringBuilder(q.get("id").asText());
      line.append('\t').append(relevant.isEmpty() ? 0 : 1).append('\t').append(i++);
      line.append('\t').append(relevant.contains(c.header().id()) ? 1 : 0);
      line.append('\t').append(measured.asked().terms().size());
      for (double f : c.features()) {
        line.append('\t').append(String.format("%.5f", f));
      }
      out.write(line.append('\n').toString());
    }
  }

  private static List<JsonNode> rows(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }
}
