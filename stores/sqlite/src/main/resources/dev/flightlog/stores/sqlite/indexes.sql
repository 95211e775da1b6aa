CREATE UNIQUE INDEX IF NOT EXISTS events_by_event_id ON events (event_id);
CREATE INDEX IF NOT EXISTS events_by_time ON events (timestamp);
CREATE INDEX IF NOT EXISTS events_by_session ON events (session_id);
CREATE INDEX IF NOT EXISTS events_by_workflow ON events (workflow_id, timestamp) WHERE workflow_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS events_by_task ON events (task_id) WHERE task_id IS NOT NULL;
