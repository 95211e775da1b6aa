-- Sums of the lengths of time that have enough events, and words of hours, days and blocks: docs/decisions/0091-clickhouse-worth.md.
-- What was built before is used on; the words of hours are noted anew.
TRUNCATE TABLE IF EXISTS {local hour_words} {on cluster};
-- What was made, and up to which arrival it has everything. Kind 0 is all cubes, 1 the small ones, 2 words; level 0 hours, 1 days, 2 blocks
-- of thirty days. arrived is about how many events had come.
CREATE TABLE IF NOT EXISTS {local sum_builds} {on cluster}
(
    kind UInt8,
    level UInt8,
    start Int64,
    build UInt64,
    horizon UInt64,
    arrived UInt64,
    made UInt64 DEFAULT toUnixTimestamp64Micro(now64(6))
)
ENGINE = {engine MergeTree}
ORDER BY (level, start)
SETTINGS index_granularity = 1024;
-- Which words stand in a length of time, and in which of its parts.
CREATE TABLE IF NOT EXISTS {local word_parts} {on cluster}
(
    word String CODEC(ZSTD(1)),
    level UInt8 CODEC(ZSTD(1)),
    start Int64 CODEC(Delta(8), ZSTD(1)),
    build UInt64 CODEC(ZSTD(1)),
    parts UInt64 CODEC(ZSTD(1))
)
ENGINE = {engine MergeTree}
ORDER BY (word, start)
SETTINGS index_granularity = 1024, {window};
