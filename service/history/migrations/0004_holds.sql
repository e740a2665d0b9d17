-- Each step of a hold: held, released, rejected, expired.
CREATE TABLE IF NOT EXISTS {database}.holds {onCluster}
(
    hold_id String,
    verdict_id String,
    submission_id String,
    sender String,
    at DateTime64(3, 'UTC'),
    event LowCardinality(String),
    kind LowCardinality(String),
    risk Float64,
    reasons Array(LowCardinality(String)),
    decided_by String
)
ENGINE = {engine:ReplacingMergeTree}
PARTITION BY toYYYYMM(at)
ORDER BY (sender, hold_id, at, event)
TTL toDateTime(at) + INTERVAL {retentionDays} DAY
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1
