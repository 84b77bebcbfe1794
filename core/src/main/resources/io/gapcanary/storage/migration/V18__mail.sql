-- The weekly report that is still to be sent by e-mail, one message a recipient, or was given up (dead_at). What was sent goes.
CREATE TABLE mail_delivery (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  message   TEXT NOT NULL,
  recipient TEXT NOT NULL,
  at        INTEGER NOT NULL,
  attempts  INTEGER NOT NULL DEFAULT 0,
  next_at   INTEGER NOT NULL DEFAULT 0,
  dead_at   INTEGER,
  error     TEXT
);
CREATE INDEX mail_delivery_waiting ON mail_delivery (next_at, id) WHERE dead_at IS NULL;
CREATE INDEX mail_delivery_dead ON mail_delivery (dead_at) WHERE dead_at IS NOT NULL;
