-- Verdicts by day and kind, counted as rows arrive: what charts read. A row that replaces another counts again, which charts can bear.
CREATE TABLE IF NOT EXISTS {database}.verdicts_daily {onCluster}
(
    day Date,
    judged LowCardinality(String),
    verdict LowCardinality(String),
    caller LowCardinality(String),
    messages UInt64
)
ENGINE = {engine:SummingMergeTree(messages)}
ORDER BY (day, judged, verdict, caller);

CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.verdicts_daily_view {onCluster} TO {database}.verdicts_daily AS
SELECT toDate(received_at) AS day, judged, verdict, caller, count() AS messages
FROM {database}.messages
GROUP BY day, judged, verdict, caller;

CREATE TABLE IF NOT EXISTS {database}.reasons_daily {onCluster}
(
    day Date,
    reason LowCardinality(String),
    judged LowCardinality(String),
    messages UInt64
)
ENGINE = {engine:SummingMergeTree(messages)}
ORDER BY (day, reason, judged);

CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.reasons_daily_view {onCluster} TO {database}.reasons_daily AS
SELECT toDate(received_at) AS day, arrayJoin(reasons) AS reason, judged, count() AS messages
FROM {database}.messages
WHERE judged != 'allow'
GROUP BY day, reason, judged
