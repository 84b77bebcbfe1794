package io.gapcanary.kb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * What one segment of an index keeps of its documents, to be read in rising order of documents:
 * some bytes of each, and the vector of those that have one.
 */
final class LeafValues {
  private final BinaryDocValues packed;
  private final @Nullable FloatVectorValues vectors;
  private final KnnVectorValues.@Nullable DocIndexIterator at;

  LeafValues(LeafReader reader, String field) throws IOException {
    packed = DocValues.getBinary(reader, field);
    vectors = reader.getFloatVectorValues("meaning");
    at = vectors == null ? null : vectors.iterator();
  }

  /** A copy of a document's bytes, ready to be read. */
  ByteBuffer bytes(int doc) throws IOException {
    if (!packed.advanceExact(doc)) {
      throw new IOException("Document " + doc + " keeps nothing");
    }
    BytesRef value = packed.binaryValue();
    return ByteBuffer.wrap(
        Arrays.copyOfRange(value.bytes, value.offset, value.offset + value.length));
  }

  /** A copy of a document's vector, or {@code null} when it has none. */
  float @Nullable [] vector(int doc) throws IOException {
    return vectors != null && at != null && reaches(at, doc)
        ? vectors.vectorValue(at.index()).clone()
        : null;
  }

  /** An iterator that has passed a document without a vector stands at a later one already. */
  private static boolean reaches(KnnVectorValues.DocIndexIterator at, int doc) throws IOException {
    return at.docID() == doc || (at.docID() < doc && at.advance(doc) == doc);
  }
}
