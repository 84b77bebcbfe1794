package io.gapcanary.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gapcanary.exchange.Flaw.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of one JSON object a line.
 *
 * <p>Each line stands for itself: one that is blank, longer than {@link #LONGEST_LINE}, not UTF-8,
 * not JSON or refused by its format is told as {@link Line.Rejected}, and reading goes on.
 */
public final class JsonLines {
  /** The most bytes that a line may have: one mebibyte. */
  public static final int LONGEST_LINE = 1 << 20;

  private static final ObjectReader READER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();

  private JsonLines() {}

  /**
   * Reads to the end, handing over each line in order. Closes nothing.
   *
   * @throws IOException when the stream itself cannot be read
   */
  public static <T> void read(
      InputStream in, LineFormat<T> format, Consumer<? super Line<T>> reader) throws IOException {
    byte[] buffer = new byte[1 << 16];
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean tooLong = false;
    int number = 1;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      int start = 0;
      for (int i = 0; i < n; i++) {
        if (buffer[i] == '\n') {
          tooLong = append(line, buffer, start, i, tooLong);
          reader.accept(parse(number++, tooLong ? null : line.toByteArray(), format));
          line.reset();
          tooLong = false;
          start = i + 1;
        }
      }
      tooLong = append(line, buffer, start, n, tooLong);
    }
    if (tooLong || line.size() > 0) {
      reader.accept(parse(number, tooLong ? null : line.toByteArray(), format));
    }
  }

  private static boolean append(
      ByteArrayOutputStream line, byte[] buffer, int start, int end, boolean tooLong) {
    if (tooLong || line.size() + end - start > LONGEST_LINE) {
      line.reset();
      return true;
    }
    line.write(buffer, start, end - start);
    return false;
  }

  private static <T> Line<T> parse(int number, byte @Nullable [] bytes, LineFormat<T> format) {
    if (bytes == null) {
      return rejected(number, Reason.LINE_TOO_LONG, String.valueOf(LONGEST_LINE));
    }
    try {
      String text = decode(bytes, number);
      if (text.isBlank()) {
        return rejected(number, Reason.LINE_BLANK);
      }
      JsonNode node = READER.readTree(text);
      if (!node.isObject()) {
        return rejected(number, Reason.LINE_NOT_AN_OBJECT);
      }
      List<Flaw> warnings = new ArrayList<>();
      return new Line.Accepted<>(number, format.read(node, warnings), warnings);
    } catch (CharacterCodingException e) {
      return rejected(number, Reason.LINE_NOT_UTF_8);
    } catch (JsonProcessingException e) {
      return e.getLocation() == null
          ? rejected(number, Reason.LINE_NOT_JSON)
          : rejected(
              number, Reason.LINE_NOT_JSON_AT, String.valueOf(e.getLocation().getColumnNr()));
    } catch (IllegalArgumentException e) {
      return new Line.Rejected<>(number, Flaw.of(e));
    }
  }

  private static <T> Line<T> rejected(int number, Reason reason, String... arguments) {
    return new Line.Rejected<>(number, Flaw.ofLine(reason, arguments));
  }

  private static String decode(byte[] bytes, int number) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
