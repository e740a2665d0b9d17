import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { retentionsIn, retentionSql } from '../../service/history/apply-retention.ts'
import { erasureSql } from '../../service/history/erasures.ts'
import { renderMigration } from '../../service/history/render-migration.ts'

const folder = new URL('../../service/history/migrations/', import.meta.url)
const migrations = await Promise.all(
  (await readdir(folder)).toSorted().map((name) => readFile(new URL(name, folder), 'utf8'))
)
const onOne = { database: 'mail', cluster: null, retentionDays: 30 }
const onMany = { ...onOne, cluster: 'west' }

test('on one server no statement speaks of clusters or replicas', () => {
  for (const statement of migrations.flatMap((sql) => renderMigration(sql, onOne))) {
    assert.doesNotMatch(statement, /[{}]|ON CLUSTER|Replicated/u)
    assert.match(statement, /\bmail\./u)
  }
})

test('on a cluster every table is made on all servers, and each that stores rows is replicated', () => {
  for (const statement of migrations.flatMap((sql) => renderMigration(sql, onMany))) {
    assert.match(statement, /^(?:CREATE|ALTER) .*ON CLUSTER 'west'/u)
    assert.doesNotMatch(statement, /non_replicated_deduplication_window/u)
    if (statement.includes('ENGINE ='))
      assert.match(
        statement,
        /ENGINE = Replicated\w+MergeTree\('\/clickhouse\/tables\/\{uuid\}\/\{shard\}', '\{replica\}'/u
      )
  }
})

test('retention is the installation’s', () => {
  const [first = ''] = renderMigration(migrations[0] ?? '', onOne)
  assert.match(first, /TTL toDateTime\(received_at\) \+ INTERVAL 30 DAY/u)
})

test('every table that drops rows is found with its expression, and is changed on all servers of a cluster', () => {
  const retentions = retentionsIn(migrations.flatMap((sql) => renderMigration(sql, onMany)))
  const withTtl = migrations.flatMap((sql) => sql.match(/^TTL /gmu) ?? [])
  assert.equal(retentions.length, withTtl.length)
  const messages = retentions.find(({ table }) => table === 'messages')
  assert.equal(messages?.expression, 'toDateTime(received_at) + INTERVAL 30 DAY')
  assert.equal(
    retentionSql('messages', messages.expression, onMany),
    "ALTER TABLE mail.messages ON CLUSTER 'west' MODIFY TTL toDateTime(received_at) + INTERVAL 30 DAY"
  )
})

test('names that would break out of a statement are refused', () => {
  for (const bad of ['a b', "x'", 'a;b', ''])
    assert.throws(() => renderMigration('', { ...onOne, database: bad }), RangeError)
})

test('a sender is erased on all servers of a cluster, by a digest that names nobody', () => {
  assert.deepEqual(erasureSql('messages', '42', onOne), {
    stored: 'SELECT count() AS n FROM mail.messages WHERE sender = {sender: String}',
    running:
      "SELECT count() AS n FROM system.mutations WHERE database = 'mail' AND table = 'messages' AND NOT is_done AND command LIKE '%42%'",
    command: 'ALTER TABLE mail.messages DELETE WHERE sipHash64(sender) = 42'
  })
  const { stored, running, command } = erasureSql('messages', '42', onMany)
  assert.match(stored, /FROM clusterAllReplicas\('west', mail\.messages\) WHERE sender =/u)
  assert.match(running, /FROM clusterAllReplicas\('west', system\.mutations\)/u)
  assert.match(command, /^ALTER TABLE mail\.messages ON CLUSTER 'west' DELETE/u)
})
