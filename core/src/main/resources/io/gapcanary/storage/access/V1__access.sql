-- Who may use a desk, and what people decided on it. Times are milliseconds since 1970 in UTC. No secret is kept as it is.

CREATE TABLE api_key (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  scope        TEXT NOT NULL,
  hash         TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  created_by   TEXT NOT NULL,
  last_used_at INTEGER,
  revoked_at   INTEGER
) WITHOUT ROWID;

CREATE TABLE person (
  name       TEXT PRIMARY KEY COLLATE NOCASE,
  role       TEXT NOT NULL,
  -- Without one, an issuer vouches for the person.
  password   TEXT,
  created_at INTEGER NOT NULL,
  seen_at    INTEGER
) WITHOUT ROWID;

CREATE TABLE sign_in (
  hash    TEXT PRIMARY KEY,
  person  TEXT NOT NULL COLLATE NOCASE REFERENCES person (name) ON DELETE CASCADE,
  at      INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sign_in_person ON sign_in (person);

CREATE TABLE audit (
  id      INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  who     TEXT NOT NULL,
  what    TEXT NOT NULL,
  -- What it was done to, where there is such a thing: an id.
  subject TEXT,
  status  INTEGER NOT NULL,
  request TEXT
);
CREATE INDEX audit_at ON audit (at);
