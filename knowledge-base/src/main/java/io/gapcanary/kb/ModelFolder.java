package io.gapcanary.kb;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A sentence-transformers model as it is published: what its files say of how it wants to be used.
 */
final class ModelFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVERY_LANGUAGE = "multilingual";

  /** Longer texts are embedded in windows of so many tokens, whatever a model could hold. */
  private static final int LONGEST_WINDOW = 512;

  /** The exact model comes before its quantised form. */
  private static final List<String> ONNX_FILES =
      List.of("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx");

  /** How models are kept that were fetched by their publisher's own tool. */
  private static final Pattern CACHED = Pattern.compile("models--[^/]+?--([^/]+)/snapshots/[^/]+$");

  private static final Pattern LANGUAGE = Pattern.compile("language:\\s*(.*)");
  private static final Pattern LISTED = Pattern.compile("\\s*-\\s+['\"]?([\\w-]+)['\"]?\\s*");

  private final Path folder;
  private final Path transformer;

  /**
   * @throws IllegalArgumentException when there is no such folder
   */
  ModelFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("there is no such folder");
    }
    this.transformer = this.folder.resolve(modulePath("Transformer").orElse(""));
  }

  private Optional<String> modulePath(String type) {
    for (JsonNode module : read(folder, "modules.json")) {
      if (module.path("type").asText().endsWith("." + type)) {
        return Optional.of(module.path("path").asText());
      }
    }
    return Optional.empty();
  }

  /** The graph: the exact one, else the quantised one, else the only one there is. */
  Path onnx() {
    for (String name : ONNX_FILES) {
      if (Files.isRegularFile(transformer.resolve(name))) {
        return transformer.resolve(name);
      }
    }
    List<Path> others = new ArrayList<>();
    for (Path in : List.of(transformer, transformer.resolve("onnx"))) {
      try (Stream<Path> files = Files.isDirectory(in) ? Files.list(in) : Stream.empty()) {
        files.filter(file -> file.toString().endsWith(".onnx")).forEach(others::add);
      } catch (IOException e) {
        throw new IllegalArgumentException("it cannot be read", e);
      }
    }
    if (others.size() > 1) {
      throw new IllegalArgumentException(
          "there are several .onnx files and none is named model.onnx: leave one");
    }
    return others.stream()
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no model.onnx"));
  }

  Path tokenizer() {
    return Stream.of(
            transformer.resolve("tokenizer.json"),
            folder.resolve("tokenizer.json"),
            folder.resolve("onnx/tokenizer.json"))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no tokenizer.json"));
  }

  /** The highest id that the tokenizer may give. */
  int highestToken() {
    JsonNode tokenizer = read(tokenizer());
    JsonNode vocabulary = tokenizer.path("model").path("vocab");
    int highest = vocabulary.isArray() ? vocabulary.size() - 1 : -1;
    for (Iterator<JsonNode> ids = vocabulary.elements(); vocabulary.isObject() && ids.hasNext(); ) {
      highest = Math.max(highest, ids.next().asInt());
    }
    for (JsonNode added : tokenizer.path("added_tokens")) {
      highest = Math.max(highest, added.path("id").asInt());
    }
    if (highest < 1) {
      throw new IllegalArgumentException("tokenizer.json is no tokenizer: it has no vocabulary");
    }
    return highest;
  }

  /** How many tokens the model says it knows, or 0. */
  int vocabulary() {
    return config().path("vocab_size").asInt();
  }

  /** The length of its vectors as the files say, or 0. */
  int dimension() {
    int pooled = poolingConfig().path("word_embedding_dimension").asInt();
    return pooled > 0 ? pooled : config().path("hidden_size").asInt();
  }

  Pooling pooling() {
    return Pooling.of(poolingConfig());
  }

  private JsonNode poolingConfig() {
    return read(folder.resolve(modulePath("Pooling").orElse("1_Pooling")), "config.json");
  }

  /** A layer after pooling that a graph of tokens lacks, by its name; empty when there is none. */
  Optional<String> furtherLayer() {
    for (JsonNode module : read(folder, "modules.json")) {
      String type = module.path("type").asText();
      String layer = type.substring(type.lastIndexOf('.') + 1);
      if (!Set.of("Transformer", "Pooling", "Normalize").contains(layer)) {
        return Optional.of(layer);
      }
    }
    return Optional.empty();
  }

  /** The longest input in tokens, special ones included. */
  int longest() {
    double longest = LONGEST_WINDOW;
    double positions = config().path("max_position_embeddings").asDouble(longest);
    boolean offset = config().path("model_type").asText().contains("roberta");
    for (double said :
        new double[] {
          read(transformer, "sentence_bert_config.json").path("max_seq_length").asDouble(longest),
          read(transformer, "tokenizer_config.json").path("model_max_length").asDouble(longest),
          offset ? positions - 2 : positions
        }) {
      longest = said >= 8 ? Math.min(longest, said) : longest;
    }
    return (int) longest;
  }

  boolean lowerCases() {
    return read(transformer, "sentence_bert_config.json").path("do_lower_case").asBoolean()
        || read(transformer, "tokenizer_config.json").path("do_lower_case").asBoolean();
  }

  /** What the model wants before a text. */
  String prompt(TextEmbedder.Role role) {
    JsonNode config = read(folder, "config_sentence_transformers.json");
    JsonNode prompts = config.path("prompts");
    boolean said = false;
    for (JsonNode prompt : prompts) {
      said |= !prompt.asText().isEmpty();
    }
    if (!said) {
      return KnownModels.prefix(names(), role);
    }
    List<String> keys =
        role == TextEmbedder.Role.QUESTION ? List.of("query") : List.of("passage", "document");
    String byDefault = config.path("default_prompt_name").asText("");
    return Stream.concat(keys.stream(), Stream.of(byDefault))
        .filter(prompts::has)
        .findFirst()
        .map(key -> prompts.path(key).asText())
        .orElse("");
  }

  /**
   * The languages that its card declares, as BCP 47 primary tags, empty for all; without a card,
   * what its name tells, or else English.
   */
  Set<String> languages() {
    Set<String> declared = declaredLanguages();
    if (declared.contains(EVERY_LANGUAGE)) {
      return Set.of();
    }
    if (!declared.isEmpty()) {
      return declared;
    }
    return KnownModels.isMultilingual(names()) ? Set.of() : Set.of(Language.ENGLISH);
  }

  /** The {@code language} of the card's front matter: one, or a list in either notation. */
  private Set<String> declaredLanguages() {
    Set<String> languages = new LinkedHashSet<>();
    boolean listing = false;
    for (String line : frontMatter()) {
      Matcher language = LANGUAGE.matcher(line);
      Matcher listed = LISTED.matcher(line);
      if (language.matches()) {
        listing = language.group(1).isBlank();
        Stream.of(language.group(1).split("[\\[\\],\\s'\"]+"))
            .filter(tag -> !tag.isEmpty())
            .forEach(tag -> languages.add(Language.primary(tag)));
      } else if (listing && listed.matches()) {
        languages.add(Language.primary(listed.group(1)));
      } else {
        listing = false;
      }
    }
    return languages;
  }

  private List<String> frontMatter() {
    Path card = folder.resolve("README.md");
    if (!Files.isRegularFile(card)) {
      return List.of();
    }
    try {
      List<String> lines = Files.readString(card).lines().toList();
      return lines.isEmpty() || !lines.get(0).strip().equals("---")
          ? List.of()
          : lines.stream().skip(1).takeWhile(line -> !line.strip().equals("---")).toList();
    } catch (IOException e) {
      throw new IllegalArgumentException("README.md cannot be read as UTF-8", e);
    }
  }

  /** Its folder's name, or that under which it was fetched. */
  String name() {
    Matcher cached = CACHED.matcher(folder.toString().replace('\\', '/'));
    return cached.find() ? cached.group(1) : String.valueOf(folder.getFileName());
  }

  private String names() {
    return name() + "/" + config().path("_name_or_path").asText("");
  }

  private JsonNode config() {
    return read(transformer, "config.json");
  }

  /** Changes with whatever changes the vectors. */
  String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Path data = onnx().resolveSibling(onnx().getFileName() + "_data");
      for (Path file : List.of(onnx(), data, tokenizer())) {
        if (Files.isRegularFile(file)) {
          try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
          }
        }
      }
      String usage =
          pooling()
              + "/"
              + longest()
              + lowerCases()
              + prompt(TextEmbedder.Role.QUESTION)
              + "/"
              + prompt(TextEmbedder.Role.PASSAGE);
      digest.update(usage.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (IOException e) {
      throw new IllegalArgumentException("its files cannot be read", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static JsonNode read(Path folder, String file) {
    return read(folder.resolve(file));
  }

  private static JsonNode read(Path path) {
    if (!Files.isRegularFile(path)) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(path.toFile());
    } catch (JacksonException e) {
      throw new IllegalArgumentException(path.getFileName() + " is not JSON", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(path.getFileName() + " cannot be read", e);
    }
  }
}
