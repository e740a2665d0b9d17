import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { castPeople } from '../../service/cli/demo/people.ts'
import { messagePageSchema } from '../../service/contracts/queue.ts'

const entry = fileURLToPath(new URL('../../service/cli/sluice.ts', import.meta.url))

const resultSchema = z.object({
  dataDir: z.string(),
  replay: z.object({ messages: z.number() }),
  honest: z.object({ submitted: z.number(), held: z.number(), blocked: z.number() }),
  attacks: z.array(z.object({ attack: z.string(), outcome: z.enum(['accepted', 'held', 'blocked']) })),
  allDelivered: z.boolean(),
  deliveredAtSink: z.number()
})

test('the demo stops the first bad message, delivers the honest ones, can be looked into, and leaves nothing', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-test-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  const env = { PATH: process.env['PATH'], TMPDIR: directory }
  const demo = spawn(process.execPath, [entry, 'demo', '--json', '--keep', '--weeks', '1'], {
    cwd: directory,
    env
  })
  const closed = once(demo, 'close')
  t.after(async () => {
    demo.kill('SIGKILL')
    await closed
  })
  const stderr = text(demo.stderr)
  const [line] = await Promise.race([once(createInterface({ input: demo.stdout }), 'line'), closed])
  assert.equal(typeof line, 'string', `the demo ended early: ${demo.exitCode}`)
  const result = resultSchema.parse(JSON.parse(line))

  const held = result.attacks.filter(({ outcome }) => outcome === 'held').length + result.honest.held
  const gone = result.attacks.filter(({ outcome }) => outcome === 'accepted').length
  assert.equal(result.attacks[0]?.attack, 'A3/M0')
  assert.notEqual(result.attacks[0].outcome, 'accepted')
  assert.ok(result.replay.messages > 200 && result.honest.submitted > 20)
  assert.ok(result.allDelivered)
  const { submitted, held: honestHeld, blocked } = result.honest
  assert.equal(result.deliveredAtSink, submitted - honestHeld - blocked + gone)

  // As its last lines say: another shell, told where the data lies.
  const list = spawnSync(process.execPath, [entry, 'held', 'list', '--json'], {
    cwd: directory,
    env: { ...env, SLUICE_DATADIR: result.dataDir },
    encoding: 'utf8'
  })
  assert.equal(messagePageSchema.parse(JSON.parse(list.stdout)).items.length, held)

  demo.kill('SIGTERM')
  await closed
  assert.equal(demo.exitCode, 0)
  assert.equal(await stderr, '')
  assert.deepEqual(await readdir(directory), [])
})

for (const moment of ['2026-11-22T00:04:00Z', '2027-01-01T23:58:00Z', '2026-03-29T01:30:00Z'])
  test(`at ${moment} everybody has a past in order and enough to send from the desk`, () => {
    const now = Date.parse(moment)
    for (const { persona, past, next } of castPeople({ seed: 'test', now, days: 14 })) {
      const times = [...past, ...next].map(({ receivedAt }) => receivedAt)
      assert.deepEqual(
        times,
        times.toSorted((one, other) => one - other)
      )
      assert.ok((times[past.length - 1] ?? now) < now)
      assert.ok(past.length >= 10, `${persona.id}: ${past.length} behind`)
      assert.ok(next.length >= 8, `${persona.id}: ${next.length} ahead`)
      assert.ok(next.every(({ client }) => client.ip === '127.0.0.1'))
    }
  })
