package io.gapcanary.kb;

import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a derived index: one that cannot be used is begun again instead of failing. */
final class LuceneFolder {
  private static final Logger log = LoggerFactory.getLogger(LuceneFolder.class);
  private static final String REVISION = "revision";
  private static final String FORMAT = "format";

  private LuceneFolder() {}

  /** Opens the index when it is sound and of this format, else an empty one in its place. */
  static IndexWriter open(Directory directory, String format, Supplier<IndexWriterConfig> config)
      throws IOException {
    boolean sound = usable(directory, format);
    if (!sound) {
      clear(directory);
    }
    OpenMode mode = sound ? OpenMode.APPEND : OpenMode.CREATE;
    IndexWriter writer = new IndexWriter(directory, config.get().setOpenMode(mode));
    if (!sound) {
      writer.setLiveCommitData(Map.of(FORMAT, format, REVISION, "-1").entrySet());
      writer.commit();
    }
    return writer;
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
  static void purge(IndexWriter writer, SearcherManager searchers) throws IOException {
    writer.forceMergeDeletes();
    writer.commit();
    searchers.maybeRefreshBlocking();
    writer.deleteUnusedFiles();
  }

  static long revision(IndexWriter writer) {
    for (Map.Entry<String, String> entry : writer.getLiveCommitData()) {
      if (entry.getKey().equals(REVISION)) {
        return Long.parseLong(entry.getValue());
      }
    }
    return -1;
  }

  static void commit(IndexWriter writer, long revision) throws IOException {
    String format = "";
    for (Map.Entry<String, String> entry : writer.getLiveCommitData()) {
      format = entry.getKey().equals(FORMAT) ? entry.getValue() : format;
    }
    writer.setLiveCommitData(Map.of(FORMAT, format, REVISION, Long.toString(revision)).entrySet());
    writer.commit();
  }
}
