import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { createRunFileKeeper, readRunFile } from '../../service/access/run-file.ts'
import { temporaryDirectory } from '../storage/open-temporary.ts'

const run = {
  http: 'http://127.0.0.1:8080',
  smtp: { host: '127.0.0.1', submission: 2587, submissions: null, relay: null },
  callouts: { host: '127.0.0.1', rspamd: null, policy: null, milter: null },
  pid: 7,
  startedAt: '2026-11-22T08:00:00Z'
}
const server = { url: 'http://127.0.0.1:9000', headers: { 'X-Sluice-Key': 'secret' } }

test('run.json says where the service and its ClickHouse are, to its owner alone', async (t) => {
  const directory = await temporaryDirectory(t)
  const keeper = createRunFileKeeper(directory)
  keeper.tellHistoryServer(server)
  assert.equal(await readRunFile(directory), undefined)
  await keeper.announce(run)
  assert.deepEqual(await readRunFile(directory), { ...run, clickhouse: server })
  assert.equal((await stat(join(directory, 'run.json'))).mode & 0o777, 0o600)
})

test('a ClickHouse that ends leaves run.json, and the last to write wins', async (t) => {
  const directory = await temporaryDirectory(t)
  const keeper = createRunFileKeeper(directory)
  await keeper.announce(run)
  keeper.tellHistoryServer(server)
  keeper.tellHistoryServer(null)
  await keeper.announce(run)
  assert.equal((await readRunFile(directory))?.clickhouse, null)
  keeper.tellHistoryServer(server)
  await keeper.remove()
  assert.equal(await readRunFile(directory), undefined)
})
