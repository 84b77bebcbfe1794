-- A customer who comes back after an article, is given it again and comes back again is one customer: what is given
-- again within such a chain is no further trial of the article. Sums over the chains stand beside those over all givings.
ALTER TABLE giving ADD COLUMN again INTEGER NOT NULL DEFAULT 0;
UPDATE giving SET again = 1 WHERE EXISTS (
  SELECT 1 FROM giving f INDEXED BY giving_returned
  WHERE f.returned_by = giving.case_id AND f.article_id = giving.article_id AND f.edition = giving.edition);

ALTER TABLE tally ADD COLUMN chains INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tally ADD COLUMN chains_returned INTEGER NOT NULL DEFAULT 0;
UPDATE tally SET (chains, chains_returned) = (
  SELECT COUNT(*), COUNT(g.returned_by) FROM giving g JOIN article a ON a.id = g.article_id AND a.edition = g.edition
  WHERE g.article_id = tally.article_id AND g.customer IS NOT NULL AND NOT g.again)
WHERE article_id <> '';
UPDATE tally SET (chains, chains_returned) = (
  SELECT COALESCE(SUM(chains), 0), COALESCE(SUM(chains_returned), 0) FROM tally WHERE article_id <> '')
WHERE article_id = '';

-- That evidence takes a gap back is told, although it is in the list no more.
DROP TRIGGER gap_history_told;
CREATE TRIGGER gap_history_told AFTER INSERT ON gap_history BEGIN
  INSERT INTO gap_change (gap_key, what, cases, at)
  SELECT g.key,
    CASE WHEN NEW.what = 'state' AND json_extract(NEW.details, '$.from') IN ('verified', 'dismissed')
      AND json_extract(NEW.details, '$.to') IN ('open', 'assigned') THEN 'reopened' ELSE NEW.what END,
    g.cases, NEW.at
  FROM gap g WHERE g.key = NEW.gap_key AND g.merged_into IS NULL
    AND (g.number IS NOT NULL OR NEW.what = 'withdrawn' AND g.former_number IS NOT NULL);
END;
