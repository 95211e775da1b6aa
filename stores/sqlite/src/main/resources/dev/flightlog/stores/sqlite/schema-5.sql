-- Rows of events are kept small: their times are microseconds since 1970, and instead of a text that recurs they hold its number. The
-- view events tells them as they are.
DROP VIEW model_calls;
-- AUTOINCREMENT: a number is never given to another text.
ALTER TABLE sessions RENAME TO sessions_4;
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id TEXT NOT NULL UNIQUE
);
INSERT INTO sessions SELECT id, session_id FROM sessions_4;
DROP TABLE sessions_4;
-- The texts of event_type, category, project, story_id, workflow_id and agent_name.
CREATE TABLE names (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE
);
-- What most events do not have stands last: a row ends behind its last value.
CREATE TABLE event_rows (
  id INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL,
  timestamp INTEGER NOT NULL,
  event_type INTEGER NOT NULL,
  category INTEGER NOT NULL,
  session_id INTEGER,
  project INTEGER,
  story_id INTEGER,
  agent_name INTEGER,
  workflow_id INTEGER,
  success BOOLEAN,
  duration_ms INTEGER,
  tokens_used INTEGER,
  details JSON,
  source JSON,
  task_id TEXT,
  run_id TEXT,
  step INTEGER,
  component TEXT,
  context_percent REAL,
  confidence_score REAL,
  impact_score REAL,
  time_saved_or_wasted_ms INTEGER,
  user_satisfaction_delta REAL,
  created_rule BOOLEAN,
  pattern_detected BOOLEAN,
  needs_review BOOLEAN
);
ALTER TABLE set_aside RENAME TO set_aside_4;
CREATE TABLE set_aside (
  event_id TEXT PRIMARY KEY,
  timestamp INTEGER NOT NULL,
  event_type INTEGER NOT NULL,
  category INTEGER NOT NULL,
  session_id INTEGER,
  project INTEGER,
  story_id INTEGER,
  agent_name INTEGER,
  workflow_id INTEGER,
  success BOOLEAN,
  duration_ms INTEGER,
  tokens_used INTEGER,
  details JSON,
  source JSON,
  task_id TEXT,
  run_id TEXT,
  step INTEGER,
  component TEXT,
  context_percent REAL,
  confidence_score REAL,
  impact_score REAL,
  time_saved_or_wasted_ms INTEGER,
  user_satisfaction_delta REAL,
  created_rule BOOLEAN,
  pattern_detected BOOLEAN,
  needs_review BOOLEAN
) WITHOUT ROWID;
INSERT OR IGNORE INTO sessions (session_id) SELECT DISTINCT session_id FROM events WHERE session_id IS NOT NULL;
INSERT OR IGNORE INTO names (name) SELECT DISTINCT event_type FROM events WHERE event_type IS NOT NULL;
INSERT OR IGNORE INTO names (name) SELECT DISTINCT category FROM events WHERE category IS NOT NULL;
INSERT OR IGNORE INTO names (name) SELECT DISTINCT project FROM events WHERE project IS NOT NULL;
INSERT OR IGNORE INTO names (name) SELECT DISTINCT story_id FROM events WHERE story_id IS NOT NULL;
INSERT OR IGNORE INTO names (name) SELECT DISTINCT workflow_id FROM events WHERE workflow_id IS NOT NULL;
INSERT OR IGNORE INTO names (name) SELECT DISTINCT agent_name FROM events WHERE agent_name IS NOT NULL;
INSERT OR IGNORE INTO sessions (session_id) SELECT DISTINCT session_id FROM set_aside_4 WHERE session_id IS NOT NULL;
INSERT OR IGNORE INTO names (name) SELECT DISTINCT event_type FROM set_aside_4 WHERE event_type IS NOT NULL;
INSERT OR IGNORE INTO names (name) SELECT DISTINCT category FROM set_aside_4 WHERE category IS NOT NULL;
INSERT OR IGNORE INTO names (name) SELECT DISTINCT project FROM set_aside_4 WHERE project IS NOT NULL;
INSERT OR IGNORE INTO names (name) SELECT DISTINCT story_id FROM set_aside_4 WHERE story_id IS NOT NULL;
INSERT OR IGNORE INTO names (name) SELECT DISTINCT workflow_id FROM set_aside_4 WHERE workflow_id IS NOT NULL;
INSERT OR IGNORE INTO names (name) SELECT DISTINCT agent_name FROM set_aside_4 WHERE agent_name IS NOT NULL;
INSERT INTO event_rows SELECT
  o.id,
  o.event_id,
  ifnull(unixepoch(substr(o.timestamp, 1, 19)) * 1000000 + CAST(substr(o.timestamp, 21, 6) AS INTEGER), 0),
  (SELECT id FROM names WHERE name = o.event_type),
  (SELECT id FROM names WHERE name = o.category),
  (SELECT id FROM sessions WHERE session_id = o.session_id),
  (SELECT id FROM names WHERE name = o.project),
  (SELECT id FROM names WHERE name = o.story_id),
  (SELECT id FROM names WHERE name = o.agent_name),
  (SELECT id FROM names WHERE name = o.workflow_id),
  o.success,
  o.duration_ms,
  o.tokens_used,
  o.details,
  o.source,
  o.task_id,
  o.run_id,
  o.step,
  o.component,
  o.context_percent,
  o.confidence_score,
  o.impact_score,
  o.time_saved_or_wasted_ms,
  o.user_satisfaction_delta,
  o.created_rule,
  o.pattern_detected,
  o.needs_review
