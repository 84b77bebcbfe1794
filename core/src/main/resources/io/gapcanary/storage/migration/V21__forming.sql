-- What open cases ask that has no gap yet, told once: when it was, and which cases ask it.
CREATE TABLE forming_subject (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  customers INTEGER NOT NULL,
  at        INTEGER NOT NULL
);
CREATE TABLE forming_case (
  case_id TEXT PRIMARY KEY REFERENCES desk_case (id) ON DELETE CASCADE,
  subject INTEGER NOT NULL REFERENCES forming_subject (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX forming_case_subject ON forming_case (subject, case_id);

-- Of a change that concerns no gap yet the gap's key is 0.
ALTER TABLE gap_change ADD COLUMN subject INTEGER;
ALTER TABLE webhook_delivery ADD COLUMN subject INTEGER;
