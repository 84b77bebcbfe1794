package io.gapcanary.kb;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Graphs, loaded into ONNX Runtime. This and {@link OnnxEncoder} alone know the optional libraries:
 * a class that only catches one of their exceptions cannot be linked without them.
 */
final class OnnxGraphs {
  private static final int LONGEST_BUNDLED = 512;

  private static final int MOST_THREADS = 4;

  /** How an ONNX file begins that was fetched without its content. */
  private static final String POINTER = "version https://git-lfs";

  private OnnxGraphs() {}

  private interface Opening {
    OrtSession with(OrtSession.SessionOptions options) throws OrtException;
  }

  /** The model that comes along as a library. */
  static OnnxEncoder bundled() {
    Class<?> home = BgeSmallEnV15QuantizedEmbeddingModel.class;
    try (InputStream onnx =
            Objects.requireNonNull(home.getResourceAsStream("/bge-small-en-v1.5-q.onnx"));
        InputStream tokenizer =
            Objects.requireNonNull(
                home.getResourceAsStream("/bge-small-en-v1.5-q-tokenizer.json"))) {
      byte[] graph = onnx.readAllBytes();
      OrtSession session =
          session(options -> OrtEnvironment.getEnvironment().createSession(graph, options));
      return new OnnxEncoder(session, tokenizer, Pooling.CLS, LONGEST_BUNDLED, false);
    } catch (IOException | OrtException | IllegalArgumentException e) {
      throw new IllegalStateException("The bundled embedding model cannot be loaded", e);
    }
  }

  /**
   * That of a folder.
   *
   * @throws IllegalArgumentException when the graph or the tokenizer cannot be used
   */
  static OnnxEncoder encoder(ModelFolder model, Path onnx, Path tokenizer) {
    try (InputStream json = Files.newInputStream(tokenizer)) {
      OrtSession session = session(onnx);
      return new OnnxEncoder(session, json, model.pooling(), model.longest(), model.lowerCases());
    } catch (IOException e) {
      throw new IllegalArgumentException("tokenizer.json cannot be read", e);
    }
  }

  /**
   * Threads of the model wait asleep: one that spins takes the processor from everything beside it.
   * A question is short, so that more than a few only wait for each other; and where there is one
   * processor, a second thread only takes turns with the first.
   */
  private static OrtSession session(Opening opening) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(
          Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL); // what fails is thrown
      return opening.with(options);
    }
  }

  private static OrtSession session(Path onnx) {
    try {
      return session(
          options -> OrtEnvironment.getEnvironment().createSession(onnx.toString(), options));
    } catch (OrtException e) {
      throw new IllegalArgumentException(onnx.getFileName() + unusable(onnx, e), e);
    }
  }

  private static String unusable(Path onnx, OrtException e) {
    if (e.getCode() == OrtException.OrtErrorCode.ORT_INVALID_PROTOBUF) {
      return beginsAsPointer(onnx)
          ? " is a Git LFS pointer: fetch the file that it stands for"
          : " is cut short or no ONNX model";
    }
    return " cannot be loaded (" + e.getMessage() + ")";
  }

  private static boolean beginsAsPointer(Path onnx) {
    try (InputStream in = Files.newInputStream(onnx)) {
      return new String(in.readNBytes(POINTER.length()), StandardCharsets.US_ASCII).equals(POINTER);
    } catch (IOException e) {
      return false;
    }
  }
}
