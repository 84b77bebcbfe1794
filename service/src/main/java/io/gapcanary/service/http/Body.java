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
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** What a request carries, within limits. */
final class Body {
  /** The most bytes of a JSON body. */
  static final int JSON_LIMIT = 1 << 20;

  /** The most bytes of a body of many lines. */
  static final int LINES_LIMIT = 50 << 20;

  private static final ObjectReader READER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();

  private Body() {}

  /** The JSON object of a request. */
  static ObjectNode object(Context context) {
    return parse(bytes(context, JSON_LIMIT, "1 MB"));
  }

  /** The same; no body at all is an empty object. */
  static ObjectNode objectIfAny(Context context) {
    byte[] bytes = bytes(context, JSON_LIMIT, "1 MB");
    return bytes.length == 0 ? new ObjectNode(JsonNodeFactory.instance) : parse(bytes);
  }

  /** The lines of a request. */
  static InputStream lines(Context context) {
    return new ByteArrayInputStream(bytes(context, LINES_LIMIT, "50 MB"));
  }

  private static byte[] bytes(Context context, int limit, String inWords) {
    try {
      byte[] bytes =
          context.req().getContentLengthLong() > limit
              ? new byte[limit + 1]
              : context.req().getInputStream().readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new ProblemException(
            Problem.Kind.TOO_LARGE, "The body has more than " + inWords + ": send it in parts");
      }
      return bytes;
    } catch (IOException e) {
      throw new ProblemException(
          Problem.Kind.MALFORMED, "The body ended before it was complete: send it again");
    }
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
