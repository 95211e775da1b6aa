CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL,
  timestamp TEXT NOT NULL,
  event_type TEXT NOT NULL,
  category TEXT NOT NULL,
  session_id TEXT,
  story_id TEXT,
  workflow_id TEXT,
  agent_name TEXT,
  task_id TEXT,
  run_id TEXT,
  step INTEGER,
  component TEXT,
  duration_ms INTEGER,
  tokens_used INTEGER,
  context_percent REAL,
  success BOOLEAN,
  confidence_score REAL,
  impact_score REAL,
  time_saved_or_wasted_ms INTEGER,
  user_satisfaction_delta REAL,
  created_rule BOOLEAN,
  pattern_detected BOOLEAN,
  needs_review BOOLEAN,
  details JSON,
  source JSON
);
-- Later parts whose beginning has not come.
CREATE TABLE set_aside (
  event_id TEXT PRIMARY KEY,
  timestamp TEXT NOT NULL,
  event_type TEXT NOT NULL,
  category TEXT NOT NULL,
  session_id TEXT,
  story_id TEXT,
  workflow_id TEXT,
  agent_name TEXT,
  task_id TEXT,
  run_id TEXT,
  step INTEGER,
  component TEXT,
  duration_ms INTEGER,
  tokens_used INTEGER,
  context_percent REAL,
  success BOOLEAN,
  confidence_score REAL,
  impact_score REAL,
  time_saved_or_wasted_ms INTEGER,
  user_satisfaction_delta REAL,
  created_rule BOOLEAN,
  pattern_detected BOOLEAN,
  needs_review BOOLEAN,
  details JSON,
  source JSON
) WITHOUT ROWID;
-- Positions of importers.
CREATE TABLE marks (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
-- The sessions as numbers, for the roll-ups.
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  session_id TEXT NOT NULL UNIQUE
);
-- Roll-ups: see Rollups. part: 0 counts, 1 sketches, 2 sessions. span: 0 all, 1 days, 2 hours.
-- start: microseconds since 1970. Several rows of one place add up.
CREATE TABLE rollups (
  id INTEGER PRIMARY KEY,
  part INTEGER NOT NULL,
  span INTEGER NOT NULL,
  start INTEGER NOT NULL,
  cells BLOB NOT NULL
);
CREATE INDEX rollups_by_place ON rollups (part, span, start);
-- Hours whose events were changed since their roll-ups were built.
CREATE TABLE rollups_stale (
  hour INTEGER PRIMARY KEY
);
