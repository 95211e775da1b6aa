-- Where an event was read is the number of the file, the offset and the length: see SourceText.
DROP VIEW events;
CREATE TABLE sources_5 (
  id INTEGER PRIMARY KEY,
  file TEXT NOT NULL,
  rest TEXT NOT NULL
);
INSERT INTO sources_5 SELECT
  id,
  substr(source, 10, instr(source, '","offset":') - 10),
  rtrim(replace(replace(replace(replace(substr(source, instr(source, '","offset":') + 1),
    ',"offset":', '@'), ',"length":', '+'), ',"result_offset":', '^'), ',"result_length":', '='), '}')
FROM event_rows WHERE source GLOB '{"file":"*","offset":[0-9]*,"length":[0-9]*}';
DELETE FROM sources_5 WHERE rest GLOB '*[^0-9@+=^]*' OR rest NOT GLOB '@[0-9]*+[0-9]*'
  OR (SELECT source FROM event_rows r WHERE r.id = sources_5.id) IS NOT
    '{"file":"' || file || '"' || replace(replace(replace(replace(rest,
      '@', ',"offset":'), '+', ',"length":'), '^', ',"result_offset":'), '=', ',"result_length":') || '}';
INSERT OR IGNORE INTO names (name) SELECT DISTINCT file FROM sources_5;
UPDATE event_rows SET source = n.id || o.rest FROM sources_5 o, names n WHERE o.id = event_rows.id AND n.name = o.file;
DROP TABLE sources_5;
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
  CASE WHEN r.source NOT GLOB '[0-9]*@*' THEN r.source ELSE
    '{"file":"' || (SELECT name FROM names WHERE id = CAST(r.source AS INTEGER)) || '"' || replace(replace(replace(replace(substr(r.source, instr(r.source, '@')),
      '@', ',"offset":'), '+', ',"length":'), '^', ',"result_offset":'), '=', ',"result_length":') || '}' END AS source,
  (SELECT name FROM names WHERE id = r.project) AS project,
  r.timestamp AS micros
FROM event_rows r
LEFT JOIN sessions s ON s.id = r.session_id;
