import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { engineLibrary } from '../../../service/history/embedded/engine-library.ts'
import { createHistoryClient } from '../../../service/history/history-client.ts'
import { openHistory } from '../../../service/history/history.ts'
import { warnOfShards } from '../../../service/history/warn-of-shards.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { createMetrics } from '../../../service/telemetry/metrics.ts'
import { openWorkplace } from '../../cli/run-sluice.ts'
import { historySuite, type HistoryServer } from '../../contracts/history-suite.ts'
import { openTemporary } from '../../storage/open-temporary.ts'
import { missing, type Skipping } from '../harness/programs.ts'
import { startOutsideServer, type OutsideServer } from './outside-server.ts'

const library = engineLibrary()
const lacking = 'ClickHouse is missing: install the optional packages chdb and ffi-rs'
const skip = library === undefined && lacking
const running = library === undefined ? null : startOutsideServer(library)
after(async () => (await running)?.close())

const outside: HistoryServer = {
  name: 'outside server',
  skip,
  async place() {
    const { url, user, password } = await opened()
    return { url, user, password, directory: '', log: silentLogger, clear: () => Promise.resolve() }
  }
}

historySuite(outside)

test('a wrong password is told by what waits, and everybody goes on', async (t) => {
  if (!isThere(t)) return
  const { url, user } = await opened()
  const history = openHistory({
    url,
    user,
    password: 'guess',
    placement: { database: 'refused', cluster: null, retentionDays: 30 },
    directory: '',
    maxMemoryMiB: 0,
    maxWaitingRows: 1_000,
    onlyOnDemand: true,
    storage: await openTemporary(t),
    log: silentLogger,
    metrics: createMetrics()
  })
  await assert.rejects(history.connect(), /Authentication failed/u)
  await history.close()
})

test('of a cluster with several shards it is said that rows would be missing, of one with one nothing', async (t) => {
  if (!isThere(t)) return
  const { url, user, password } = await opened()
  const client = createHistoryClient({ url, headers: {} }, { user, password }, 10_000)
  t.after(() => client.close())
  const warnings: unknown[] = []
  const log = { warn: (event: string, facts?: object) => void warnings.push([event, facts]) }
  for (const cluster of ['one_shard', 'two_shards', 'unknown']) await warnOfShards({ client, cluster, log })
  assert.partialDeepStrictEqual(warnings, [['history.cluster_sharded', { cluster: 'two_shards', shards: 2 }]])
  assert.equal(warnings.length, 1)
})

test('what sluice.toml says of a server is enough: mail is imported into its database there', async (t) => {
  if (!isThere(t)) return
  const { url, user, password } = await opened()
  const { sluice, directory } = await openWorkplace(t)
  await writeFile(join(directory, 'password'), `${password}\n`)
  await writeFile(
    join(directory, 'outside.toml'),
    `[clickhouse]\nurl = "${url}"\nuser = "${user}"\npasswordFile = "password"\ndatabase = "post"\n[parse]\nworkers = 1\n`
  )
  const ts = Math.floor(Date.now() / 1_000) - 86_400
  const raw = 'From: ann@example.org\r\nSubject: Plan\r\n\r\nHello'
  const line = { id: '1', sender: 'ann@example.org', ts, rcpt: ['bob@example.net'], raw }
  await writeFile(join(directory, 'sent.jsonl'), `${JSON.stringify(line)}\n`)
  const imported = await sluice(['--config', 'outside.toml', 'history', 'import', '--jsonl', 'sent.jsonl'])
  assert.deepEqual([imported.code, imported.stderr], [0, ''])

  const trained = await sluice(['--config', 'outside.toml', 'train', 'takeover', '--history'])
  assert.match(trained.stderr, /no sender of this span has messages enough/iu)
  const client = createHistoryClient({ url, headers: {} }, { user, password }, 10_000)
  t.after(() => client.close())
  const found = await client.query({
    query: "SELECT sender != '' AS isNamed, caller FROM post.messages",
    format: 'JSONEachRow'
  })
  assert.deepEqual(await found.json(), [{ isNamed: 1, caller: 'import' }])
})

async function opened(): Promise<OutsideServer> {
  assert.ok(running)
  return await running
}

function isThere(t: Skipping): boolean {
  if (skip !== false) missing(t, lacking)
  return skip === false
}
