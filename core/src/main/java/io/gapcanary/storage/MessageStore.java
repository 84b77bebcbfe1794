package io.gapcanary.storage;

import io.gapcanary.Author;
import io.gapcanary.Message;
import io.gapcanary.WireName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What was said in cases, masked. */
public final class MessageStore {
  private final Handle handle;

  MessageStore(Handle handle) {
    this.handle = handle;
  }

  /** A message of an id, as a hash of its content. */
  public Optional<String> findHash(String caseId, String messageId) {
    return handle
        .createQuery("SELECT hash FROM message WHERE case_id = :case AND message_id = :message")
        .bind("case", caseId)
        .bind("message", messageId)
        .mapTo(String.class)
        .findOne();
  }

  /** Appends a masked message. */
  public void append(String caseId, Message masked, String hash, Instant at) {
    handle.execute(
        """
        INSERT INTO message (case_id, position, message_id, hash, at, author, text)
        VALUES (?, (SELECT COALESCE(MAX(position), 0) + 1 FROM message WHERE case_id = ?), ?, ?, ?, ?, ?)""",
        caseId,
        caseId,
        masked.id(),
        hash,
        at.toEpochMilli(),
        masked.from().wireName(),
        masked.text());
  }

  /** The messages of a case, in order. */
  public List<Message> list(String caseId) {
    return handle
        .createQuery(
            "SELECT message_id, author, text, at FROM message WHERE case_id = :id ORDER BY position")
        .bind("id", caseId)
        .map(
            (row, context) ->
                new Message(
                    row.getString(1),
                    WireName.parse(Author.class, "author", row.getString(2)),
                    row.getString(3),
                    Instant.ofEpochMilli(row.getLong(4))))
        .list();
  }

  /** What the customer wrote: the first messages of a case and its last ones, in order. */
  public List<String> customerTexts(String caseId, int first, int last) {
    List<String> texts =
        new ArrayList<>(customerTexts(caseId, "ORDER BY position LIMIT " + (first + 1), 0));
    if (texts.size() <= first) {
      return texts;
    }
    texts.removeLast();
    List<String> latest =
        customerTexts(caseId, "ORDER BY position DESC LIMIT " + last, first).reversed();
    texts.addAll(latest);
    return texts;
  }

  private List<String> customerTexts(String caseId, String order, int skipped) {
    String beyond =
        skipped == 0
            ? ""
            : " AND position > (SELECT position FROM message WHERE case_id = :id AND author = 'customer'"
                + " ORDER BY position LIMIT 1 OFFSET "
                + (skipped - 1)
                + ")";
    return handle
        .createQuery(
            "SELECT text FROM message WHERE case_id = :id AND author = 'customer'"
                + beyond
                + " "
                + order)
        .bind("id", caseId)
        .mapTo(String.class)
        .list();
  }
}
