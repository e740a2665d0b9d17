import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../integration/harness/free-ports.ts'
import { test } from 'node:test'
import {
  createEmbeddedClickHouse,
  type ClickHouseAddress
} from '../../service/history/embedded/embedded-clickhouse.ts'
import { engineLibrary } from '../../service/history/embedded/engine-library.ts'
import { openDormantHistory } from '../../service/history/dormant-history.ts'
import { openHistory } from '../../service/history/history.ts'
import { createHistoryReader } from '../../service/history/reader/history-reader.ts'
import type { HistoryEntry } from '../../service/history/rows/history-entry.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import { messageOf } from '../contracts/history-rows.ts'
import { openTemporary } from '../storage/open-temporary.ts'

const skip = engineLibrary() === undefined && 'the optional packages chdb and ffi-rs are not installed'
const placement = { database: 'sluice', cluster: null, retentionDays: 3_650 }

test(
  'a server that is away at the start gets what waited once it is there, said once, and erasures first',
  { skip },
  async (t) => {
    const directory = await mkdtemp(join(tmpdir(), 'sluice-away-'))
    const engine = createEmbeddedClickHouse({ directory, log: silentLogger })
    const storage = await openTemporary(t)
    const port = await freePort()
    const warnings: string[] = []
    const infos: string[] = []
    const history = openHistory({
      url: `http://127.0.0.1:${port}`,
      user: 'default',
      password: undefined,
      placement,
      directory: '',
      maxMemoryMiB: 1_000,
      maxWaitingRows: 2,
      storage,
      log: { ...silentLogger, warn: (event) => warnings.push(event), info: (event) => infos.push(event) },
      metrics: createMetrics()
    })
    const servers: Server[] = []
    t.after(async () => {
      await history.close()
      for (const server of servers) server.closeAllConnections()
      await engine.close()
      await rm(directory, { recursive: true, force: true })
    })
    const record = (sender: string, id: string): Promise<void> =>
      storage.transaction(() => history.record(messageOf(sender, id)))
    for (const id of ['lost', 'm1', 'm2']) await record('s1', id)
    while (history.fault() === null) await sleep(20)
    assert.equal(await history.erase('s2'), 'waiting')
    assert.equal(history.waiting(), 2)
    assert.match(history.fault() ?? '', /ECONNREFUSED/u)
    assert.deepEqual(warnings, ['history.write_deferred'])

    servers.push(await doorTo(await engine.address(), port))
    await history.drain()
    assert.equal((await createHistoryReader(history).summary()).messages, 2)
    assert.ok(infos.includes('history.sender_erased'))
  }
)

test('a sender who is erased while no history is kept is gone from what waits, and noted for ClickHouse', async (t) => {
  const storage = await openTemporary(t)
  const dormant = openDormantHistory({ storage, placement, log: silentLogger })
  assert.equal(await dormant.erase('s1'), 'erased')

  const kept = { url: 'http://127.0.0.1:1', user: '', password: undefined, directory: '', maxMemoryMiB: 0 }
  const options = { ...kept, placement, maxWaitingRows: 10, onlyOnDemand: true, log: silentLogger, storage }
  const history = openHistory({ ...options, metrics: createMetrics() })
  await storage.transaction(() => ['s1', 's2'].forEach((one) => history.record(messageOf(one, 'm'))))
  await history.close()
  assert.equal(await openDormantHistory({ storage, placement, log: silentLogger }).erase('s1'), 'waiting')
  const left = Array.from(storage.table<HistoryEntry>('buffer.history').range(), ({ value }) => value.sender)
  assert.deepEqual(left, ['s2'])
  const noted = Array.from(storage.table('history.erasures').range(), ({ key }) => key)
  assert.deepEqual(noted, ['s1'])
})

/** A server without a key in front of the engine. */
async function doorTo({ url, headers }: ClickHouseAddress, port: number): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    const target = new URL(incoming.url ?? '/', url)
    const { method } = incoming
    const asked = request(target, { method, headers: { ...incoming.headers, ...headers } }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(outgoing)
    })
    asked.on('error', () => outgoing.destroy())
    incoming.pipe(asked)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  server.unref()
  return server
}
