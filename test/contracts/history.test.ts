import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { engineLibrary } from '../../service/history/embedded/engine-library.ts'
import { silentLogger, type Logger } from '../../service/telemetry/logger.ts'
import { historySuite, openedHistory, type HistoryServer } from './history-suite.ts'
import { everyKindOfRow, label, messageOf } from './history-rows.ts'

const noEngine = engineLibrary() === undefined && 'the optional packages chdb and ffi-rs are not installed'
/** Process ids of the engines, by what they log. */
const started: number[] = []
const directories: string[] = []

const embedded: HistoryServer = {
  name: 'embedded',
  skip: noEngine,
  async place() {
    const directory = await mkdtemp(join(tmpdir(), 'sluice-history-'))
    directories.push(directory)
    const clear = (): Promise<void> => rm(directory, { recursive: true, force: true })
    return { url: 'embedded', user: 'default', password: undefined, directory, log: watchingLogger(), clear }
  }
}

// oxlint-disable-next-line node/no-process-env -- where the tests find a server
const { SLUICE_TEST_CLICKHOUSE_URL: url = '' } = process.env
const server: HistoryServer = {
  name: 'server',
  skip: url === '' && 'SLUICE_TEST_CLICKHOUSE_URL names no server',
  place() {
    const { username, password, origin } = new URL(url)
    const user = username === '' ? 'default' : decodeURIComponent(username)
    return Promise.resolve({
      url: origin,
      user,
      password: decodeURIComponent(password),
      directory: '',
      log: silentLogger,
      clear: () => Promise.resolve()
    })
  }
}

historySuite(embedded)
historySuite(server)

test(
  'an engine that is killed among 20,000 rows loses no batch it acknowledged, and has none twice',
  { skip: noEngine },
  async (t) => {
    const { history, record, rows } = await openedHistory(t, embedded)
    const count = 20_000
    const ids = Array.from({ length: count }, (_, index) => String(index).padStart(5, '0'))
    for (let from = 0; from < count; from += 2_000)
      await record(ids.slice(from, from + 2_000).map((id) => label('s1', id, { id })))

    const draining = history.drain()
    while (history.waiting() > count - 5_000) await sleep(1)
    process.kill(started.at(-1) ?? 0, 'SIGKILL')
    const acknowledged = count - history.waiting()
    // Between two batches nobody notices: the next one starts it anew
    await draining.catch(() => undefined)
    const found = `SELECT count() AS n, uniqExact(id) AS ids FROM ${history.database}.feedback FINAL`
    const before = await onceUp(() =>
      rows<{ n: string; ids: string }>(`${found} WHERE id < '${ids[acknowledged] ?? '~'}'`)
    )
    assert.equal(Number(before[0]?.ids), acknowledged)

    await history.drain()
    const [after] = await rows<{ n: string; ids: string }>(found)
    assert.deepEqual([Number(after?.n), Number(after?.ids)], [count, count])
  }
)

test(
  'nothing in the engine’s directory names a sender who was erased while it was away',
  { skip: noEngine },
  async (t) => {
    const sender = 'QkVFUi1zZW5kZXIt'
    const { history, record, client, rows } = await openedHistory(t, embedded)
    const directory = directories.at(-1) ?? ''
    const { database } = history
    await record([messageOf(sender, 'm1'), messageOf('stays', 'm2')])
    await history.drain()
    assert.notDeepEqual(await filesNaming(directory, sender), [])

    await record(everyKindOfRow.map(({ entry }) => entry))
    await client.command({ query: `DETACH TABLE ${database}.messages` })
    assert.equal(await history.erase(sender), 'waiting')
    await client.command({ query: `ATTACH TABLE ${database}.messages` })
    await history.drain()
    const left = await rows<{ sender: string }>(`SELECT DISTINCT sender FROM ${database}.messages`)
    assert.deepEqual(left, [{ sender: 'stays' }])
    // Its cleaner, which comes once in a while, removes the parts that were replaced
    const deadline = performance.now() + 10_000
    while ((await filesNaming(directory, sender)).length > 0 && performance.now() < deadline) {
      await sleep(500)
      await client.command({ query: `SYSTEM START CLEANUP ${database}.messages` })
    }
    assert.deepEqual(await filesNaming(directory, sender), [])
  }
)

/** Until the end of the engine is noticed, its address is still believed. */
async function onceUp<Result>(ask: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + 10_000
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (performance.now() > deadline) throw error
      await sleep(50)
    }
  }
}

async function filesNaming(directory: string, text: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  // A file may go while it is looked for
  const named = await Promise.all(
    files.map(async (file) => (await readFile(file).catch(() => '')).includes(text))
  )
  return files.filter((_, index) => named[index])
}

function watchingLogger(): Logger {
  return {
    ...silentLogger,
    info(event, facts) {
      const pid = event === 'history.engine_started' ? Reflect.get(facts ?? {}, 'pid') : undefined
      if (typeof pid === 'number') started.push(pid)
    }
  }
}
