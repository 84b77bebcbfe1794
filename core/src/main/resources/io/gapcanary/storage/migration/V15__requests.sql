-- Requests that bore a key of their caller's, and how they were answered, so that none is carried out twice.
CREATE TABLE request (
  -- Keyed hashes: of the caller and their key, and of what was asked.
  id          TEXT PRIMARY KEY,
  caller      TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  at          INTEGER NOT NULL,
  -- Without a status it was not answered: it runs, or the process ended meanwhile.
  status      INTEGER,
  headers     TEXT,
  body        BLOB
) WITHOUT ROWID;
CREATE INDEX request_at ON request (at);
CREATE INDEX request_caller ON request (caller, at);

-- Articles by what lists are narrowed to.
CREATE INDEX article_product ON article (json_extract(json, '$.product'), id);
CREATE INDEX article_language ON article (language, id);
CREATE INDEX article_confidence ON article (json_extract(json, '$.confidence'), id);