FROM events o;
INSERT INTO set_aside SELECT
  o.event_id,
  ifnull(unixepoch(substr(o.timestamp, 1, 19)) * 1000000 + CAST(substr(o.timestamp, 21, 6) AS INTEGER), 0),
  (SELECT id FROM names WHERE name = o.event_type),
  (SELECT id FROM names WHERE name = o.category),
  (SELECT id FROM sessions WHERE session_id = o.session_id),
  (SELECT id FROM names WHERE name = o.project),
  (SELECT id FROM names WHERE name = o.story_id),
  (SELECT id FROM names WHERE name = o.agent_name),
  (SELECT id FROM names WHERE name = o.workflow_id),
  o.success,
  o.duration_ms,
  o.tokens_used,
  o.details,
  o.source,
  o.task_id,
  o.run_id,
  o.step,
  o.component,
  o.context_percent,
  o.confidence_score,
  o.impact_score,
  o.time_saved_or_wasted_ms,
  o.user_satisfaction_delta,
  o.created_rule,
  o.pattern_detected,
  o.needs_review
FROM set_aside_4 o;
-- With row numbers, so that values of some thousand bytes lie within their pages.
ALTER TABLE marks RENAME TO marks_4;
CREATE TABLE marks (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
INSERT INTO marks SELECT key, value FROM marks_4;
DROP TABLE marks_4;
DROP TABLE events;
DROP TABLE set_aside_4;
-- Names are looked up one by one, so that those cost nothing which nobody asks for; sessions are joined, so that one is found by its index.
CREATE VIEW events AS
SELECT
  r.id,
  r.event_id,
  strftime('%Y-%m-%dT%H:%M:%S',
    (r.timestamp - (r.timestamp % 1000000 + 1000000) % 1000000) / 1000000, 'unixepoch')
    || format('.%06d+00:00', (r.timestamp % 1000000 + 1000000) % 1000000) AS timestamp,
  (SELECT name FROM names WHERE id = r.event_type) AS event_type,
  (SELECT name FROM names WHERE id = r.category) AS category,
  s.session_id,
  (SELECT name FROM names WHERE id = r.story_id) AS story_id,
  (SELECT name FROM names WHERE id = r.workflow_id) AS workflow_id,
  (SELECT name FROM names WHERE id = r.agent_name) AS agent_name,
  r.task_id,
  r.run_id,
  r.step,
  r.component,
  r.duration_ms,
  r.tokens_used,
  r.context_percent,
  r.success,
  r.confidence_score,
  r.impact_score,
  r.time_saved_or_wasted_ms,
  r.user_satisfaction_delta,
  r.created_rule,
  r.pattern_detected,
  r.needs_review,
  r.details,
  r.source,
  (SELECT name FROM names WHERE id = r.project) AS project,
  r.timestamp AS micros
FROM event_rows r
LEFT JOIN sessions s ON s.id = r.session_id;
-- As before, over the smaller rows.
CREATE VIEW model_calls AS
SELECT
  e.event_id,
  strftime('%Y-%m-%dT%H:%M:%S',
    (e.timestamp - (e.timestamp % 1000000 + 1000000) % 1000000) / 1000000, 'unixepoch')
    || format('.%06d+00:00', (e.timestamp % 1000000 + 1000000) % 1000000) AS timestamp,
  (SELECT session_id FROM sessions WHERE id = e.session_id) AS session_id,
  (SELECT name FROM names WHERE id = e.project) AS project,
  (SELECT name FROM names WHERE id = e.story_id) AS story_id,
  (SELECT name FROM names WHERE id = e.agent_name) AS agent_name,
  e.details ->> 'model' AS model,
  e.details ->> 'input_tokens' AS input_tokens,
  e.details ->> 'output_tokens' AS output_tokens,
  e.details ->> 'cache_read_tokens' AS cache_read_tokens,
  e.details ->> 'cache_write_tokens' AS cache_write_tokens,
  e.tokens_used,
  CASE
    WHEN e.details ->> 'billing' = 'told' OR r.model IS NULL
      OR coalesce(e.details ->> 'input_tokens', e.details ->> 'output_tokens',
        e.details ->> 'cache_read_tokens', e.details ->> 'cache_write_tokens') IS NULL
    THEN e.details ->> 'cost_usd'
    ELSE ifnull(e.details ->> 'input_tokens', 0) * r.input
      + ifnull(e.details ->> 'output_tokens', 0) * r.output
      + ifnull(e.details ->> 'cache_read_tokens', 0) * r.cache_read
      + max(0, ifnull(e.details ->> 'cache_write_tokens', 0)
        - ifnull(e.details ->> 'cache_write_1h_tokens', 0)) * r.cache_write
      + ifnull(e.details ->> 'cache_write_1h_tokens', 0) * r.cache_write_1h
      + ifnull(e.details ->> 'web_searches', 0) * r.web_search
  END AS cost_usd
FROM event_rows e
LEFT JOIN rates r
  ON r.model = e.details ->> 'model' AND r.billing = ifnull(e.details ->> 'billing', '')
WHERE e.event_type = (SELECT id FROM names WHERE name = 'model_call');
