import assert from 'node:assert/strict'
import { test } from 'node:test'
import { observeInProcess } from '../../../service/scoring/observing/observe-in-process.ts'
import { packOutcomes, unpackOutcomes } from '../../../service/scoring/observing/pack-outcomes.ts'
import { buildMessage, buildSubmission } from '../../helpers/build-message.ts'

test('outcomes come out of the other thread as they went in', async () => {
  const key = new Uint8Array(32)
  const outcomes = [
    await observeInProcess(buildSubmission(buildMessage({ subject: 'Lunch' })), key),
    await observeInProcess(buildSubmission(new Uint8Array(0)), key),
    await observeInProcess(buildSubmission(buildMessage({ subject: 'Another text, with other words' })), key)
  ]
  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['observed', 'unreadable', 'observed']
  )

  assert.deepEqual(unpackOutcomes(structuredClone(packOutcomes(outcomes))), outcomes)
})
