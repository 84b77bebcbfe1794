-- The day on which a case closed where the desk is: days since 1970, until now in UTC.
ALTER TABLE outcome ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
UPDATE outcome SET day = closed_at / 86400000;

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
FROM outcome o JOIN desk_case c ON c.id = o.case_id;

-- What a case leaves behind is found by it when it is removed.
CREATE INDEX desk_case_kept ON desk_case (closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX wording_source ON wording (source);
