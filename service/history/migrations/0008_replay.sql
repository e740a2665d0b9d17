-- What it takes to go again through what was scored: the habits and the counts that each message was judged by.
ALTER TABLE {database}.messages {onCluster}
    -- What the content model said of the message, and of each of its passages.
    ADD COLUMN IF NOT EXISTS content_reading Array(Float64),
    -- Number of the last change of the sender's habits that it was judged by, and of the change that it made; 0: none.
    ADD COLUMN IF NOT EXISTS habits UInt64,
    ADD COLUMN IF NOT EXISTS habits_made UInt64;

-- Changes of a sender's habits that no verdict tells of: released, un-learned, vouched for, imported.
CREATE TABLE IF NOT EXISTS {database}.habits {onCluster}
(
    sender String,
    number UInt64,
    at DateTime64(3, 'UTC'),
    act LowCardinality(String),
    submissions Array(String),
    now DateTime64(3, 'UTC'),
    shown String
)
ENGINE = {engine:ReplacingMergeTree}
PARTITION BY toYYYYMM(at)
ORDER BY (sender, number)
TTL toDateTime(at) + INTERVAL {retentionDays} DAY
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

-- Counts over the installation's senders as each merge left them: keys are hashes of hashes, and name nobody. All of them stand there
-- again once a month, so that older rows may go.
CREATE TABLE IF NOT EXISTS {database}.priors {onCluster}
(
    kind LowCardinality(String),
    version UInt64,
    part UInt32,
    at DateTime64(3, 'UTC'),
    whole Bool,
    coverage Float64,
    keys Array(UInt32),
    counts Array(UInt32)
)
ENGINE = {engine:ReplacingMergeTree}
PARTITION BY toYYYYMM(at)
ORDER BY (kind, version, whole, part)
TTL toDateTime(at) + INTERVAL {retentionDays} DAY + INTERVAL 32 DAY
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1
