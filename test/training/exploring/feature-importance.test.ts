import assert from 'node:assert/strict'
import { test } from 'node:test'
import { behaviourFeatureNames } from '../../../service/features/behaviour.ts'
import { measureImportance } from '../../../training/exploring/feature-importance.ts'

test('what a model does not look at is worth nothing to it, what it decides by is worth all', async () => {
  const column = behaviourFeatureNames.findIndex((name) => name.startsWith('style.'))
  const messages = Array.from({ length: 80 }, (_, index) => {
    const features = new Float32Array(behaviourFeatureNames.length)
    features[column] = index % 2
    return {
      sender: 0,
      family: index % 2 === 1 ? ('A6' as const) : ('honest' as const),
      isBad: index % 2 === 1,
      features,
      spamLogit: null,
      riskLogit: 0
    }
  })
  const predict = (rows: readonly Float32Array[]) =>
    Promise.resolve(rows.map((row) => 4 * (row[column] ?? 0)))
  const [first, ...others] = await measureImportance(messages, { predict })
  assert.equal(first?.group, 'style')
  assert.ok((first?.loss ?? 0) > 0.3)
  assert.ok(others.every(({ loss }) => loss === 0))
})
