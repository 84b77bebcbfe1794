-- What a case's question is alike by, a hash: see Fingerprint. Cases that were heard before have none.
ALTER TABLE desk_case ADD COLUMN alike INTEGER;
CREATE INDEX desk_case_alike ON desk_case (alike, opened_at) WHERE alike IS NOT NULL;

-- Texts that so many cases asked within minutes that it looks like a machine's doing.
CREATE TABLE flood (
  key     INTEGER PRIMARY KEY AUTOINCREMENT,
  alike   INTEGER NOT NULL UNIQUE,
  -- The case that counts for all of them; it may be gone.
  counted TEXT NOT NULL,
  cases   INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX flood_counted ON flood (counted);

-- The other cases of a flood: kept, and counted nowhere else.
CREATE TABLE flood_case (
  case_id TEXT PRIMARY KEY,
  alike   INTEGER NOT NULL,
  at      INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX flood_case_alike ON flood_case (alike, at, case_id);
CREATE TRIGGER flood_case_added AFTER INSERT ON flood_case BEGIN
  UPDATE flood SET cases = cases + 1 WHERE alike = NEW.alike;
END;
CREATE TRIGGER flood_case_taken_back AFTER DELETE ON flood_case BEGIN
  UPDATE flood SET cases = cases - 1 WHERE alike = OLD.alike;
END;

-- What people decided about floods: real people (1), or whatever the settings say again (0); the latest holds.
CREATE TABLE flood_decision (
  id     INTEGER PRIMARY KEY,
  alike  INTEGER NOT NULL,
  people INTEGER NOT NULL,
  at     INTEGER NOT NULL,
  person TEXT NOT NULL
);
CREATE INDEX flood_decision_alike ON flood_decision (alike, id);

-- The health is that of the others.
DROP VIEW case_measure;
CREATE VIEW case_measure AS
SELECT
  o.case_id AS case_id,
  o.day AS day,
  COALESCE(c.product, '') AS product,
  COALESCE(c.channel, '') AS channel,
  COALESCE(c.segment, '') AS segment,
  CASE WHEN o.has_question THEN c.spoken ELSE COALESCE(c.language, '') END AS language,
  1 AS cases,
  o.has_question AS asked,
  o.outcome = 'answered' AS answered,
  o.outcome = 'no-match' AS no_match,
  o.outcome = 'too-little-text' AS too_little_text,
  o.outcome = 'unavailable' AS unavailable,
  o.has_question AND o.given <> '[]' AS linked,
  o.has_question AND o.given <> '[]' AND c.resolution IS NOT NULL AS known,
  o.has_question AND o.given = '[]' AND COALESCE(c.resolution, '') = 'solved' AS not_captured,
  o.has_question AND o.given = '[]' AND COALESCE(c.resolution, 'solved') <> 'solved' AS new_ones,
  o.repeat_of IS NOT NULL AS repeats,
  o.reconnect_of IS NOT NULL AS reconnects,
  c.concurrent AS concurrent,
  c.customer IS NOT NULL AS identified,
  o.has_question AND c.customer IS NOT NULL AS traced,
  o.has_question AND c.customer IS NOT NULL AND o.given <> '[]' AS traced_with,
  o.has_question AND c.customer IS NOT NULL AND o.given <> '[]'
    AND EXISTS (SELECT 1 FROM outcome r WHERE r.repeat_of = o.case_id) AS returned_with,
  o.has_question AND c.customer IS NOT NULL AND o.given = '[]'
    AND EXISTS (SELECT 1 FROM outcome r WHERE r.repeat_of = o.case_id) AS returned_without,
  o.has_question AND o.given <> '[]' AND COALESCE(c.resolution, '') = 'solved' AS solved_with,
  CASE WHEN o.has_question AND c.resolution = 'solved' AND o.given <> '[]'
    THEN (o.closed_at - c.opened_at) / 60000.0 ELSE 0 END AS minutes_with,
  CASE WHEN o.has_question AND c.resolution = 'solved' AND o.given = '[]'
    THEN (o.closed_at - c.opened_at) / 60000.0 ELSE 0 END AS minutes_without,
  CASE WHEN o.has_question AND c.resolution = 'solved' AND o.given <> '[]' THEN o.minutes ELSE 0 END AS work_with,
  CASE WHEN o.has_question AND c.resolution = 'solved' AND o.given = '[]' THEN o.minutes ELSE 0 END AS work_without,
  CASE WHEN o.outcome = 'answered' THEN o.minutes ELSE 0 END AS answered_work,
  -- Links: what the case's own agent gave, and what was linked and taken back.
  CASE WHEN o.has_question THEN
    (SELECT COUNT(*) FROM given g WHERE g.case_id = o.case_id AND g.origin = o.case_id)
    + (SELECT COUNT(DISTINCT l.article_id) FROM link l WHERE l.case_id = o.case_id AND l.action = 'linked'
        AND NOT EXISTS (SELECT 1 FROM given g WHERE g.case_id = l.case_id AND g.article_id = l.article_id))
    ELSE 0 END AS links,
  -- Doubtful ones: taken back; or matching finds another article likely and this one hardly; or the customer came
  -- back and was given others.
  CASE WHEN o.has_question THEN
    (SELECT COUNT(DISTINCT l.article_id) FROM link l WHERE l.case_id = o.case_id AND l.action = 'linked'
        AND NOT EXISTS (SELECT 1 FROM given g WHERE g.case_id = l.case_id AND g.article_id = l.article_id))
    + (SELECT COUNT(*) FROM given g WHERE g.case_id = o.case_id AND g.origin = o.case_id AND (
        EXISTS (SELECT 1 FROM json_each(o.matches) m
            WHERE json_extract(m.value, '$.id') <> g.article_id AND json_extract(m.value, '$.probability') >= 0.5)
          AND NOT EXISTS (SELECT 1 FROM json_each(o.matches) m
            WHERE json_extract(m.value, '$.id') = g.article_id AND json_extract(m.value, '$.probability') >= 0.05)
        OR EXISTS (SELECT 1 FROM outcome r WHERE r.repeat_of = o.case_id AND r.given <> '[]'
          AND NOT EXISTS (SELECT 1 FROM json_each(r.given) x WHERE x.value = g.article_id))))
    ELSE 0 END AS doubtful_links
FROM outcome o JOIN desk_case c ON c.id = o.case_id
WHERE NOT EXISTS (SELECT 1 FROM flood_case f WHERE f.case_id = o.case_id);
