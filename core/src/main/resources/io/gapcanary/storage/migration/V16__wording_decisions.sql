-- What people decided about learned wordings: removed (1) or taken up again (0). It goes with its wording.
CREATE TABLE wording_decision (
  id         INTEGER PRIMARY KEY,
  wording_id TEXT NOT NULL,
  removed    INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  person     TEXT NOT NULL
);
CREATE INDEX wording_decision_wording ON wording_decision (wording_id, id);
INSERT INTO wording_decision (wording_id, removed, at, person)
  SELECT id, 1, removed_at, COALESCE(removed_by, 'manager') FROM wording WHERE removed_at IS NOT NULL;
CREATE TRIGGER wording_gone AFTER DELETE ON wording BEGIN
  DELETE FROM wording_decision WHERE wording_id = OLD.id;
END;
