-- One row a submission that was scored and counted. Re-scored under the same id (more recipients, its content after its envelope), the
-- newest decision stands. People, hosts and threads are keyed hashes; words are hashes into fixed buckets; no text.
CREATE TABLE IF NOT EXISTS {database}.messages {onCluster}
(
    submission_id String,
    verdict_id String,
    received_at DateTime64(3, 'UTC'),
    decided_at DateTime64(3, 'UTC'),
    sender String,
    strength LowCardinality(String),
    caller LowCardinality(String),
    message_id_hash String,
    size_bytes UInt64,
    shows LowCardinality(String),
    shadow Bool,

    attributes Map(LowCardinality(String), String),
    hour UInt8,
    weekday UInt8,
    recipients Array(String),
    recipient_domains Array(String),
    thread_message_id String,
    thread_parents Array(String),
    thread_subject String,
    link_hosts Array(String),
    link_domains Array(String),
    as_name LowCardinality(String),
    claims Array(LowCardinality(String)),
    authored_chars Float64,
    authored_words Float64,
    quoted_fraction Float64,
    style_words Array(UInt32),
    style_grams Array(UInt32),
    style_gram_counts Array(UInt32),
    style_rates Array(Float64),
    content_tokens Array(UInt32),
    content_structure Array(Float64),
    content_passages Array(Array(UInt32)),

    features Array(Float32),
    feature_digest LowCardinality(String),
    risk_logit Nullable(Float64),
    takeover_logit Nullable(Float64),
    spam_logit Nullable(Float64),
    verdict LowCardinality(String),
    judged LowCardinality(String),
    learned Bool,
    charged Bool,
    containment LowCardinality(String),
    priority LowCardinality(String),
    reasons Array(LowCardinality(String)),
    contributions Array(Float64),
    hold_threshold Float64,
    block_threshold Float64,
    takeover_model LowCardinality(String),
    content_model LowCardinality(String),
    priors UInt64,
    duration_ms Float32
)
ENGINE = {engine:ReplacingMergeTree(decided_at)}
PARTITION BY toYYYYMM(received_at)
ORDER BY (sender, received_at, submission_id)
TTL toDateTime(received_at) + INTERVAL {retentionDays} DAY
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1
