-- The desk's health: what each closed case adds to it, and the sums a day. docs/health.md says what the figures are.

-- What a case adds, from the record as it stands.
CREATE VIEW case_measure AS
SELECT
  o.case_id AS case_id,
  o.closed_at / 86400000 AS day,
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

-- What each case has added.
CREATE TABLE health_case (
  case_id          TEXT PRIMARY KEY,
  day              INTEGER NOT NULL,
  product          TEXT NOT NULL,
  channel          TEXT NOT NULL,
  segment          TEXT NOT NULL,
  language         TEXT NOT NULL,
  cases            INTEGER NOT NULL,
  asked            INTEGER NOT NULL,
  answered         INTEGER NOT NULL,
  no_match         INTEGER NOT NULL,
  too_little_text  INTEGER NOT NULL,
  unavailable      INTEGER NOT NULL,
  linked           INTEGER NOT NULL,
  known            INTEGER NOT NULL,
  not_captured     INTEGER NOT NULL,
  new_ones         INTEGER NOT NULL,
  repeats          INTEGER NOT NULL,
  reconnects       INTEGER NOT NULL,
  concurrent       INTEGER NOT NULL,
  identified       INTEGER NOT NULL,
  traced           INTEGER NOT NULL,
  traced_with      INTEGER NOT NULL,
  returned_with    INTEGER NOT NULL,
  returned_without INTEGER NOT NULL,
  solved_with      INTEGER NOT NULL,
  minutes_with     REAL NOT NULL,
  minutes_without  REAL NOT NULL,
  work_with        REAL NOT NULL,
  work_without     REAL NOT NULL,
  answered_work    REAL NOT NULL,
  links            INTEGER NOT NULL,
  doubtful_links   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX health_case_day ON health_case (day);

-- The sums over the cases of a day and of the same circumstances.
CREATE TABLE health_day (
  day              INTEGER NOT NULL,
  product          TEXT NOT NULL,
  channel          TEXT NOT NULL,
  segment          TEXT NOT NULL,
  language         TEXT NOT NULL,
  cases            INTEGER NOT NULL,
  asked            INTEGER NOT NULL,
  answered         INTEGER NOT NULL,
  no_match         INTEGER NOT NULL,
  too_little_text  INTEGER NOT NULL,
  unavailable      INTEGER NOT NULL,
  linked           INTEGER NOT NULL,
  known            INTEGER NOT NULL,
  not_captured     INTEGER NOT NULL,
  new_ones         INTEGER NOT NULL,
  repeats          INTEGER NOT NULL,
  reconnects       INTEGER NOT NULL,
  concurrent       INTEGER NOT NULL,
  identified       INTEGER NOT NULL,
  traced           INTEGER NOT NULL,
  traced_with      INTEGER NOT NULL,
  returned_with    INTEGER NOT NULL,
  returned_without INTEGER NOT NULL,
  solved_with      INTEGER NOT NULL,
  minutes_with     REAL NOT NULL,
  minutes_without  REAL NOT NULL,
  work_with        REAL NOT NULL,
  work_without     REAL NOT NULL,
  answered_work    REAL NOT NULL,
  links            INTEGER NOT NULL,
  doubtful_links   INTEGER NOT NULL,
  PRIMARY KEY (day, product, channel, segment, language)
) WITHOUT ROWID;

-- The cases of known customers that asked something and were given nothing, and after how many they came back.
CREATE TABLE unaided (
  cases    INTEGER NOT NULL,
  returned INTEGER NOT NULL
);
INSERT INTO unaided VALUES (0, 0);

CREATE TRIGGER health_case_added AFTER INSERT ON health_case BEGIN
  INSERT INTO health_day (
    day, product, channel, segment, language, cases, asked, answered, no_match, too_little_text, unavailable, linked,
    known, not_captured, new_ones, repeats, reconnects, concurrent, identified, traced, traced_with, returned_with,
    returned_without, solved_with, minutes_with, minutes_without, work_with, work_without, answered_work, links,
    doubtful_links)
  VALUES (
    NEW.day, NEW.product, NEW.channel, NEW.segment, NEW.language, NEW.cases, NEW.asked, NEW.answered, NEW.no_match,
    NEW.too_little_text, NEW.unavailable, NEW.linked, NEW.known, NEW.not_captured, NEW.new_ones, NEW.repeats,
    NEW.reconnects, NEW.concurrent, NEW.identified, NEW.traced, NEW.traced_with, NEW.returned_with,
    NEW.returned_without, NEW.solved_with, NEW.minutes_with, NEW.minutes_without, NEW.work_with, NEW.work_without,
    NEW.answered_work, NEW.links, NEW.doubtful_links)
  ON CONFLICT (day, product, channel, segment, language) DO UPDATE SET
    cases = cases + excluded.cases, asked = asked + excluded.asked, answered = answered + excluded.answered,
    no_match = no_match + excluded.no_match, too_little_text = too_little_text + excluded.too_little_text,
    unavailable = unavailable + excluded.unavailable, linked = linked + excluded.linked,
    known = known + excluded.known, not_captured = not_captured + excluded.not_captured,
    new_ones = new_ones + excluded.new_ones, repeats = repeats + excluded.repeats,
    reconnects = reconnects + excluded.reconnects, concurrent = concurrent + excluded.concurrent,
    identified = identified + excluded.identified, traced = traced + excluded.traced,
    traced_with = traced_with + excluded.traced_with, returned_with = returned_with + excluded.returned_with,
    returned_without = returned_without + excluded.returned_without,
    solved_with = solved_with + excluded.solved_with, minutes_with = minutes_with + excluded.minutes_with,
    minutes_without = minutes_without + excluded.minutes_without, work_with = work_with + excluded.work_with,
    work_without = work_without + excluded.work_without, answered_work = answered_work + excluded.answered_work,
    links = links + excluded.links, doubtful_links = doubtful_links + excluded.doubtful_links;
  UPDATE unaided SET cases = cases + NEW.traced - NEW.traced_with, returned = returned + NEW.returned_without;
END;

CREATE TRIGGER health_case_taken_back AFTER DELETE ON health_case BEGIN
  UPDATE health_day SET
    cases = cases - OLD.cases, asked = asked - OLD.asked, answered = answered - OLD.answered,
    no_match = no_match - OLD.no_match, too_little_text = too_little_text - OLD.too_little_text,
    unavailable = unavailable - OLD.unavailable, linked = linked - OLD.linked, known = known - OLD.known,
    not_captured = not_captured - OLD.not_captured, new_ones = new_ones - OLD.new_ones,
    repeats = repeats - OLD.repeats, reconnects = reconnects - OLD.reconnects,
    concurrent = concurrent - OLD.concurrent, identified = identified - OLD.identified, traced = traced - OLD.traced,
    traced_with = traced_with - OLD.traced_with, returned_with = returned_with - OLD.returned_with,
    returned_without = returned_without - OLD.returned_without, solved_with = solved_with - OLD.solved_with,
    minutes_with = minutes_with - OLD.minutes_with, minutes_without = minutes_without - OLD.minutes_without,
    work_with = work_with - OLD.work_with, work_without = work_without - OLD.work_without,
    answered_work = answered_work - OLD.answered_work, links = links - OLD.links,
    doubtful_links = doubtful_links - OLD.doubtful_links
  WHERE day = OLD.day AND product = OLD.product AND channel = OLD.channel AND segment = OLD.segment AND language = OLD.language;
  UPDATE unaided SET cases = cases - OLD.traced + OLD.traced_with, returned = returned - OLD.returned_without;
END;

INSERT INTO health_case SELECT * FROM case_measure;

-- Who came back after a case of a subject in which no article was given: what the subject does by itself.
CREATE INDEX outcome_unaided ON outcome (json_extract(matches, '$[0].id'), closed_at)
  WHERE given = '[]' AND outcome = 'answered';
CREATE INDEX outcome_repeats ON outcome (sequence) WHERE repeat_of IS NOT NULL;
CREATE INDEX giving_time ON giving (article_id, at);

-- What people decided about the weights of the impact's factors and of segments; the latest holds.
CREATE TABLE weights_decision (
  id      INTEGER PRIMARY KEY,
  -- Without them, the settings' hold again.
  factors  TEXT,
  segments TEXT,
  at      INTEGER NOT NULL,
  person  TEXT NOT NULL
);
