package io.gapcanary.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gapcanary.kb.Article;
import io.gapcanary.kb.AskedAs;
import io.gapcanary.kb.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * As many articles as are wanted, recombined from pieces of real English ones and of agents'
 * replies, and the real questions of a support forum.
 *
 * <p>An article is made from its number alone: the same number, the same article. Each title and
 * each passage is two pieces with {@link #JOINT} between, so that texts are distinct while the
 * words and lengths are those of real ones.
 */
final class Corpus {
  /** Stands between the two pieces of a text. No analysis makes a term of it. */
  static final String JOINT = " ¶ ";

  /** A question is cut to so many characters: what a customer has typed when help is wanted. */
  static final int QUESTION_LENGTH = 160;

  private static final Instant LEARNED = Instant.parse("2025-05-01T00:00:00Z");
  private static final int SHORTEST_QUESTION = 80;
  private static final int SHORTEST_PIECE = 180;
  private static final int LONGEST_PIECE = 430;

  /** One article in so many has a learned wording. */
  static final int WORDINGS_EVERY = 10;

  private final List<String> headings = new ArrayList<>();
  private final List<String> pieces = new ArrayList<>();
  private final List<String> followUps = new ArrayList<>();
  private final List<String> tags = new ArrayList<>();
  private final List<String> questions = new ArrayList<>();

  /**
   * Reads the development data.
   *
   * @param data the folder with {@code thunderbird-desk} and {@code adobe-en}
   * @throws UncheckedIOException when a file cannot be read
   */
  Corpus(Path data) {
    Set<String> titles = new LinkedHashSet<>();
    Set<String> bodies = new LinkedHashSet<>();
    for (String desk : List.of("thunderbird-desk", "adobe-en")) {
      for (JsonNode article : lines(data.resolve(desk).resolve("articles.jsonl"))) {
        heading(plain(article.path("title").asText()), titles);
        article.path("body").asText().lines().map(Corpus::plain).forEach(l -> heading(l, titles));
        cut(article.path("body").asText(), bodies);
      }
    }
    Set<String> said = new LinkedHashSet<>();
    Set<String> asked = new LinkedHashSet<>();
    Set<String> labels = new LinkedHashSet<>();
    for (JsonNode one : lines(data.resolve("thunderbird-desk").resolve("cases.jsonl"))) {
      one.path("tags").forEach(tag -> labels.add(tag.asText()));
      hear(one.path("messages"), asked, said, bodies);
    }
    said.removeAll(asked);
    headings.addAll(titles);
    pieces.addAll(bodies);
    followUps.addAll(said);
    tags.addAll(labels);
    questions.addAll(asked);
  }

  private static void hear(
      JsonNode messages, Set<String> asked, Set<String> said, Set<String> bodies) {
    boolean first = true;
    for (JsonNode message : messages) {
      String text = message.path("text").asText();
      if (message.path("from").asText().equals("customer")) {
        String question = plain(text);
        question = question.substring(0, Math.min(QUESTION_LENGTH, question.length()));
        if (question.length() >= SHORTEST_QUESTION && english(question)) {
          (first ? asked : said).add(question);
        }
        first = false;
      } else {
        cut(text, bodies);
      }
    }
  }

  private static void heading(String line, Set<String> titles) {
    if (line.length() >= 12 && line.length() <= 45 && english(line)) {
      titles.add(line);
    }
  }

  /** Pieces of a text, long enough that two of them make a passage. */
  private static void cut(String text, Set<String> into) {
    StringBuilder piece = new StringBuilder();
    for (String word : plain(text).split(" ")) {
      piece.append(piece.isEmpty() ? "" : " ").append(word, 0, Math.min(60, word.length()));
      boolean stop = word.endsWith(".") || piece.length() > LONGEST_PIECE - 60;
      if (piece.length() >= SHORTEST_PIECE && stop) {
        if (english(piece.toString())) {
          into.add(piece.toString());
        }
        piece.setLength(0);
      }
    }
  }

  /** English, and not the item of a list, of which an index might not keep the number. */
  private static boolean english(String text) {
    return Character.isLetter(text.charAt(0)) && Language.of(text).equals(Language.ENGLISH);
  }

  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .replaceAll("[\\s¶#*`|_~<>\\[\\]]+", " ")
        .strip();
  }

  private static List<JsonNode> lines(Path file) {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> read = new ArrayList<>();
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        read.add(json.readTree(line));
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every text that {@link #article} and {@link #wording} join two of. */
  List<String> parts() {
    return Stream.of(headings, pieces, followUps).flatMap(List::stream).toList();
  }

  /** Real first messages of customers, cut, all different. */
  List<String> questions() {
    return questions;
  }

  /** Real later messages of customers, cut, all different and none of {@link #questions}. */
  List<String> warmUp() {
    return followUps;
  }

  Article article(int number) {
    Random random = new Random(number);
    StringBuilder body = new StringBuilder();
    for (int passages = 1 + random.nextInt(3); passages > 0; passages--) {
      body.append(joined(pieces, random)).append("\n\n");
    }
    return Article.builder("kb-" + number, joined(headings, random), body.toString())
        .language(Language.ENGLISH)
        .tags(List.of(one(tags, random), one(tags, random)))
        .build();
  }

  /** What was asked before an agent gave the article. */
  AskedAs wording(int number) {
    Random random = new Random(-1L - number);
    return new AskedAs(
        "w-" + number, "kb-" + number, joined(followUps, random), "case-" + number, LEARNED);
  }

  private static String joined(List<String> of, Random random) {
    return one(of, random) + JOINT + one(of, random);
  }

  private static String one(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
