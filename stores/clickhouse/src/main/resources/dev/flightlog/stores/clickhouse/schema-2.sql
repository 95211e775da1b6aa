-- Sums of whole hours, days and months, and the words of hours: docs/decisions/0077-clickhouse-sums.md.
-- When something last arrived in an hour, whatever it was: a build from before then is not used.
CREATE TABLE IF NOT EXISTS {local touched} {on cluster}
(
    hour Int64,
    arrival SimpleAggregateFunction(max, UInt64),
    arrived SimpleAggregateFunction(sum, UInt64)
)
ENGINE = {engine AggregatingMergeTree}
ORDER BY hour
SETTINGS index_granularity = 1024;
CREATE MATERIALIZED VIEW IF NOT EXISTS {name touched_by_events} {on cluster}
TO {local touched}
AS SELECT
    micros - positiveModulo(micros, 3600000000) AS hour,
    max(greatest(arrival, toUnixTimestamp64Micro(now64(6)))) AS arrival,
    count() AS arrived
FROM {local events}
GROUP BY hour;
-- What was added up, and up to which arrival it has everything. Level 0 is hours, 1 days, 2 months.
CREATE TABLE IF NOT EXISTS {local built} {on cluster}
(
    level UInt8,
    start Int64,
    build UInt64,
    horizon UInt64,
    made UInt64 DEFAULT toUnixTimestamp64Micro(now64(6))
)
ENGINE = {engine MergeTree}
ORDER BY (level, start)
SETTINGS index_granularity = 1024;
CREATE TABLE IF NOT EXISTS {local sums} {on cluster}
(
    level UInt8,
    start Int64 CODEC(ZSTD(1)),
    build UInt64 CODEC(ZSTD(1)),
    {sum columns}
)
ENGINE = {engine MergeTree}
PARTITION BY (level, toYYYYMM(toDateTime(intDiv(least(greatest(start, 0), 4102444800000000), 1000000), 'UTC')))
ORDER BY (level, start, build)
SETTINGS index_granularity = 1024, {window};
-- How often each duration occurred: percentiles are exact.
CREATE TABLE IF NOT EXISTS {local ranks} {on cluster}
(
    level UInt8,
    start Int64 CODEC(ZSTD(1)),
    build UInt64 CODEC(ZSTD(1)),
    project LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    story_id LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    agent_name LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    event_type LowCardinality(String) CODEC(ZSTD(1)),
    d_tool LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    present UInt32 CODEC(ZSTD(1)),
    duration_ms Int64 CODEC(ZSTD(1)),
    occurred UInt64 CODEC(ZSTD(1))
)
ENGINE = {engine MergeTree}
PARTITION BY (level, toYYYYMM(toDateTime(intDiv(least(greatest(start, 0), 4102444800000000), 1000000), 'UTC')))
ORDER BY (level, start, build)
SETTINGS index_granularity = 8192, {window};
-- What models charge, a set a time it changed; the newest counts.
CREATE TABLE IF NOT EXISTS {local rates} {on cluster}
(
    version UInt64,
    model String,
    billing String,
    input Float64,
    output Float64,
    cache_read Float64,
    cache_write Float64,
    cache_write_1h Float64,
    web_search Float64
)
ENGINE = {engine MergeTree}
ORDER BY (version, model, billing);
-- Which words stand in an hour, and in which of its 64 parts.
CREATE TABLE IF NOT EXISTS {local words} {on cluster}
(
    word String CODEC(ZSTD(1)),
    start Int64 CODEC(Delta(8), ZSTD(1)),
    build UInt64 CODEC(ZSTD(1)),
    parts UInt64 CODEC(ZSTD(1))
)
ENGINE = {engine MergeTree}
ORDER BY (word, start)
SETTINGS {window};
