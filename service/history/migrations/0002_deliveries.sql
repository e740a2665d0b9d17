-- One row an outcome of one recipient: accepted, deferred, delivered, bounced, expired, cancelled.
CREATE TABLE IF NOT EXISTS {database}.deliveries {onCluster}
(
    queue_id String,
    submission_id String,
    at DateTime64(3, 'UTC'),
    sender String,
    recipient String,
    recipient_domain String,
    outcome LowCardinality(String),
    attempt UInt32,
    reply String,
    status LowCardinality(String),
    route LowCardinality(String),
    mx String,
    duration_ms Float64
)
ENGINE = {engine:ReplacingMergeTree}
PARTITION BY toYYYYMM(at)
ORDER BY (sender, submission_id, recipient, at, outcome)
TTL toDateTime(at) + INTERVAL {retentionDays} DAY
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1
