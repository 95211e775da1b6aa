CREATE UNIQUE INDEX IF NOT EXISTS events_by_event_id ON event_rows (event_id);
CREATE INDEX IF NOT EXISTS events_by_time ON event_rows (timestamp);
CREATE INDEX IF NOT EXISTS events_by_session ON event_rows (session_id, timestamp) WHERE session_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS events_by_workflow ON event_rows (workflow_id, timestamp) WHERE workflow_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS events_by_task ON event_rows (task_id) WHERE task_id IS NOT NULL;
