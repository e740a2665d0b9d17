-- A batch that is sent again counts once in the charts too: their tables, like that of the messages, remember which batches they have.
ALTER TABLE {database}.verdicts_daily {onCluster} MODIFY SETTING non_replicated_deduplication_window = 10000;

ALTER TABLE {database}.reasons_daily {onCluster} MODIFY SETTING non_replicated_deduplication_window = 10000
