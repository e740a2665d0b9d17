-- Each change of a sender's state.
CREATE TABLE IF NOT EXISTS {database}.containment {onCluster}
(
    sender String,
    at DateTime64(3, 'UTC'),
    state LowCardinality(String),
    before LowCardinality(String),
    cause LowCardinality(String),
    ref String
)
ENGINE = {engine:ReplacingMergeTree}
PARTITION BY toYYYYMM(at)
ORDER BY (sender, at, state)
TTL toDateTime(at) + INTERVAL {retentionDays} DAY
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1
