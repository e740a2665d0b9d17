import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createEmbeddedClickHouse } from '../../service/history/embedded/embedded-clickhouse.ts'
import { engineLibrary } from '../../service/history/embedded/engine-library.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'

const skip = engineLibrary() === undefined && 'the optional packages chdb and ffi-rs are not installed'

async function directoryOf(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-engine-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  return directory
}

async function ask(url: string, headers: Readonly<Record<string, string>>, query: string): Promise<Response> {
  return fetch(url, { method: 'POST', headers, body: query })
}

test(
  'the engine answers whoever has the key, everybody else gets nothing, and what was written survives its death',
  { skip },
  async (t) => {
    const engine = createEmbeddedClickHouse({ directory: await directoryOf(t), log: silentLogger })
    t.after(() => engine.close())
    const { url, headers } = await engine.address()
    assert.equal((await ask(url, {}, 'SELECT 1')).status, 404)
    assert.equal((await fetch(`${url}/?query=SELECT+1`)).status, 404)
    assert.equal((await ask(url, { 'X-Sluice-Key': 'guess' }, 'SELECT 1')).status, 404)

    await ask(url, headers, 'CREATE DATABASE d')
    await ask(
      url,
      headers,
      'CREATE TABLE d.t (n UInt8) ENGINE = MergeTree ORDER BY n SETTINGS fsync_after_insert = 1'
    )
    assert.equal((await ask(url, headers, 'INSERT INTO d.t VALUES (7)')).status, 200)
    process.kill(engine.pid() ?? 0, 'SIGKILL')
    while (engine.pid() !== null) await sleep(5)

    const again = await engine.address()
    assert.equal(await (await ask(again.url, again.headers, 'SELECT n FROM d.t')).text(), '7\n')
  }
)

test('the key is not readable by others', { skip }, async (t) => {
  const directory = await directoryOf(t)
  const engine = createEmbeddedClickHouse({ directory, log: silentLogger })
  t.after(() => engine.close())
  await engine.address()
  assert.equal((await stat(join(directory, 'engine.xml'))).mode & 0o077, 0)
  await engine.close()
  assert.ok(!(await readdir(directory)).includes('engine.xml'))
})

test('it ends with the process that started it, however that ends', { skip }, async (t) => {
  const directory = await directoryOf(t)
  const parent = fork(fileURLToPath(new URL('engine-parent.ts', import.meta.url)), [directory])
  const [pid] = await once(parent, 'message')
  parent.kill('SIGKILL')
  const deadline = performance.now() + 10_000
  while (isAlive(Number(pid)) && performance.now() < deadline) await sleep(20)
  assert.equal(isAlive(Number(pid)), false)
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
