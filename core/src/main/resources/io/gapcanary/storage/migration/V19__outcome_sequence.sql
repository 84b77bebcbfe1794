-- What has read outcomes up to a number must not meet another outcome under it, also after the latest one was removed.

CREATE TABLE outcome_last (
  sequence INTEGER NOT NULL
);

INSERT INTO outcome_last (sequence) SELECT COALESCE(MAX(sequence), 0) FROM outcome;

CREATE TRIGGER outcome_numbered AFTER INSERT ON outcome BEGIN
  UPDATE outcome_last SET sequence = MAX(sequence, NEW.sequence);
END;
