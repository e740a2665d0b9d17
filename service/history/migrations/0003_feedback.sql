-- What somebody said of a message: the labels that models are trained with.
CREATE TABLE IF NOT EXISTS {database}.feedback {onCluster}
(
    id String,
    verdict_id String,
    submission_id String,
    sender String,
    at DateTime64(3, 'UTC'),
    label LowCardinality(String),
    source LowCardinality(String),
    stands Bool
)
ENGINE = {engine:ReplacingMergeTree}
PARTITION BY toYYYYMM(at)
ORDER BY (sender, submission_id, id)
TTL toDateTime(at) + INTERVAL {retentionDays} DAY
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1
