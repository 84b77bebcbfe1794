-- What is done about a gap, and since when it is there; who merged a gap into another, when a person did.
ALTER TABLE gap ADD COLUMN remedy TEXT NOT NULL DEFAULT 'article';
ALTER TABLE gap ADD COLUMN published_at INTEGER;
ALTER TABLE gap ADD COLUMN merged_by TEXT;
CREATE INDEX gap_published ON gap (key) WHERE state = 'published' AND merged_into IS NULL;
CREATE INDEX gap_merged ON gap (merged_into) WHERE merged_into IS NOT NULL;

-- What happened is a name, with JSON that says the rest; it was an English sentence.
ALTER TABLE gap_history ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
CREATE TABLE gap_sentence AS SELECT id, gap_key, what AS said FROM gap_history;
CREATE UNIQUE INDEX gap_sentence_id ON gap_sentence (id);

UPDATE gap_history SET what = 'other', details = (SELECT json_object('text', said) FROM gap_sentence s WHERE s.id = gap_history.id);
UPDATE gap_history SET what = 'state', details = (
    SELECT json_object('from', substr(said, 1, instr(said, ' → ') - 1), 'to', substr(said, instr(said, ' → ') + 3))
    FROM gap_sentence s WHERE s.id = gap_history.id)
  WHERE id IN (SELECT id FROM gap_sentence WHERE said LIKE '% → %' AND said NOT LIKE 'owned by %');
UPDATE gap_history SET what = 'owner', details = '{}'
  WHERE id IN (SELECT id FROM gap_sentence WHERE said = 'nobody owns it now');
UPDATE gap_history SET what = 'owner', details = (
    SELECT json_object('owner', substr(said, length('owned by ') + 1)) FROM gap_sentence s WHERE s.id = gap_history.id)
  WHERE id IN (SELECT id FROM gap_sentence WHERE said LIKE 'owned by %');
UPDATE gap_history SET what = 'merged', details = (
    SELECT json_object('gap', substr(said, 1, instr(said, ' joined it') - 1)) FROM gap_sentence s WHERE s.id = gap_history.id)
  WHERE id IN (SELECT id FROM gap_sentence WHERE said LIKE 'gap-% joined it');
UPDATE gap_history SET what = 'reopened', details = '{}'
  WHERE id IN (SELECT id FROM gap_sentence WHERE said = 'opened again: customers go on missing it');
UPDATE gap_history SET what = 'raised', details = (
    SELECT json_object('kind', 'missing', 'customers', CAST(substr(said, length('raised: ') + 1) AS INTEGER))
    FROM gap_sentence s WHERE s.id = gap_history.id)
  WHERE id IN (SELECT id FROM gap_sentence WHERE said LIKE 'raised: % customers found no article');
UPDATE gap_history SET what = 'raised', details = (
    SELECT json_object('kind', g.kind, 'customers', CAST(substr(said, length('raised: ') + 1) AS INTEGER))
    FROM gap_sentence s JOIN gap g ON g.key = s.gap_key WHERE s.id = gap_history.id)
  WHERE id IN (SELECT id FROM gap_sentence WHERE said LIKE 'raised: % customers need another');
UPDATE gap_history SET what = 'raised', details = (
    SELECT json_object('kind', 'unfindable', 'customers',
      CAST(substr(said, length('raised: agents gave it by hand to ') + 1) AS INTEGER))
    FROM gap_sentence s WHERE s.id = gap_history.id)
  WHERE id IN (SELECT id FROM gap_sentence WHERE said LIKE 'raised: agents gave it by hand to %');
UPDATE gap_history SET what = 'raised', details = (
    SELECT json_object('kind', 'incomplete',
      'returned', CAST(substr(said, length('raised: customers came back after ') + 1) AS INTEGER),
      'given', CAST(substr(said, instr(said, ' of ') + 4) AS INTEGER))
    FROM gap_sentence s WHERE s.id = gap_history.id)
  WHERE id IN (SELECT id FROM gap_sentence WHERE said LIKE 'raised: customers came back after %');
UPDATE gap_history SET what = 'verified', details = (
    SELECT json_object('by', 'returns',
      'returned', CAST(substr(said, length('verified: customers came back after only ') + 1) AS INTEGER),
      'given', CAST(substr(said, instr(said, ' of ') + 4) AS INTEGER))
    FROM gap_sentence s WHERE s.id = gap_history.id)
  WHERE id IN (SELECT id FROM gap_sentence WHERE said LIKE 'verified: customers came back after only %');
UPDATE gap_history SET what = 'verified', details = json_object('by', 'replay')
  WHERE id IN (SELECT id FROM gap_sentence WHERE said = 'verified: its questions are answered now');
UPDATE gap_history SET what = 'verified', details = (
    SELECT json_object('by', 'agents', 'article',
      substr(said, length('verified: agents give ') + 1, length(said) - length('verified: agents give ') - length(' for it')))
    FROM gap_sentence s WHERE s.id = gap_history.id)
  WHERE id IN (SELECT id FROM gap_sentence WHERE said LIKE 'verified: agents give % for it');
UPDATE gap_history SET what = 'reclassified', details = (
    SELECT json_object('from', 'missing', 'to', 'unfindable',
      'article', substr(said, length('not missing but unfindable: agents give ') + 1))
    FROM gap_sentence s WHERE s.id = gap_history.id)
  WHERE id IN (SELECT id FROM gap_sentence WHERE said LIKE 'not missing but unfindable: agents give %');
DROP TABLE gap_sentence;
