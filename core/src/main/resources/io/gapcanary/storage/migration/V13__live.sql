-- What happened to gaps, in order, written with what it tells: for those who watch the board, and for webhooks.

-- The most cases that a gap ever had: one that is judged again and comes back is no growth.
ALTER TABLE gap ADD COLUMN peak INTEGER NOT NULL DEFAULT 0;
UPDATE gap SET peak = cases;

CREATE TABLE gap_change (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  gap_key INTEGER NOT NULL,
  what    TEXT NOT NULL,
  cases   INTEGER NOT NULL,
  at      INTEGER NOT NULL
);
CREATE TRIGGER gap_change_trimmed AFTER INSERT ON gap_change BEGIN
  DELETE FROM gap_change WHERE id <= NEW.id - 10000;
END;

CREATE TRIGGER gap_history_told AFTER INSERT ON gap_history BEGIN
  INSERT INTO gap_change (gap_key, what, cases, at)
  SELECT g.key,
    CASE WHEN NEW.what = 'state' AND json_extract(NEW.details, '$.from') IN ('verified', 'dismissed')
      AND json_extract(NEW.details, '$.to') IN ('open', 'assigned') THEN 'reopened' ELSE NEW.what END,
    g.cases, NEW.at
  FROM gap g WHERE g.key = NEW.gap_key AND g.number IS NOT NULL AND g.merged_into IS NULL;
END;
CREATE TRIGGER gap_grown AFTER UPDATE OF cases ON gap WHEN NEW.cases > NEW.peak BEGIN
  UPDATE gap SET peak = NEW.cases WHERE key = NEW.key;
  INSERT INTO gap_change (gap_key, what, cases, at)
  SELECT NEW.key, 'grown', NEW.cases, COALESCE((SELECT MAX(at) FROM gap_case WHERE gap_key = NEW.key), 0)
  WHERE NEW.number IS NOT NULL AND NEW.merged_into IS NULL AND NEW.state <> 'dismissed';
END;
CREATE TRIGGER gap_joined AFTER UPDATE OF merged_into ON gap
WHEN OLD.merged_into IS NULL AND NEW.merged_into IS NOT NULL AND NEW.number IS NOT NULL BEGIN
  INSERT INTO gap_change (gap_key, what, cases, at)
  VALUES (NEW.key, 'joined', NEW.cases,
    COALESCE((SELECT at FROM gap_change ORDER BY id DESC LIMIT 1), NEW.detected_at));
END;

-- Where to tell of changes. The secret is kept as it is: what is sent is signed with it.
CREATE TABLE webhook (
  id         TEXT PRIMARY KEY,
  url        TEXT NOT NULL,
  secret     TEXT NOT NULL,
  events     TEXT NOT NULL,
  -- At how many cases a gap's growth is told.
  growth     TEXT NOT NULL,
  enabled    INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL
) WITHOUT ROWID;

-- What is still to be told, or was given up (dead_at). What was delivered goes.
CREATE TABLE webhook_delivery (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook  TEXT NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
  message  TEXT NOT NULL,
  -- The number of the gap; of a test none.
  gap      INTEGER,
  what     TEXT NOT NULL,
  cases    INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at  INTEGER NOT NULL DEFAULT 0,
  dead_at  INTEGER,
  error    TEXT
);
CREATE INDEX webhook_delivery_waiting ON webhook_delivery (webhook, next_at, id) WHERE dead_at IS NULL;
CREATE INDEX webhook_delivery_dead ON webhook_delivery (dead_at) WHERE dead_at IS NOT NULL;

CREATE TRIGGER gap_change_delivered AFTER INSERT ON gap_change
WHEN NEW.what IN ('raised', 'grown', 'reopened', 'verified') BEGIN
  INSERT INTO webhook_delivery (webhook, message, gap, what, cases, at)
  SELECT w.id, 'msg_' || lower(hex(randomblob(16))), g.number, NEW.what, NEW.cases, NEW.at
  FROM webhook w JOIN gap g ON g.key = NEW.gap_key
  WHERE w.enabled AND EXISTS (SELECT 1 FROM json_each(w.events) e WHERE e.value = NEW.what)
    AND (NEW.what <> 'grown' OR EXISTS (SELECT 1 FROM json_each(w.growth) c WHERE c.value = NEW.cases));
END;
