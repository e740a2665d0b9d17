import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { createRunChild } from '../../../service/operations/models/run-child.ts'
import { temporaryDirectory } from '../../storage/open-temporary.ts'

interface Limits {
  readonly timeLimitMs?: number
  readonly maxMemoryBytes?: number
}

async function childOf(t: TestContext, code: string, limits: Limits = {}) {
  const file = join(await temporaryDirectory(t), 'child.mjs')
  await writeFile(file, code)
  const closing = new AbortController()
  const run = createRunChild<{ readonly n: number }, unknown>({
    file, readMessage: (message) => message, signal: closing.signal, timeLimitMs: 20_000, ...limits
  }) // prettier-ignore
  const ask = (n: number): Promise<unknown> =>
    run({ n }, (message) => (typeof message === 'number' ? { result: message } : undefined))
  return { ask, closing }
}

const answer = "process.once('message', ({ n }) => { process.send('begun'); process.send(2 * n) })"
const wait = "process.once('message', () => setInterval(() => {}, 1000))"

test('what a process answers is given, and the process is ended', async (t) => {
  const { ask } = await childOf(t, answer)
  assert.equal(await ask(21), 42)
})

test('a process that dies is told with its last words', async (t) => {
  const { ask } = await childOf(t, "console.error('no room for the tensors'); process.exit(3)")
  await assert.rejects(ask(1), { name: 'ChildError', message: 'it ended with 3: no room for the tensors' })
})

test('one that takes too long, or too much memory, is ended and says which', async (t) => {
  const slow = await childOf(t, wait, { timeLimitMs: 300 })
  await assert.rejects(slow.ask(1), { message: 'it took more than 300 ms' })
})

test(
  'one that takes too much memory is ended and says how much',
  { skip: process.platform !== 'linux' && 'only Linux tells it' },
  async (t) => {
    const hungry = `const kept = Buffer.alloc(300e6, 1); ${wait}`
    const { ask } = await childOf(t, hungry, { maxMemoryBytes: 150e6 })
    await assert.rejects(ask(1), /it took \d{3} MiB of memory, and may take 143/u)
  }
)

test('it ends with the service', async (t) => {
  const { ask, closing } = await childOf(t, wait)
  const asked = ask(1)
  closing.abort()
  await assert.rejects(asked, /abort/iu)
})
