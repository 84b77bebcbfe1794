-- What an article said before its present edition, to be held against what it says now.
ALTER TABLE article ADD COLUMN former TEXT;

-- What came of a gap's questions when its remedy was there. Texts are those of the cases, and go with them; counts stay.
CREATE TABLE gap_proof (
  gap_key         INTEGER PRIMARY KEY REFERENCES gap (key) ON DELETE CASCADE,
  at              INTEGER NOT NULL,
  asked           INTEGER NOT NULL,
  answered        INTEGER NOT NULL,
  answered_before INTEGER NOT NULL,
  passes          INTEGER NOT NULL,
  degraded        INTEGER NOT NULL,
  articles        TEXT NOT NULL,
  others          INTEGER NOT NULL,
  harmed          INTEGER NOT NULL
);
CREATE TABLE gap_proof_case (
  gap_key  INTEGER NOT NULL REFERENCES gap_proof (gap_key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  case_id  TEXT NOT NULL,
  -- What answered before and does now; of a question that goes wrong, what was given and what comes first.
  before   TEXT,
  after    TEXT,
  -- How a question of another case goes wrong; of the gap's own, none.
  how      TEXT,
  PRIMARY KEY (gap_key, position)
) WITHOUT ROWID;
CREATE INDEX gap_proof_case_id ON gap_proof_case (case_id);
CREATE TRIGGER gap_proof_case_gone AFTER DELETE ON desk_case BEGIN
  DELETE FROM gap_proof_case WHERE case_id = OLD.id;
END;
