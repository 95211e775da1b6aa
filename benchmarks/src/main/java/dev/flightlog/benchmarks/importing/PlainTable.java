package dev.flightlog.benchmarks.importing;

/**
 * What a loader makes that puts lines into SQLite as they are: one table with the columns of the
 * view {@code events}, and indexes on what the index of Flightlog has indexes on.
 */
final class PlainTable {
  static final String TABLE =
      """
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
        source JSON,
        project TEXT
      )\
      """;

  static final String INDEXES =
      """
      CREATE UNIQUE INDEX events_by_event_id ON events (event_id);
      CREATE INDEX events_by_time ON events (timestamp);
      CREATE INDEX events_by_session ON events (session_id, timestamp) WHERE session_id IS NOT NULL;
      CREATE INDEX events_by_workflow ON events (workflow_id, timestamp) WHERE workflow_id IS NOT NULL;
      CREATE INDEX events_by_task ON events (task_id) WHERE task_id IS NOT NULL\
      """;

  private PlainTable() {}
}
