import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PriorStep } from '../../../service/senders/priors/prior-steps.ts'
import { countedKinds, type CountedKind } from '../../../service/profile/established.ts'
import { createMemorySenderStore } from '../../../service/senders/memory-sender-store.ts'
import type { SenderStore } from '../../../service/senders/sender-store.ts'
import { readPriorTimeline } from '../../../training/history/prior-timeline.ts'
import { observation } from '../../profile/observations.ts'
import { key } from '../../scoring/house.ts'

async function* rowsOf(steps: readonly PriorStep[]) {
  for (const { isWhole, keys, counts, ...step } of steps)
    yield { ...step, whole: isWhole, keys: [...keys], counts: [...counts] }
}

test('the counts of each version are had again from the steps of its merges', async () => {
  const steps: PriorStep[] = []
  const senders = createMemorySenderStore({ key, listeners: { onPriors: (step) => void steps.push(step) } })
  steps.push(...senders.priors.whole())
  const versions: {
    readonly version: number
    readonly counts: readonly (readonly [CountedKind, number, number])[]
  }[] = []
  for (let index = 0; index < 900; index += 1) {
    live(senders, index)
    const version = senders.priors.counts.version()
    if (version !== versions.at(-1)?.version) versions.push({ version, counts: countsNow(senders, steps) })
  }
  assert.ok(versions.length > 3)

  const timeline = await readPriorTimeline(rowsOf(steps))

  for (const { version, counts } of versions) {
    const at = timeline.at(version)
    for (const [kind, one, count] of counts)
      assert.equal(at.count(kind, one), count, `${version} ${kind} ${one}`)
  }
})

/** One message of one of many; now and then somebody is erased. */
function live(senders: SenderStore, index: number): void {
  const sender = senders.keyOf(`person${index % 120}@firm${index % 5}.example`)
  const shown = observation({ to: [`p${index}@d${index % 9}.example`], messageId: `id-${index}` })
  if (index % 37 === 36) senders.erase(sender)
  else senders.learn(sender, `m${index}`, shown)
}

function countsNow(
  { priors }: SenderStore,
  steps: readonly PriorStep[]
): readonly (readonly [CountedKind, number, number])[] {
  return steps.flatMap(({ kind, keys }) =>
    Array.from(keys, (one) => [kind, one, priors.counts.count(kind, one)] as const)
  )
}

test('all counts written anew leave no older ones behind, and before the first of them nothing is known', async () => {
  const step = { kind: 'people' as const, coverage: 1, isWhole: false }
  const timeline = await readPriorTimeline(
    rowsOf([
      { ...step, version: 3, keys: Uint32Array.of(7, 8), counts: Uint32Array.of(2, 5), coverage: 0.5 },
      ...countedKinds.map((kind) => ({
        ...step,
        kind,
        version: 9,
        isWhole: true,
        keys: Uint32Array.of(8),
        counts: Uint32Array.of(4)
      }))
    ])
  )
  assert.deepEqual(
    [7, 8].map((one) => timeline.at(8).count('people', one)),
    [2, 5]
  )
  assert.deepEqual(
    [7, 8].map((one) => timeline.at(9).count('people', one)),
    [0, 4]
  )
  assert.deepEqual([timeline.at(8).coverage('people'), timeline.at(9).coverage('people')], [0.5, 1])
  assert.deepEqual(
    [timeline.knows(8), timeline.knows(9), timeline.at(2).count('people', 7)],
    [false, true, 0]
  )
})
