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
import java.util.Set;

/**
 * The distinct terms of a text, compared as they lie in the index: a question meets hundreds of
 * units, and making strings of all their terms would cost more than the search.
 *
 * <p>How many there are comes first, then their hash codes in rising order, then their lengths in
 * bytes of UTF-8, then their letters. Immutable and thread-safe.
 */
final class PackedTerms extends AbstractSet<String> {
  private final byte[] letters;
  private final int[] hashes;

  /** Where each one's letters begin, and where the last one's end. */
  private final int[] starts;

  private PackedTerms(byte[] letters, int[] hashes, int[] starts) {
    this.letters = letters;
    this.hashes = hashes;
    this.starts = starts;
  }

  /** Packs terms, unless they are. */
  static PackedTerms of(Set<String> terms) {
    if (terms instanceof PackedTerms packed) {
      return packed;
    }
    String[] sorted = sorted(terms);
    byte[][] written = written(sorted);
    int[] hashes = new int[sorted.length];
    int[] starts = new int[sorted.length + 1];
    for (int i = 0; i < sorted.length; i++) {
      hashes[i] = sorted[i].hashCode();
      starts[i + 1] = starts[i] + written[i].length;
    }
    byte[] letters = new byte[starts[sorted.length]];
    for (int i = 0; i < sorted.length; i++) {
      System.arraycopy(written[i], 0, letters, starts[i], written[i].length);
    }
    return new PackedTerms(letters, hashes, starts);
  }

  private static String[] sorted(Collection<String> terms) {
    String[] sorted = terms.toArray(String[]::new);
    Arrays.sort(sorted, Comparator.comparingInt(String::hashCode));
    return sorted;
  }

  private static byte[][] written(String[] terms) {
    byte[][] written = new byte[terms.length][];
    for (int i = 0; i < terms.length; i++) {
      written[i] = terms[i].getBytes(StandardCharsets.UTF_8);
    }
    return written;
  }

  /** Writes distinct terms. */
  static void write(Collection<String> terms, DataOutputStream out) throws IOException {
    String[] sorted = sorted(terms);
    byte[][] written = written(sorted);
    out.writeInt(sorted.length);
    for (String term : sorted) {
      out.writeInt(term.hashCode());
    }
    for (byte[] term : written) {
      out.writeShort(term.length);
    }
    for (byte[] term : written) {
      out.write(term);
    }
  }

  /** Reads what was written at the position of a buffer on an array, and moves it behind. */
  static PackedTerms read(ByteBuffer from) {
    int[] hashes = new int[from.getInt()];
    from.asIntBuffer().get(hashes);
    from.position(from.position() + hashes.length * Integer.BYTES);
    int[] starts = new int[hashes.length + 1];
    int lengths = from.position();
    starts[0] = from.arrayOffset() + lengths + hashes.length * Short.BYTES;
    for (int i = 0; i < hashes.length; i++) {
      starts[i + 1] = starts[i] + from.getShort(lengths + i * Short.BYTES);
    }
    from.position(starts[hashes.length] - from.arrayOffset());
    return new PackedTerms(from.array(), hashes, starts);
  }

  @Override
  public int size() {
    return hashes.length;
  }

  /** The hash code of the term at a place; none is less than that at the place before. */
  int hash(int place) {
    return hashes[place];
  }

  /** Whether the term at a place is the one at a place of others. */
  boolean isSame(int place, PackedTerms others, int its) {
    return Arrays.equals(
        letters,
        starts[place],
        starts[place + 1],
        others.letters,
        others.starts[its],
        others.starts[its + 1]);
  }

  /** How many terms these and others have in common. */
  int common(PackedTerms others) {
    int common = 0;
    int its = 0;
    for (int i = 0; i < hashes.length; i++) {
      while (its < others.hashes.length && others.hashes[its] < hashes[i]) {
        its++;
      }
      common += others.has(i, this, its) ? 1 : 0;
    }
    return common;
  }

  /** Whether one of these, from a place on of the same hash code, is a term of others. */
  private boolean has(int other, PackedTerms others, int from) {
    for (int i = from; i < hashes.length && hashes[i] == others.hashes[other]; i++) {
      if (isSame(i, others, other)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean contains(Object term) {
    int hash = term.hashCode();
    for (int i = first(hash); i < hashes.length && hashes[i] == hash; i++) {
      if (term.equals(term(i))) {
        return true;
      }
    }
    return false;
  }

  /** Where a hash code is, or would be. */
  private int first(int hash) {
    int low = 0;
    int high = hashes.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (hashes[middle] < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private String term(int place) {
    return new String(
        letters, starts[place], starts[place + 1] - starts[place], StandardCharsets.UTF_8);
  }

  @Override
  public Iterator<String> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < hashes.length;
      }

      @Override
      public String next() {
        if (next == hashes.length) {
          throw new NoSuchElementException();
        }
        return term(next++);
      }
    };
  }
}
