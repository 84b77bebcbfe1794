-- When an article came to the desk, and when its present edition did, by the time of the desk's events; without one:
-- before the first of them. Who recalculates lets articles come when they came.
ALTER TABLE article ADD COLUMN came_at INTEGER;
ALTER TABLE article ADD COLUMN edition_at INTEGER;

-- The number of a gap that is held back again: it comes back under the same id.
ALTER TABLE gap ADD COLUMN former_number INTEGER;

-- What people decided about settings; the latest holds, over those that the desk is opened with.
CREATE TABLE settings_decision (
  id       INTEGER PRIMARY KEY,
  settings TEXT NOT NULL,
  at       INTEGER NOT NULL,
  person   TEXT NOT NULL
);
