-- The tables of a store. Words in braces are filled in by TableNames: the database, where the statement runs, and the engine.
CREATE TABLE IF NOT EXISTS {local meta} {on cluster}
(
    key String,
    value String,
    created UInt64 DEFAULT toUnixTimestamp64Micro(now64(6))
)
ENGINE = {engine MergeTree}
ORDER BY key
SETTINGS index_granularity = 128;
-- An event is one row, and what it was before until ClickHouse merges it away. The time does not stand in the key as a DateTime,
-- because events may be older or younger than those reach. A row that is deleted hides an older one at the same place.
CREATE TABLE IF NOT EXISTS {local events} {on cluster}
(
    event_id String CODEC(ZSTD(1)),
    micros Int64 CODEC(Delta(8), ZSTD(1)),
    timestamp DateTime64(6, 'UTC') ALIAS fromUnixTimestamp64Micro(micros, 'UTC'),
    event_type LowCardinality(String) CODEC(ZSTD(1)),
    category LowCardinality(String) CODEC(ZSTD(1)),
    project LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    session_id LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    story_id LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    workflow_id LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    agent_name LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    task_id Nullable(String) CODEC(ZSTD(1)),
    run_id LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    step Nullable(Int64) CODEC(ZSTD(1)),
    component LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    duration_ms Nullable(Int64) CODEC(ZSTD(1)),
    tokens_used Nullable(Int64) CODEC(ZSTD(1)),
    context_percent Nullable(Float64) CODEC(ZSTD(1)),
    success Nullable(Bool) CODEC(ZSTD(1)),
    confidence_score Nullable(Float64) CODEC(ZSTD(1)),
    impact_score Nullable(Float64) CODEC(ZSTD(1)),
    time_saved_or_wasted_ms Nullable(Int64) CODEC(ZSTD(1)),
    user_satisfaction_delta Nullable(Float64) CODEC(ZSTD(1)),
    created_rule Nullable(Bool) CODEC(ZSTD(1)),
    pattern_detected Nullable(Bool) CODEC(ZSTD(1)),
    needs_review Nullable(Bool) CODEC(ZSTD(1)),
    details Nullable(String) CODEC(ZSTD(3)),
    source Nullable(String) CODEC(ZSTD(3)),
    d_tool LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    d_model LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    d_billing LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    d_error_type LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    d_cost_usd Nullable(Float64) CODEC(ZSTD(1)),
    d_input_tokens Nullable(Float64) CODEC(ZSTD(1)),
    d_output_tokens Nullable(Float64) CODEC(ZSTD(1)),
    d_cache_read_tokens Nullable(Float64) CODEC(ZSTD(1)),
    d_cache_write_tokens Nullable(Float64) CODEC(ZSTD(1)),
    d_cache_write_1h_tokens Nullable(Float64) CODEC(ZSTD(1)),
    d_web_searches Nullable(Float64) CODEC(ZSTD(1)),
    d_waiting_ms Nullable(Float64) CODEC(ZSTD(1)),
    present UInt32 CODEC(ZSTD(1)),
    details_plain Nullable(String) CODEC(ZSTD(3)),
    version UInt64 CODEC(ZSTD(1)),
    deleted UInt8 CODEC(ZSTD(1)),
    aside UInt8 CODEC(ZSTD(1)),
    arrival UInt64 DEFAULT toUnixTimestamp64Micro(now64(6)) CODEC(ZSTD(1)),
    place UInt32 CODEC(Delta(4), ZSTD(1)),
    INDEX by_arrival arrival TYPE minmax GRANULARITY 4,
    INDEX by_project project TYPE set(64) GRANULARITY 4,
    INDEX by_session session_id TYPE bloom_filter(0.01) GRANULARITY 4
)
ENGINE = {engine ReplacingMergeTree version, deleted}
PARTITION BY toYYYYMM(toDateTime(intDiv(least(greatest(micros, 0), 4102444800000000), 1000000), 'UTC'))
PRIMARY KEY micros
ORDER BY (micros, event_id)
SETTINGS {window};
-- Where an event is, or was, by its id.
CREATE TABLE IF NOT EXISTS {local ids} {on cluster}
(
    event_id String CODEC(ZSTD(1)),
    micros Int64 CODEC(Delta(8), ZSTD(1))
)
ENGINE = {engine ReplacingMergeTree}
ORDER BY (event_id, micros)
SETTINGS index_granularity = 1024;
CREATE MATERIALIZED VIEW IF NOT EXISTS {name ids_of_events} {on cluster}
TO {local ids}
AS SELECT event_id, micros FROM {local events} WHERE deleted = 0;
-- How far each machine has read its sources.
CREATE TABLE IF NOT EXISTS {local marks} {on cluster}
(
    machine String,
    key String,
    value Nullable(String),
    version UInt64
)
ENGINE = {engine ReplacingMergeTree version}
ORDER BY (machine, key)
SETTINGS index_granularity = 1024;
-- What was forgotten: kind 0 an event, 1 a part that waited, 2 an id that was named, 3 a session.
CREATE TABLE IF NOT EXISTS {local tombstones} {on cluster}
(
    kind UInt8,
    value String,
    arrival UInt64 DEFAULT toUnixTimestamp64Micro(now64(6)),
    place UInt32
)
ENGINE = {engine MergeTree}
ORDER BY (arrival, place)
SETTINGS index_granularity = 1024;
