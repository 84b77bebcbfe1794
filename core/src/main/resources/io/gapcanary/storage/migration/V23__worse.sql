-- Articles after which customers suddenly come back more often: found at a return, told once, over when it is found no more.
CREATE TABLE article_rise (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  article_id      TEXT NOT NULL,
  edition         INTEGER NOT NULL,
  kind            TEXT NOT NULL,
  since           INTEGER NOT NULL,
  former_given    INTEGER NOT NULL,
  former_returned INTEGER NOT NULL,
  given           INTEGER NOT NULL,
  returned        INTEGER NOT NULL,
  evidence        REAL NOT NULL,
  at              INTEGER NOT NULL,
  over_at         INTEGER
);
CREATE INDEX article_rise_article ON article_rise (article_id, id);
CREATE UNIQUE INDEX article_rise_lasting ON article_rise (article_id) WHERE over_at IS NULL;

-- It is told where what happens to gaps is told, in their order; then there is no gap (0).
ALTER TABLE gap_change ADD COLUMN rise INTEGER;
ALTER TABLE webhook_delivery ADD COLUMN rise INTEGER;
CREATE TRIGGER article_rise_told AFTER INSERT ON article_rise BEGIN
  INSERT INTO gap_change (gap_key, what, cases, at, rise) VALUES (0, 'worse', NEW.given, NEW.at, NEW.id);
END;

-- Those who want to be told of it, and of gaps that are taken back.
DROP TRIGGER gap_change_delivered;
CREATE TRIGGER gap_change_delivered AFTER INSERT ON gap_change
WHEN NEW.what IN ('raised', 'grown', 'reopened', 'verified', 'withdrawn', 'worse') BEGIN
  INSERT INTO webhook_delivery (webhook, message, gap, what, cases, at, rise)
  SELECT w.id, 'msg_' || lower(hex(randomblob(16))), COALESCE(g.number, g.former_number), NEW.what, NEW.cases, NEW.at,
    NEW.rise
  FROM webhook w LEFT JOIN gap g ON g.key = NEW.gap_key
  WHERE w.enabled AND EXISTS (SELECT 1 FROM json_each(w.events) e WHERE e.value = NEW.what)
    AND (NEW.what <> 'grown' OR EXISTS (SELECT 1 FROM json_each(w.growth) c WHERE c.value = NEW.cases));
END;
