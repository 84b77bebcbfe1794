package io.gapcanary.kb;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder with a derived index: one that cannot be used is begun again instead of failing.
 *
 * <p>Thread-safe.
 */
final class LuceneFolder implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(LuceneFolder.class);
  private static final String REVISION = "revision";
  private static final String FORMAT = "format";

  private final Directory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;

  /** Opens the index when it is sound and of this format, else an empty one in its place. */
  LuceneFolder(Path folder, String format) throws IOException {
    directory = FSDirectory.open(folder);
    IndexWriter opened = null;
    try {
      opened = open(directory, format);
      searchers = new SearcherManager(opened, null);
      writer = opened;
    } catch (IOException | RuntimeException e) {
      if (opened != null) {
        opened.rollback();
      }
      directory.close();
      throw e;
    }
  }

  private static IndexWriter open(Directory directory, String format) throws IOException {
    boolean sound = usable(directory, format);
    if (!sound) {
      clear(directory);
    }
    OpenMode mode = sound ? OpenMode.APPEND : OpenMode.CREATE;
    IndexWriter writer = new IndexWriter(directory, config().setOpenMode(mode));
    if (!sound) {
      writer.setLiveCommitData(Map.of(FORMAT, format, REVISION, "-1").entrySet());
      writer.commit();
    }
    return writer;
  }

  /** One thread, so that the same changes in the same order make the same index. */
  private static IndexWriterConfig config() {
    return new IndexWriterConfig(new KeywordAnalyzer())
        .setMergePolicy(new TieredMergePolicy().setForceMergeDeletesPctAllowed(0))
        .setMergeScheduler(new SerialMergeScheduler())
        .setCommitOnClose(false)
        .setRAMBufferSizeMB(64)
        .setCodec(
            new Lucene104Codec() {
              @Override
              public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return new Lucene104HnswScalarQuantizedVectorsFormat();
              }
            });
  }

  private static void clear(Directory directory) throws IOException {
    try (Lock held = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
      held.ensureValid();
      for (String file : directory.listAll()) {
        if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
          directory.deleteFile(file);
        }
      }
    }
  }

  private static boolean usable(Directory directory, String format) throws IOException {
    try {
      if (!DirectoryReader.indexExists(directory)) {
        return false;
      }
      SegmentInfos infos = SegmentInfos.readLatestCommit(directory);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        return reader.maxDoc() >= 0 && format.equals(infos.getUserData().get(FORMAT));
      }
    } catch (CorruptIndexException
        | IndexNotFoundException
        | IndexFormatTooNewException
        | IndexFormatTooOldException
        | java.nio.file.NoSuchFileException
        | java.io.EOFException
        | IllegalArgumentException e) {
      log.warn("The search index cannot be used and is built again: {}", e.toString());
      return false;
    }
  }

  /**
   * Leaves nothing on disk of what was deleted: segments that hold any of it are written anew, and
   * the old files go.
   */
  void purge() throws IOException {
    writer.forceMergeDeletes();
    writer.commit();
    searchers.maybeRefreshBlocking();
    writer.deleteUnusedFiles();
  }

  /** What changes the index. */
  IndexWriter writer() {
    return writer;
  }

  /** What it is read by. */
  SearcherManager searchers() {
    return searchers;
  }

  /** Up to where the last commit was said to go; -1 when there was none. */
  long revision() {
    for (Map.Entry<String, String> entry : writer.getLiveCommitData()) {
      if (entry.getKey().equals(REVISION)) {
        return Long.parseLong(entry.getValue());
      }
    }
    return -1;
  }

  /** Makes the changes so far durable. */
  void commit(long revision) throws IOException {
    String format = "";
    for (Map.Entry<String, String> entry : writer.getLiveCommitData()) {
      format = entry.getKey().equals(FORMAT) ? entry.getValue() : format;
    }
    writer.setLiveCommitData(Map.of(FORMAT, format, REVISION, Long.toString(revision)).entrySet());
    writer.commit();
  }

  @Override
  public void close() throws IOException {
    searchers.close();
    writer.rollback();
    directory.close();
  }
}
