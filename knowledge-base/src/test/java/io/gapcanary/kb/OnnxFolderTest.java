package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import io.gapcanary.kb.TextEmbedder.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class OnnxFolderTest {
  /** Words that are the rows of the test graphs, whatever else is row 0. */
  private static final String TOKENIZER =
      """
      {"version": "1.0", "added_tokens": [], "normalizer": null, "post_processor": null, "decoder": null,
       "pre_tokenizer": {"type": "WhitespaceSplit"},
       "model": {"type": "WordLevel", "vocab": {"[UNK]": 0, "query:": 1, "mail": 2, "lost": 3, "parcel": 4},
                 "unk_token": "[UNK]"}}
      """;

  @TempDir private Path folder;

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void graph(String resource, String file) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    try (InputStream in = getClass().getResourceAsStream("onnx/" + resource)) {
      Files.copy(Objects.requireNonNull(in), path);
    }
  }

  private void tiny(String graph) throws IOException {
    graph(graph, "model.onnx");
    write("tokenizer.json", TOKENIZER);
  }

  private void pooling(String keys) throws IOException {
    write("1_Pooling/config.json", keys);
  }

  private float[] embedded(String text, Role role) {
    try (TextEmbedder model = OnnxTextEmbedder.folder(folder)) {
      return model.embed(List.of(text), role).get(0);
    }
  }

  private static void isDirected(float[] vector, double... direction) {
    double length = Math.sqrt(Arrays.stream(direction).map(x -> x * x).sum());
    assertThat(vector).hasSize(direction.length);
    for (int i = 0; i < direction.length; i++) {
      assertThat((double) vector[i]).isCloseTo(direction[i] / length, within(1e-5));
    }
  }

  private static void bundledInto(Path folder) throws IOException {
    Class<?> home = BgeSmallEnV15QuantizedEmbeddingModel.class;
    for (String[] file :
        new String[][] {
          {"/bge-small-en-v1.5-q.onnx", "onnx/model_quantized.onnx"},
          {"/bge-small-en-v1.5-q-tokenizer.json", "tokenizer.json"}
        }) {
      Path path = folder.resolve(file[1]);
      Files.createDirectories(path.getParent());
      try (InputStream in = home.getResourceAsStream(file[0])) {
        Files.copy(Objects.requireNonNull(in), path);
      }
    }
  }

  @Test
  void aPublishedFolderGivesTheVectorsOfItsPublisher() throws IOException {
    bundledInto(folder);
    write("config.json", "{\"hidden_size\": 384, \"vocab_size\": 30522, \"model_type\": \"bert\"}");
    write(
        "modules.json",
        "[{\"path\": \"1_Pooling\", \"type\": \"sentence_transformers.models.Pooling\"}]");
    pooling("{\"word_embedding_dimension\": 384, \"pooling_mode_cls_token\": true}");
    List<String> texts =
        List.of(
            "I can't log in.",
            "Error 0x80070057: the printer prints blank pages, don't ask why!",
            "Track a parcel\nThe tracking number is in the dispatch mail.");
    BgeSmallEnV15QuantizedEmbeddingModel publisher = new BgeSmallEnV15QuantizedEmbeddingModel();
    try (TextEmbedder model = OnnxTextEmbedder.folder(folder);
        TextEmbedder bundled = OnnxTextEmbedder.bundled().orElseThrow()) {
      assertThat(model.dimension()).isEqualTo(384);
      for (String text : texts) {
        float[] published = publisher.embed(text).content().vector();
        assertThat(Retrieval.dot(model.embed(List.of(text), Role.PASSAGE).get(0), published))
            .isGreaterThan(0.9999);
        assertThat(Retrieval.dot(bundled.embed(List.of(text), Role.PASSAGE).get(0), published))
            .isGreaterThan(0.9999);
      }
      assertThat(model.embed(texts, Role.PASSAGE))
          .as("the company of other texts changes nothing")
          .containsExactlyElementsOf(
              texts.stream().map(t -> model.embed(List.of(t), Role.PASSAGE).get(0)).toList());
    }
  }

  @Test
  void aLongTextIsEmbeddedToItsEnd() throws IOException {
    bundledInto(folder);
    pooling("{\"pooling_mode_cls_token\": true}");
    write("sentence_bert_config.json", "{\"max_seq_length\": 32}");
    String printer = "The printer prints blank pages. ".repeat(20);
    try (TextEmbedder model = OnnxTextEmbedder.folder(folder)) {
      float[] first = model.embed(List.of(printer), Role.PASSAGE).get(0);
      float[] both =
          model.embed(List.of(printer + "Refunds take a week. ".repeat(20)), Role.PASSAGE).get(0);
      float[] refund = model.embed(List.of("How long does a refund take?"), Role.PASSAGE).get(0);
      assertThat(Retrieval.dot(both, refund)).isGreaterThan(Retrieval.dot(first, refund) + 0.05);
    }
  }

  static Stream<Arguments> poolings() {
    return Stream.of(
        Arguments.of("{\"pooling_mode_cls_token\": true}", new double[] {3, 4}),
        Arguments.of("{\"pooling_mode_mean_tokens\": true}", new double[] {1 / 3.0, 10 / 3.0}),
        Arguments.of("{\"pooling_mode_max_tokens\": true}", new double[] {3, 5}),
        Arguments.of(
            "{\"pooling_mode_mean_sqrt_len_tokens\": true}", new double[] {1 / 3.0, 10 / 3.0}),
        Arguments.of("{\"pooling_mode_weightedmean_tokens\": true}", new double[] {-1, 21}),
        Arguments.of("{\"pooling_mode_lasttoken\": true}", new double[] {0, 5}),
        Arguments.of(
            "{\"pooling_mode_cls_token\": true, \"pooling_mode_max_tokens\": true}",
            new double[] {3, 4, 3, 5}),
        Arguments.of("{}", new double[] {1 / 3.0, 10 / 3.0}));
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void tokensArePooledAsTheFilesSay(String config, double[] direction) throws IOException {
    tiny("tokens.onnx");
    pooling(config);
    isDirected(embedded("mail lost parcel", Role.PASSAGE), direction);
  }

  @Test
  void aGraphThatPoolsByItselfIsBelieved() throws IOException {
    tiny("sentence.onnx");
    pooling("{\"pooling_mode_cls_token\": true}");
    isDirected(embedded("mail lost parcel", Role.PASSAGE), 3, 5);
  }

  @Test
  void questionsAndPassagesGetThePromptsOfTheFiles() throws IOException {
    tiny("tokens.onnx");
    pooling("{\"pooling_mode_cls_token\": true}");
    write(
        "config_sentence_transformers.json",
        "{\"prompts\": {\"query\": \"query: \", \"document\": \"mail \"}}");
    isDirected(embedded("lost", Role.QUESTION), 0, 1);
    isDirected(embedded("lost", Role.PASSAGE), 3, 4);
  }

  @Test
  void anE5ModelWhoseFilesSayNothingGetsTheUsualPrompts() throws IOException {
    tiny("tokens.onnx");
    pooling("{\"pooling_mode_cls_token\": true}");
    write("config.json", "{\"_name_or_path\": \"intfloat/multilingual-e5-small\"}");
    write(
        "config_sentence_transformers.json",
        "{\"prompts\": {\"query\": \"\", \"document\": \"\"}}");
    isDirected(embedded("lost", Role.QUESTION), 0, 1);
    assertThat(OnnxTextEmbedder.folder(folder).understands("ko")).isTrue();
  }

  @Test
  void lowerCaseIsAsTheFilesSay() throws IOException {
    tiny("tokens.onnx");
    isDirected(embedded("Mail", Role.PASSAGE), 1, 0);
    write("sentence_bert_config.json", "{\"do_lower_case\": true}");
    isDirected(embedded("Mail", Role.PASSAGE), 3, 4);
  }

  @Test
  void theCardDeclaresTheLanguages() throws IOException {
    tiny("tokens.onnx");
    write(
        "README.md",
        "---\nlicense: mit\nlanguage:\n- ko\n- 'de'\ntags:\n- fr\n---\nA multilingual model");
    try (TextEmbedder model = OnnxTextEmbedder.folder(folder)) {
      assertThat(List.of("ko", "de", "fr", "en"))
          .filteredOn(model::understands)
          .containsExactly("ko", "de");
    }
    write("README.md", "---\nlanguage: [multilingual, en]\n---\n");
    assertThat(OnnxTextEmbedder.folder(folder).understands("ja")).isTrue();
  }

  @Test
  void aModelThatDeclaresNothingIsForEnglish() throws IOException {
    tiny("tokens.onnx");
    write("README.md", "See also bge-m3, which is multilingual and knows Korean.");
    try (TextEmbedder model = OnnxTextEmbedder.folder(folder)) {
      assertThat(model.understands("en")).isTrue();
      assertThat(model.understands("ko")).isFalse();
    }
  }

  @Test
  void theExactModelComesBeforeTheQuantisedOne() throws IOException {
    write("tokenizer.json", TOKENIZER);
    graph("tokens.onnx", "onnx/model_quantized.onnx");
    isDirected(embedded("mail parcel", Role.PASSAGE), 1.5, 4.5);
    graph("sentence.onnx", "onnx/model.onnx");
    isDirected(embedded("mail parcel", Role.PASSAGE), 3, 5);
  }

  @Test
  void anotherGraphOrUseIsAnotherModel() throws IOException {
    tiny("tokens.onnx");
    String before = OnnxTextEmbedder.folder(folder).name();
    assertThat(OnnxTextEmbedder.folder(folder).name()).isEqualTo(before);
    pooling("{\"pooling_mode_max_tokens\": true}");
    assertThat(OnnxTextEmbedder.folder(folder).name()).isNotEqualTo(before);
  }

  private void isRefused(String... parts) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxTextEmbedder.folder(folder).close())
        .satisfies(e -> assertThat(e.getMessage()).contains(parts).contains(folder.toString()));
  }

  @Test
  void whatCannotBeUsedIsSaidInOneSentence() throws IOException {
    isRefused("there is no model.onnx");
    write("onnx/model_O2.onnx", "");
    write("onnx/model_O3.onnx", "");
    isRefused("several .onnx files");
    write("model.onnx", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n");
    isRefused("there is no tokenizer.json");
    write("tokenizer.json", TOKENIZER);
    isRefused("model.onnx is a Git LFS pointer");
    write("tokenizer.json", "{}");
    isRefused("tokenizer.json is no tokenizer");
    write("tokenizer.json", "{\"model\"");
    isRefused("tokenizer.json is not JSON");
  }

  @Test
  void aFolderThatIsNotThereIsSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxTextEmbedder.folder(folder.resolve("nowhere")))
        .withMessageContaining("there is no such folder");
  }

  @Test
  void aTruncatedModelIsSaid() throws IOException {
    bundledInto(folder);
    Path whole = folder.resolve("onnx/model_quantized.onnx");
    Files.write(whole, Arrays.copyOf(Files.readAllBytes(whole), 1_000_000));
    isRefused("model_quantized.onnx is cut short");
  }

  @Test
  void anEmptyModelIsSaid() throws IOException {
    tiny("tokens.onnx");
    write("model.onnx", "");
    isRefused("model.onnx");
  }

  @Test
  void aTokenizerOfAnotherModelIsSaid() throws IOException {
    tiny("tokens.onnx");
    write("tokenizer.json", TOKENIZER.replace("\"parcel\": 4", "\"parcel\": 4, \"far\": 30521"));
    isRefused("tokenizer.json belongs to another model");
    write("tokenizer.json", TOKENIZER);
    write("config.json", "{\"vocab_size\": 250037}");
    isRefused("tokenizer.json belongs to another model: it has 5 tokens, the model 250037");
  }

  @Test
  void aGraphThatIsNoTextEncoderIsSaid() throws IOException {
    tiny("classifier.onnx");
    isRefused("no text encoder: it gives logits");
    Files.delete(folder.resolve("model.onnx"));
    graph("image.onnx", "model.onnx");
    isRefused("no text encoder: it wants pixel_values");
  }

  @Test
  void aWronglyDeclaredDimensionIsSaid() throws IOException {
    tiny("tokens.onnx");
    write("config.json", "{\"hidden_size\": 384}");
    isRefused("declare 384 dimensions and its vectors have 2");
  }

  @Test
  void aLayerThatTheGraphLacksIsSaid() throws IOException {
    tiny("tokens.onnx");
    write(
        "modules.json",
        "[{\"path\": \"2_Dense\", \"type\": \"sentence_transformers.models.Dense\"}]");
    isRefused("its layer Dense is not in the graph");
  }

  @Test
  void aDamagedConfigurationIsSaid() throws IOException {
    tiny("tokens.onnx");
    write("config.json", "<html>");
    isRefused("config.json is not JSON");
  }
}
