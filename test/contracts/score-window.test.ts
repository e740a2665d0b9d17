import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { ScoreWindow } from '../../service/senders/score-window/score-window.ts'
import {
  createTableScoreWindow,
  type ScoreTables
} from '../../service/senders/score-window/table-score-window.ts'
import { createMemoryTable } from '../../service/storage/memory-table.ts'
import { openTemporary } from '../storage/open-temporary.ts'

interface Opened {
  readonly window: ScoreWindow<{ readonly value: number }>
  readonly write: <T>(act: () => T) => Promise<T>
}

const capacity = 200
const version = 't1+c1'

const implementations: Readonly<Record<string, (t: TestContext) => Promise<Opened>>> = {
  LMDB: async (t) => {
    const storage = await openTemporary(t)
    const tables: ScoreTables<{ value: number }> = {
      heads: storage.table('heads'),
      chunks: storage.table('chunks'),
      states: storage.table('states')
    }
    return { window: createTableScoreWindow(tables, { capacity }), write: (act) => storage.transaction(act) }
  },
  memory: async () => {
    const tables = {
      heads: createMemoryTable<never>(),
      chunks: createMemoryTable<never>(),
      states: createMemoryTable<never>()
    }
    return { window: createTableScoreWindow(tables, { capacity }), write: async (act) => act() }
  }
}

/** `count` scores 0, 1, 2, … of two senders in turn, every tenth held. */
function fill(window: Opened['window'], count: number, of = version): void {
  for (let at = 0; at < count; at += 1)
    window.add(of, {
      sender: at % 2 === 0 ? 'ann' : 'ben',
      at: 1_000 * at,
      logit: at / 4,
      isHeld: at % 10 === 0
    })
}

for (const [name, open] of Object.entries(implementations)) {
  test(`${name}: a window gives its scores in order, with sender and whether they were held`, async (t) => {
    const { window, write } = await open(t)
    await write(() => fill(window, 150))
    const { senders, logits, held } = window.scores(version)

    assert.deepEqual(
      Array.from(logits),
      Array.from({ length: 150 }, (_, at) => at / 4)
    )
    assert.deepEqual([new Set(senders).size, senders[0], senders[149]], [2, senders[148], senders[1]])
    assert.equal(
      held.reduce((sum, one) => sum + one, 0),
      15
    )
  })

  test(`${name}: a full window loses its oldest scores and goes on counting`, async (t) => {
    const { window, write } = await open(t)
    await write(() => fill(window, 1_001))
    const { logits } = window.scores(version)

    assert.equal(window.counted(version), 1_001)
    assert.deepEqual(
      Array.from(logits),
      Array.from({ length: capacity }, (_, at) => (801 + at) / 4)
    )
  })

  test(`${name}: a forgotten sender has left every window, the others are as they were`, async (t) => {
    const { window, write } = await open(t)
    await write(() => {
      fill(window, 170)
      fill(window, 10, 'old')
      window.forget('ann')
    })
    const { logits } = window.scores(version)

    assert.deepEqual(
      Array.from(logits),
      Array.from({ length: 85 }, (_, at) => (2 * at + 1) / 4)
    )
    assert.equal(window.scores('old').logits.length, 5)
    assert.equal(window.counted(version), 170)
  })

  test(`${name}: old versions are dropped but for those filled last`, async (t) => {
    const { window, write } = await open(t)
    await write(() => {
      for (const [of, count] of [
        ['first', 2],
        ['third', 8],
        ['second', 5],
        [version, 1]
      ] as const) {
        fill(window, count, of)
        window.keepState(of, { value: count })
      }
      window.retain(version, 1)
    })

    const kept = ['first', 'second', 'third', version].filter((of) => window.counted(of) > 0)
    assert.deepEqual(kept, ['third', version])
    assert.deepEqual([window.state('second'), window.state(version)], [undefined, { value: 1 }])
    assert.equal(window.scores('first').logits.length, 0)
  })
}

test('LMDB: a failed transaction leaves no score', async (t) => {
  const { window, write } = await (implementations['LMDB'] ?? assert.fail())(t)
  await write(() => fill(window, 63))
  const failing = write(() => {
    fill(window, 3)
    throw new Error('the message could not be stored')
  })

  await assert.rejects(failing, /could not be stored/u)
  assert.equal(window.counted(version), 63)
  assert.equal(window.scores(version).logits.length, 63)
})
