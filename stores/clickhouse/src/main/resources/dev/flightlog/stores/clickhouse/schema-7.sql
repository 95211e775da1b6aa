-- Ranks are made apart from cells, and of fewer times: docs/decisions/0091-clickhouse-worth.md. What was built before is used on.
ALTER TABLE {local sum_builds} {on cluster} COMMENT COLUMN kind
    '0 cells of all dimensions, 1 small ones, 2 words, 3 cells by agent, 4 ranks of durations, 5 ranks by story';
