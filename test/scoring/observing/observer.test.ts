import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { observeInProcess } from '../../../service/scoring/observing/observe-in-process.ts'
import { createObserver } from '../../../service/scoring/observing/observer.ts'
import type { ObserveOutcome } from '../../../service/scoring/scoring-ports.ts'
import { buildMessage, buildSubmission } from '../../helpers/build-message.ts'

const key = new Uint8Array(32).fill(7)
const parser = new URL('../../helpers/hostile-parser.ts', import.meta.url).href
const observer = createObserver({ workers: 2, timeLimitMs: 400, workerMemoryMiB: 64, key, parser })
after(() => observer.close())

function observe(subject: string): Promise<ObserveOutcome> {
  return observer.observe(buildSubmission(buildMessage({ subject })))
}

function outcomeOf(outcome: ObserveOutcome): string {
  return outcome.kind === 'observed' ? outcome.headline.subject : outcome.cause
}

test('a worker sees exactly what the same code sees in process', async () => {
  const submission = buildSubmission(buildMessage({ html: '<a href="https://example.org">x</a>' }))
  assert.deepEqual(await observer.observe(submission), await observeInProcess(submission, key))
})

test('the bytes stay with the caller', async () => {
  const raw = Buffer.from(buildMessage()).subarray(0)
  await observer.observe(buildSubmission(raw))
  assert.deepEqual(new Uint8Array(raw), buildMessage())
})

test('a message that hangs the parser is stopped, the others around it are observed', async () => {
  const subjects = ['one', 'hang', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
  const outcomes = await Promise.all(subjects.map((subject) => observe(subject)))
  assert.deepEqual(outcomes.map(outcomeOf), subjects.with(1, 'time-limit'))
})

test('a message that never finishes without using time is stopped too', async () => {
  assert.equal(outcomeOf(await observe('wait')), 'time-limit')
  assert.equal(outcomeOf(await observe('after')), 'after')
})

test('a message that needs more memory than a worker has costs the worker only', async () => {
  const patient = createObserver({ workers: 1, timeLimitMs: 30_000, workerMemoryMiB: 48, key, parser })
  const outcomes = await Promise.all(
    ['starve', 'exit', 'after'].map((subject) => patient.observe(buildSubmission(buildMessage({ subject }))))
  )
  assert.deepEqual(outcomes.map(outcomeOf), ['worker-lost', 'worker-lost', 'after'])
  await patient.close()
})

test('a fault of the parser is an outcome, not a rejection', async () => {
  assert.deepEqual(await observe('throw'), {
    kind: 'unreadable',
    cause: 'parser-failed',
    detail: 'broken parser'
  })
})

test('an envelope is observed at once: no worker is asked, and nothing parsed', async () => {
  const strange = createObserver({ workers: 1, timeLimitMs: 400, workerMemoryMiB: 64, key, parser })
  const envelope = { ...buildSubmission(buildMessage({ subject: 'hang' })), shows: 'envelope' as const }

  const outcome = await strange.observe(envelope)

  assert.ok(outcome.kind === 'observed')
  assert.deepEqual([outcome.observation.shows, outcome.observation.content.tokens], ['envelope', []])
  assert.deepEqual(strange.recipients(envelope.envelope), outcome.observation.recipients)
  await strange.close()
})

test('closing waits for what was accepted and accepts nothing more', async () => {
  const closing = createObserver({ workers: 1, timeLimitMs: 5_000, workerMemoryMiB: 128, key })
  const accepted = Array.from({ length: 20 }, () => closing.observe(buildSubmission(buildMessage())))
  await closing.close()
  assert.deepEqual(new Set((await Promise.all(accepted)).map(({ kind }) => kind)), new Set(['observed']))
  assert.equal(outcomeOf(await closing.observe(buildSubmission(buildMessage()))), 'worker-lost')
})

test('a message of 50 MB holds up no other worker', async () => {
  const real = createObserver({ workers: 2, timeLimitMs: 10_000, workerMemoryMiB: 128, key })
  const large = new Uint8Array(50 * 1_048_576).fill(0x61)
  const outcomes = await Promise.all([
    real.observe(buildSubmission(large)),
    real.observe(
      buildSubmission(readFileSync(new URL('../../corpora/hostile/only-headers.eml', import.meta.url)))
    )
  ])
  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['observed', 'observed']
  )
  await real.close()
})
