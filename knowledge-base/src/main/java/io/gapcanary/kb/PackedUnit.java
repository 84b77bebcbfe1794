package io.gapcanary.kb;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A unit, but for its vector, as bytes in the index. */
final class PackedUnit {
  private static final Unit.Kind[] KINDS = Unit.Kind.values();

  private PackedUnit() {}

  static byte[] write(Unit unit) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(unit.kind().ordinal());
      write(unit.articleId(), out);
      write(unit.text(), out);
      PackedTerms.write(unit.terms(), out);
      PackedTerms.write(unit.bigrams(), out);
      PackedTerms.write(unit.voices(), out);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  static void write(String text, DataOutputStream out) throws IOException {
    byte[] letters = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(letters.length);
    out.write(letters);
  }

  /** Reads what {@link #write} wrote; the buffer is kept. */
  static Unit read(ByteBuffer bytes, float @Nullable [] vector) {
    Unit.Kind kind = KINDS[bytes.get()];
    String article = text(bytes);
    String text = text(bytes);
    Set<String> terms = PackedTerms.read(bytes);
    Set<String> bigrams = PackedTerms.read(bytes);
    return new Unit(kind, article, text, terms, bigrams, vector, PackedTerms.read(bytes));
  }

  static String text(ByteBuffer from) {
    int length = from.getInt();
    int start = from.position();
    from.position(start + length);
    return new String(from.array(), from.arrayOffset() + start, length, StandardCharsets.UTF_8);
  }
}
