ALTER TABLE events ADD COLUMN project TEXT;
ALTER TABLE set_aside ADD COLUMN project TEXT;
-- 1: cells of a roll-up made before there was a project; 2: those that know it.
ALTER TABLE rollups ADD COLUMN form INTEGER NOT NULL DEFAULT 1;
-- What the store knows of itself. feed: the order of arrival to which a cursor belongs.
CREATE TABLE store (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO store VALUES ('feed', lower(hex(randomblob(6))));
-- Events that were forgotten and must not come back; id goes on from the row numbers of events.
CREATE TABLE forgotten_events (
  id INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL UNIQUE
);
CREATE TABLE forgotten_sessions (
  session_id TEXT PRIMARY KEY
) WITHOUT ROWID;
