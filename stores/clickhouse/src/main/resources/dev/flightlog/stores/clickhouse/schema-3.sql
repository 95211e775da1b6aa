-- Sums in cubes of their own: docs/decisions/0077-clickhouse-sums.md. The tables have new names, so that a program of before does no harm;
-- the old ones are emptied and not dropped, for which users of a store need no right.
TRUNCATE TABLE IF EXISTS {local built} {on cluster};
TRUNCATE TABLE IF EXISTS {local sums} {on cluster};
TRUNCATE TABLE IF EXISTS {local ranks} {on cluster};
TRUNCATE TABLE IF EXISTS {local words} {on cluster};
-- What was added up, and up to which arrival it has everything. Level 0 is hours, 1 days, 2 blocks of thirty days.
CREATE TABLE IF NOT EXISTS {local builds} {on cluster}
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
-- What events add up to, for each cube by its dimensions; the others are absent.
CREATE TABLE IF NOT EXISTS {local cells} {on cluster}
(
    level UInt8,
    cube UInt8,
    start Int64 CODEC(ZSTD(1)),
    build UInt64 CODEC(ZSTD(1)),
    {sum columns}
)
ENGINE = {engine MergeTree}
PARTITION BY (level, toYYYYMM(toDateTime(intDiv(least(greatest(start, 0), 4102444800000000), 1000000), 'UTC')))
ORDER BY (level, cube, start, build, event_type, project, story_id, agent_name)
SETTINGS index_granularity = 1024, allow_nullable_key = 1, {window};
-- How often each duration occurred: percentiles are exact.
CREATE TABLE IF NOT EXISTS {local cell_ranks} {on cluster}
(
    level UInt8,
    cube UInt8,
    start Int64 CODEC(ZSTD(1)),
    build UInt64 CODEC(ZSTD(1)),
    event_type LowCardinality(String) CODEC(ZSTD(1)),
    project LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    story_id LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    agent_name LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    d_tool LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    present UInt32 CODEC(ZSTD(1)),
    duration_ms Int64 CODEC(ZSTD(1)),
    occurred UInt64 CODEC(ZSTD(1))
)
ENGINE = {engine MergeTree}
PARTITION BY (level, toYYYYMM(toDateTime(intDiv(least(greatest(start, 0), 4102444800000000), 1000000), 'UTC')))
ORDER BY (level, cube, start, build, event_type, project, story_id, agent_name, d_tool, duration_ms)
SETTINGS index_granularity = 8192, allow_nullable_key = 1, {window};
-- The sessions that had events there, by a number made of each.
CREATE TABLE IF NOT EXISTS {local cell_sessions} {on cluster}
(
    level UInt8,
    cube UInt8,
    start Int64 CODEC(ZSTD(1)),
    build UInt64 CODEC(ZSTD(1)),
    project LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    story_id LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    agent_name LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    present UInt32 CODEC(ZSTD(1)),
    sessions Array(UInt128) CODEC(ZSTD(1))
)
ENGINE = {engine MergeTree}
PARTITION BY (level, toYYYYMM(toDateTime(intDiv(least(greatest(start, 0), 4102444800000000), 1000000), 'UTC')))
ORDER BY (level, cube, start, build, project, story_id, agent_name)
SETTINGS index_granularity = 1024, allow_nullable_key = 1, {window};
-- Which words stand in an hour, and in which of its 64 parts.
CREATE TABLE IF NOT EXISTS {local hour_words} {on cluster}
(
    word String CODEC(ZSTD(1)),
    start Int64 CODEC(Delta(8), ZSTD(1)),
    build UInt64 CODEC(ZSTD(1)),
    parts UInt64 CODEC(ZSTD(1))
)
ENGINE = {engine MergeTree}
ORDER BY (word, start)
SETTINGS index_granularity = 1024, {window};
