-- A wording that a manager removed stays, so that the case it came from does not teach it again.
ALTER TABLE wording ADD COLUMN removed_at INTEGER;
ALTER TABLE wording ADD COLUMN removed_by TEXT;

-- What people decided about floors; the latest of a language holds.
CREATE TABLE floor_decision (
  id       INTEGER PRIMARY KEY,
  language TEXT NOT NULL,
  -- Without one, the product's own holds again.
  floor    REAL,
  at       INTEGER NOT NULL,
  person   TEXT NOT NULL
);
CREATE INDEX floor_decision_language ON floor_decision (language, id);
