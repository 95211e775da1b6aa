-- 1: the sums of events whose rows were released to an archive.
ALTER TABLE rollups ADD COLUMN released INTEGER NOT NULL DEFAULT 0;
-- These events, which are not taken in again. hour: hours since 1970.
CREATE TABLE released_events (
  event_id TEXT PRIMARY KEY,
  hour INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE released_hours (
  hour INTEGER PRIMARY KEY,
  events INTEGER NOT NULL
);
