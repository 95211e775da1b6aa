-- What was told of events in the last hour, also what ClickHouse has merged away since: docs/decisions/0072-clickhouse-append.md.
CREATE TABLE IF NOT EXISTS {local changed} {on cluster}
AS {local events}
ENGINE = {engine MergeTree}
PARTITION BY intDiv(arrival, 3600000000)
PRIMARY KEY (event_id, micros)
ORDER BY (event_id, micros)
TTL toDateTime(intDiv(arrival, 1000000)) + INTERVAL 1 HOUR
SETTINGS index_granularity = 1024, ttl_only_drop_parts = 1, merge_with_ttl_timeout = 600, {window};
CREATE MATERIALIZED VIEW IF NOT EXISTS {name changed_events} {on cluster}
TO {local changed}
AS SELECT * FROM {local events} WHERE version >= {first};
