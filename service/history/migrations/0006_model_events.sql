-- What happened to models: loaded, trained, shadowed, promoted, rolled back, refused.
CREATE TABLE IF NOT EXISTS {database}.model_events {onCluster}
(
    at DateTime64(3, 'UTC'),
    name LowCardinality(String),
    version String,
    event LowCardinality(String),
    by String,
    facts String
)
ENGINE = {engine:ReplacingMergeTree}
ORDER BY (at, name, version, event)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1
