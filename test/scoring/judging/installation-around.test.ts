import assert from 'node:assert/strict'
import { test } from 'node:test'
import { behaviourFeatureNames } from '../../../service/features/behaviour.ts'
import type { TakeoverModel } from '../../../service/models/model-ports.ts'
import { openHouse, submission, verdictOf } from '../house.ts'

const unknown = behaviourFeatureNames.indexOf('links.unknown_to_all')
const sendersTaught = 120

/** Reads one feature: log-odds 5 for a domain that nobody here knows, in an installation that knows much. */
const wary: TakeoverModel = {
  version: 'test-wary',
  neutralRow: new Float32Array(behaviourFeatureNames.length),
  thresholds: [{ budgetPer10k: 10, hold: 0.3, block: 0.9 }],
  predict: (rows) => Promise.resolve(rows.map((row) => -7 + 16 * (row[unknown] ?? 0)))
}

test('a newcomer may link where the neighbours do, not where nobody does; the record names the counts it was judged by', async () => {
  const { score, senders } = openHouse({ models: { content: null, takeover: wary } })
  const from = async (user: string, host: string) =>
    verdictOf(
      await score(
        submission({
          auth: { user, method: 'PLAIN' },
          text: `Please look at https://${host}/page today, thanks.`
        })
      )
    )
  for (let index = 0; index < sendersTaught; index += 1) await from(`p${index}@example.org`, 'usual.example')

  const usual = await from('newcomer@example.org', 'usual.example')
  const strange = await from('newcomer@example.org', 'strange.example')

  assert.equal(usual.verdict, 'allow')
  assert.equal(strange.verdict, 'hold')
  const version = senders.priors.counts.version()
  assert.ok(version > 0)
  assert.equal(senders.verdict(strange.id)?.priors, version)
})
