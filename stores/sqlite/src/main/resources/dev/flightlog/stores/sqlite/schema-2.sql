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
-- What a token costs now, in US dollars, of each model and billing that was met ('' is the standard).
CREATE TABLE rates (
  model TEXT NOT NULL,
  billing TEXT NOT NULL,
  input REAL NOT NULL,
  output REAL NOT NULL,
  cache_read REAL NOT NULL,
  cache_write REAL NOT NULL,
  cache_write_1h REAL NOT NULL,
  web_search REAL NOT NULL,
  PRIMARY KEY (model, billing)
) WITHOUT ROWID;
-- One row a usage. The source's own word on the cost holds; else the tokens by the rates of now; else
-- what was worked out when it was imported; else it is not known.
CREATE VIEW model_calls AS
SELECT
  e.event_id,
  e.timestamp,
  e.session_id,
  e.project,
  e.story_id,
  e.agent_name,
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
FROM events e
LEFT JOIN rates r
  ON r.model = e.details ->> 'model' AND r.billing = ifnull(e.details ->> 'billing', '')
WHERE e.event_type = 'model_call';
