package io.gapcanary.kb;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The distinct terms of a stored text, asked for membership as they lie in the index: a question
 * meets hundreds of units, and making strings of all their terms would cost more than the search.
 *
 * <p>How many there are comes first, then their hash codes in rising order, then their lengths in
 * bytes of UTF-8, then their letters. Immutable and thread-safe.
 */
final class PackedTerms extends AbstractSet<String> {
  private final ByteBuffer packed;
  private final int count;
  private final int hashes;
  private final int lengths;
  private final int letters;

  private PackedTerms(ByteBuffer packed, int start) {
    this.packed = packed;
    count = packed.getInt(start);
    hashes = start + Integer.BYTES;
    lengths = hashes + count * Integer.BYTES;
    letters = lengths + count * Short.BYTES;
  }

  /** Writes distinct terms. */
  static void write(Collection<String> terms, DataOutputStream out) throws IOException {
    String[] sorted = terms.toArray(String[]::new);
    Arrays.sort(sorted, Comparator.comparingInt(String::hashCode));
    byte[][] written = new byte[sorted.length][];
    out.writeInt(sorted.length);
    for (String term : sorted) {
      out.writeInt(term.hashCode());
    }
    for (int i = 0; i < sorted.length; i++) {
      written[i] = sorted[i].getBytes(StandardCharsets.UTF_8);
      out.writeShort(written[i].length);
    }
    for (byte[] term : written) {
      out.write(term);
    }
  }

  /** Reads what was written at the buffer's position, and moves it behind. */
  static PackedTerms read(ByteBuffer from) {
    PackedTerms terms = new PackedTerms(from, from.position());
    from.position(terms.offset(terms.count));
    return terms;
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public boolean contains(Object term) {
    int hash = term.hashCode();
    for (int i = first(hash); i < count && hash(i) == hash; i++) {
      if (term.equals(term(i, offset(i)))) {
        return true;
      }
    }
    return false;
  }

  /** Where a hash code is, or would be. */
  private int first(int hash) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (hash(middle) < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int hash(int i) {
    return packed.getInt(hashes + i * Integer.BYTES);
  }

  private int length(int i) {
    return packed.getShort(lengths + i * Short.BYTES);
  }

  private int offset(int i) {
    int at = letters;
    for (int before = 0; before < i; before++) {
      at += length(before);
    }
    return at;
  }

  private String term(int i, int at) {
    return new String(packed.array(), packed.arrayOffset() + at, length(i), StandardCharsets.UTF_8);
  }

  @Override
  public Iterator<String> iterator() {
    return new Iterator<>() {
      private int next;
      private int at = letters;

      @Override
      public boolean hasNext() {
        return next < count;
      }

      @Override
      public String next() {
        if (next == count) {
          throw new NoSuchElementException();
        }
        String term = term(next, at);
        at += length(next++);
        return term;
      }
    };
  }
}
