package io.gapcanary.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** What a request carries, within limits. */
final class Body {
  /** The most bytes of a JSON body. */
  static final int JSON_LIMIT = 1 << 20;

  /** The most bytes of a body of many lines. */
  static final int LINES_LIMIT = 50 << 20;

  private static final String READ = "gapcanary.body";

  private static final ObjectReader READER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();

  private Body() {}

  /** The JSON object of a request. */
  static ObjectNode object(Context context) {
    return parse(bytes(context, JSON_LIMIT, "1 MB"));
  }

  /**
   * The same with these members at most: what somebody wants done and misspells is not to be lost.
   * Data that other programs bring (articles, cases, messages) may have more.
   */
  static ObjectNode objectOf(Context context, String... members) {
    return requireOnly(object(context), members);
  }

  /** The same; no body at all is an empty object. */
  static ObjectNode objectOfIfAny(Context context, String... members) {
    return requireOnly(objectIfAny(context), members);
  }

  private static ObjectNode requireOnly(ObjectNode object, String... members) {
    List<String> known = List.of(members);
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw malformed(
                    "There is no "
                        + Parameters.shown(name)
                        + " here: send "
                        + String.join(", ", known));
              }
            });
    return object;
  }

  /** Any object; no body at all is an empty one. */
  static ObjectNode objectIfAny(Context context) {
    byte[] bytes = bytes(context, JSON_LIMIT, "1 MB");
    return bytes.length == 0 ? new ObjectNode(JsonNodeFactory.instance) : parse(bytes);
  }

  /** The lines of a request. */
  static InputStream lines(Context context) {
    byte[] bytes = bytes(context, LINES_LIMIT, "50 MB");
    if (bytes.length == 0) {
      throw malformed("The body is empty: send one JSON object a line");
    }
    return new ByteArrayInputStream(bytes);
  }

  /** The whole of it, inflated; what reads it later finds it again. */
  static byte[] whole(Context context) {
    byte[] bytes = bytes(context, LINES_LIMIT, "50 MB");
    context.attribute(READ, bytes);
    return bytes;
  }

  private static byte[] bytes(Context context, int limit, String inWords) {
    byte[] read = context.attribute(READ);
    byte[] bytes = read == null ? read(context, limit) : read;
    if (bytes.length > limit) {
      throw new ProblemException(
          Problem.Kind.TOO_LARGE, "The body has more than " + inWords + ": send it in parts");
    }
    return bytes;
  }

  /** At most one byte beyond the limit, counted after inflating. */
  private static byte[] read(Context context, int limit) {
    if (context.req().getContentLengthLong() > limit) {
      return new byte[limit + 1];
    }
    try (InputStream in =
        inflated(context, new TimedInput(context.req().getInputStream(), System::nanoTime))) {
      return in.readNBytes(limit + 1);
    } catch (ZipException | EOFException e) {
      throw noGzip();
    } catch (IOException e) {
      throw brokenOff(e);
    }
  }

  private static ProblemException noGzip() {
    return malformed("The body is not the gzip that Content-Encoding says: send it again");
  }

  /**
   * Does something with a body of any size, inflated while it is read; its limit is the reader's to
   * keep.
   */
  static <T> T streaming(Context context, Function<InputStream, T> reader) throws IOException {
    try (InputStream in = inflated(context, context.req().getInputStream())) {
      return reader.apply(in);
    } catch (ZipException | EOFException e) {
      throw noGzip();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof ZipException || e.getCause() instanceof EOFException) {
        throw noGzip();
      }
      throw e;
    }
  }

  private static InputStream inflated(Context context, InputStream in) throws IOException {
    String coding = context.header("Content-Encoding");
    return switch (coding == null ? "" : coding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> in;
      case "gzip", "x-gzip" -> new GZIPInputStream(in);
      default -> {
        context.header("Accept-Encoding", "gzip");
        throw new ProblemException(
            Problem.Kind.UNSUPPORTED,
            "Content-Encoding must be gzip, or absent: send the body as it is");
      }
    };
  }

  private static ProblemException brokenOff(IOException e) {
    return isTimeout(e)
        ? new ProblemException(
            Problem.Kind.TIMED_OUT, "The body came too slowly, or not at all: send it again")
        : malformed("The body ended before it was complete: send it again");
  }

  private static boolean isTimeout(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static ObjectNode parse(byte[] bytes) {
    if (bytes.length == 0) {
      throw malformed("The body is empty: send a JSON object");
    }
    try {
      JsonNode node = READER.readTree(bytes);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw malformed("The body is JSON but not an object: send { … }");
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : " (line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr()
                  + ")";
      throw malformed("The body is not valid JSON" + place + ": mend it and send it again");
    } catch (IOException e) {
      throw malformed("The body is not valid UTF-8: mend it and send it again");
    }
  }

  /**
   * The text of a member, or {@code null} when it is absent.
   *
   * @throws IllegalArgumentException when it is anything else, {@code null} too
   */
  static @Nullable String text(JsonNode object, String name) {
    JsonNode node = object.get(name);
    if (node != null && !node.isTextual()) {
      throw new IllegalArgumentException(name + " must be a text");
    }
    return node == null ? null : node.textValue();
  }

  /**
   * The text of a member that must be there and say something.
   *
   * @throws IllegalArgumentException when it does not
   */
  static String requireText(JsonNode object, String name) {
    String text = text(object, name);
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(name + " must be a text");
    }
    return text;
  }

  /**
   * Whether a member is true, or {@code null} when it is absent.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  static @Nullable Boolean flag(JsonNode object, String name) {
    JsonNode node = object.get(name);
    if (node != null && !node.isBoolean()) {
      throw new IllegalArgumentException(name + " must be true or false");
    }
    return node == null ? null : node.booleanValue();
  }

  /**
   * Who decides: the one who is signed in, else the member {@code by}.
   *
   * @throws IllegalArgumentException when it is no text
   */
  static String by(Context context, JsonNode object) {
    return Gate.by(context, text(object, "by"));
  }

  /** What a caller sent is read; what it refuses is the caller's fault. */
  static <T> T reading(Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(Problem.Kind.MALFORMED, detail);
  }
}
