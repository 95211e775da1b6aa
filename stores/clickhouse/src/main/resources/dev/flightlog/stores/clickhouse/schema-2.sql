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
