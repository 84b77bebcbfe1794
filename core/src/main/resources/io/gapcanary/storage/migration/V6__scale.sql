-- What was counted again at every event, so that an event costs the same however many cases came before it.

-- How many cases a gap has, and a number that grows whenever something of them changes that people see.
ALTER TABLE gap ADD COLUMN cases INTEGER NOT NULL DEFAULT 0;
ALTER TABLE gap ADD COLUMN evidence INTEGER NOT NULL DEFAULT 0;
UPDATE gap SET cases = (SELECT COUNT(*) FROM gap_case WHERE gap_key = gap.key);

CREATE TRIGGER gap_case_joined AFTER INSERT ON gap_case BEGIN
  UPDATE gap SET cases = cases + 1, evidence = evidence + 1 WHERE key = NEW.gap_key;
END;
CREATE TRIGGER gap_case_left AFTER DELETE ON gap_case BEGIN
  UPDATE gap SET cases = cases - 1, evidence = evidence + 1 WHERE key = OLD.gap_key;
END;
CREATE TRIGGER gap_case_moved AFTER UPDATE OF gap_key ON gap_case BEGIN
  UPDATE gap SET cases = cases - 1, evidence = evidence + 1 WHERE key = OLD.gap_key;
  UPDATE gap SET cases = cases + 1, evidence = evidence + 1 WHERE key = NEW.gap_key;
END;
CREATE TRIGGER gap_case_of_other_customer AFTER UPDATE OF customer ON gap_case BEGIN
  UPDATE gap SET evidence = evidence + 1 WHERE key = NEW.gap_key;
END;
-- A case that a customer took up again asks something else before it is judged again.
CREATE TRIGGER gap_case_asks_otherwise AFTER UPDATE OF question, spoken ON desk_case
WHEN NEW.question <> OLD.question OR NEW.spoken <> OLD.spoken BEGIN
  UPDATE gap SET evidence = evidence + 1 WHERE key IN (SELECT gap_key FROM gap_case WHERE case_id = NEW.id);
END;

-- The distinct customers who raised a gap, the latest cases of one, and the cases of one customer by their close.
CREATE INDEX gap_case_raised ON gap_case (gap_key, customer) WHERE strong;
CREATE INDEX gap_case_time ON gap_case (gap_key, at, case_id);
CREATE INDEX desk_case_closed ON desk_case (customer, closed_at, id) WHERE customer IS NOT NULL;

-- When the questions of a quiet gap were last asked again.
ALTER TABLE gap ADD COLUMN replayed_at INTEGER;
