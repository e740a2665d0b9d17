import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerBatch } from '../../../service/doors/api/answer-batch.ts'

async function* endless(line: string): AsyncGenerator<Uint8Array> {
  for (;;) yield Buffer.from(`${line}\n`)
}

const never = new AbortController().signal

test('while answers are not taken, no more lines are read than may be in flight', async () => {
  let started = 0
  const answers = answerBatch({
    chunks: endless('{}'),
    answer: ({ number }) => {
      started += 1
      return Promise.resolve({ number })
    },
    maxInFlight: 8,
    maxLineBytes: 1_000,
    stop: never
  })
  let taken = 0
  for await (const answer of answers) {
    taken += 1
    assert.equal(answer, `{"number":${taken}}\n`)
    // A turn of the event loop: all that would be read now is read
    await new Promise((resolve) => setImmediate(resolve))
    // In flight, and the few between: the answers' own stream keeps as many again
    assert.ok(started - taken <= 32, `${started} started, ${taken} taken`)
    if (taken === 200) break
  }
})

test('large lines wait for each other', async () => {
  let inWork = 0
  let most = 0
  const answers = answerBatch({
    chunks: endless('x'.repeat(600)),
    answer: async () => {
      inWork += 1
      most = Math.max(most, inWork)
      await new Promise((resolve) => setImmediate(resolve))
      inWork -= 1
      return {}
    },
    maxInFlight: 16,
    maxLineBytes: 1_000,
    stop: never
  })
  let taken = 0
  for await (const answer of answers) {
    taken += String(answer).length > 0 ? 1 : 0
    if (taken === 50) break
  }
  assert.equal(most, 2)
})
