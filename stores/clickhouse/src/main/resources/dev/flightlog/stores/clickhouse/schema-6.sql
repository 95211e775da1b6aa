-- A workflow and a run are found without reading all events. Rows that are there already get the index with their next merge.
ALTER TABLE {local events} {on cluster} ADD INDEX IF NOT EXISTS by_workflow workflow_id TYPE bloom_filter(0.01) GRANULARITY 4;
ALTER TABLE {local events} {on cluster} ADD INDEX IF NOT EXISTS by_run run_id TYPE bloom_filter(0.01) GRANULARITY 4;
