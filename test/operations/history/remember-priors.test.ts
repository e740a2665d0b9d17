import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMergePriors } from '../../../service/operations/merge-priors.ts'
import { createRememberPriors } from '../../../service/operations/history/remember-priors.ts'
import { createMemorySenderStore } from '../../../service/senders/memory-sender-store.ts'
import type { PriorStep } from '../../../service/senders/priors/prior-steps.ts'
import { createMemoryTable } from '../../../service/storage/memory-table.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { day, observation } from '../../profile/observations.ts'

const key = new Uint8Array(32)

test('all counts are written at first and once a month, and in between what each merge changed', async (t) => {
  const recorded: (PriorStep & { readonly part: number })[] = []
  let now = 0
  const remember = createRememberPriors({
    record: (step) => void recorded.push(step),
    told: createMemoryTable(),
    clock: () => now
  })
  const senders = createMemorySenderStore({ key, listeners: { onPriors: (step) => remember.onPriors(step) } })
  const merging = createMergePriors({
    priors: senders.priors,
    accept: (act) => Promise.resolve(act()),
    remember,
    log: silentLogger
  })
  t.after(() => merging.close())
  const round = async (): Promise<readonly (readonly [number, string, boolean, number])[]> => {
    await merging.merge()
    return recorded.splice(0).map(({ version, kind, isWhole, keys }) => [version, kind, isWhole, keys.length])
  }

  assert.deepEqual(await round(), [
    [0, 'links', true, 0],
    [0, 'people', true, 0],
    [0, 'values', true, 0]
  ])
  senders.learn(senders.keyOf('a@example.org'), 'm1', observation({ to: ['bob@example.net'] }))
  const changed = await round()
  assert.deepEqual(
    changed.map(([version, kind, isWhole]) => [version, kind, isWhole]),
    [
      [1, 'people', false],
      [1, 'values', false]
    ]
  )
  assert.deepEqual(await round(), [])
  now += 31 * day
  const whole = await round()
  assert.deepEqual(
    whole.map(([version, kind, isWhole, keys]) => [version, kind, isWhole, keys > 0]),
    [
      [1, 'links', true, false],
      [1, 'people', true, true],
      [1, 'values', true, true]
    ]
  )
})
