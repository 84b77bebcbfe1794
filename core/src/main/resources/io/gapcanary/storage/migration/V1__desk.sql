-- The record of a desk. Times are milliseconds since 1970 in UTC, lists are JSON, flags are 0 or 1.

CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- What the search index has to catch up on: the latest revision of each key; see IndexLog.
CREATE TABLE index_change (
  kind     TEXT NOT NULL,
  key      TEXT NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX index_change_revision ON index_change (revision);

CREATE TABLE article (
  id      TEXT PRIMARY KEY,
  json    TEXT NOT NULL,
  url     TEXT,
  title   TEXT NOT NULL,
  language TEXT NOT NULL,
  -- Grows when title, body, tags or versions change: evidence of one edition says nothing of the next.
  edition INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE embedding (
  model  TEXT NOT NULL,
  hash   TEXT NOT NULL,
  vector BLOB NOT NULL,
  PRIMARY KEY (model, hash)
) WITHOUT ROWID;

-- Wordings that led to an article: by a case's link, or imported (then without a case).
CREATE TABLE wording (
  id         TEXT PRIMARY KEY,
  article_id TEXT NOT NULL,
  text       TEXT NOT NULL,
  source     TEXT NOT NULL,
  at         INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX wording_article ON wording (article_id);

CREATE TABLE desk_case (
  id             TEXT PRIMARY KEY,
  opening_hash   TEXT NOT NULL,
  opened_at      INTEGER NOT NULL,
  last_at        INTEGER NOT NULL,
  due_at         INTEGER NOT NULL,
  -- 1: its latest event bore no time of its own, so that it lives on the clock.
  on_clock       INTEGER NOT NULL,
  closed_at      INTEGER,
  channel        TEXT,
  product        TEXT,
  version        TEXT,
  language       TEXT,
  segment        TEXT,
  tags           TEXT NOT NULL,
  agent_id       TEXT,
  customer       TEXT,
  concurrent     INTEGER NOT NULL,
  resolution     TEXT,
  minutes        REAL,
  handle_minutes REAL,
  question       TEXT NOT NULL,
  spoken         TEXT NOT NULL,
  sounds_again   INTEGER NOT NULL
);
CREATE INDEX desk_case_opened ON desk_case (opened_at);
CREATE INDEX desk_case_due ON desk_case (due_at, id) WHERE closed_at IS NULL;
CREATE INDEX desk_case_customer ON desk_case (customer, opened_at) WHERE customer IS NOT NULL;

CREATE TABLE message (
  case_id    TEXT NOT NULL,
  position   INTEGER NOT NULL,
  message_id TEXT,
  hash       TEXT NOT NULL,
  at         INTEGER NOT NULL,
  author     TEXT NOT NULL,
  text       TEXT NOT NULL,
  PRIMARY KEY (case_id, position)
) WITHOUT ROWID;
CREATE UNIQUE INDEX message_id ON message (case_id, message_id) WHERE message_id IS NOT NULL;

-- Which keyed hashes are the same customer.
CREATE TABLE identity (
  hash     TEXT PRIMARY KEY,
  customer TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX identity_customer ON identity (customer);

CREATE TABLE link (
  case_id    TEXT NOT NULL,
  position   INTEGER NOT NULL,
  article_id TEXT NOT NULL,
  at         INTEGER NOT NULL,
  action     TEXT NOT NULL,
  PRIMARY KEY (case_id, position)
) WITHOUT ROWID;

-- What is given now in a case: linked and not dismissed since, or its address sent.
CREATE TABLE given (
  case_id    TEXT NOT NULL,
  position   INTEGER NOT NULL,
  article_id TEXT NOT NULL,
  by_address INTEGER NOT NULL,
  -- The case that gave it, when this one only reconnects to it.
  origin     TEXT NOT NULL,
  PRIMARY KEY (case_id, article_id)
) WITHOUT ROWID;

CREATE TABLE outcome (
  case_id      TEXT PRIMARY KEY,
  sequence     INTEGER NOT NULL UNIQUE,
  closed_at    INTEGER NOT NULL,
  outcome      TEXT NOT NULL,
  reason       TEXT,
  answerable   REAL NOT NULL,
  matches      TEXT NOT NULL,
  given        TEXT NOT NULL,
  repeat_of    TEXT,
  reconnect_of TEXT,
  gap          TEXT,
  has_question INTEGER NOT NULL,
  minutes      REAL NOT NULL
);
CREATE INDEX outcome_unavailable ON outcome (sequence) WHERE outcome = 'unavailable';
CREATE INDEX outcome_returns ON outcome (repeat_of) WHERE repeat_of IS NOT NULL;

-- A closed case that gave an article, and whether the customer came back.
CREATE TABLE giving (
  article_id  TEXT NOT NULL,
  case_id     TEXT NOT NULL,
  edition     INTEGER NOT NULL,
  customer    TEXT,
  at          INTEGER NOT NULL,
  reached     INTEGER NOT NULL,
  returned_by TEXT,
  PRIMARY KEY (article_id, case_id)
) WITHOUT ROWID;
CREATE INDEX giving_case ON giving (case_id);
CREATE INDEX giving_returned ON giving (returned_by) WHERE returned_by IS NOT NULL;
CREATE INDEX giving_customer ON giving (customer) WHERE customer IS NOT NULL;

-- Sums of giving over an article's present edition; the row of the article '' sums up the desk.
CREATE TABLE tally (
  article_id TEXT PRIMARY KEY,
  given      INTEGER NOT NULL,
  returned   INTEGER NOT NULL,
  reached    INTEGER NOT NULL,
  missed     INTEGER NOT NULL
) WITHOUT ROWID;

-- A gap, or (without a number) a subject held back until enough customers ask.
CREATE TABLE gap (
  key         INTEGER PRIMARY KEY,
  number      INTEGER UNIQUE,
  kind        TEXT NOT NULL,
  article_id  TEXT,
  state       TEXT NOT NULL,
  owner       TEXT,
  title       TEXT NOT NULL,
  detected_at INTEGER,
  verified_at INTEGER,
  version     INTEGER NOT NULL,
  merged_into INTEGER REFERENCES gap (key)
);
CREATE UNIQUE INDEX gap_article ON gap (kind, article_id) WHERE article_id IS NOT NULL AND merged_into IS NULL;
CREATE INDEX gap_of_article ON gap (article_id) WHERE article_id IS NOT NULL;

CREATE TABLE gap_case (
  gap_key  INTEGER NOT NULL REFERENCES gap (key),
  case_id  TEXT NOT NULL,
  customer TEXT NOT NULL,
  at       INTEGER NOT NULL,
  -- 0: joins an existing gap but raises none.
  strong   INTEGER NOT NULL,
  PRIMARY KEY (gap_key, case_id)
) WITHOUT ROWID;
CREATE INDEX gap_case_case ON gap_case (case_id);
CREATE INDEX gap_case_customer ON gap_case (customer);

-- Cases of a missing gap's subject in which an agent gave an article by hand.
CREATE TABLE gap_answer (
  gap_key    INTEGER NOT NULL REFERENCES gap (key),
  article_id TEXT NOT NULL,
  case_id    TEXT NOT NULL,
  PRIMARY KEY (gap_key, article_id, case_id)
) WITHOUT ROWID;
CREATE INDEX gap_answer_case ON gap_answer (case_id);
CREATE INDEX gap_answer_article ON gap_answer (article_id);

-- How many questions fitted two missing gaps at once.
CREATE TABLE gap_affinity (
  one       INTEGER NOT NULL REFERENCES gap (key),
  other     INTEGER NOT NULL REFERENCES gap (key),
  questions INTEGER NOT NULL,
  PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX gap_affinity_other ON gap_affinity (other);

CREATE TABLE gap_history (
  id      INTEGER PRIMARY KEY,
  gap_key INTEGER NOT NULL REFERENCES gap (key),
  at      INTEGER NOT NULL,
  person  TEXT NOT NULL,
  what    TEXT NOT NULL,
  reason  TEXT
);
CREATE INDEX gap_history_gap ON gap_history (gap_key, id);
