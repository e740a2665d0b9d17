import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { writeFrozenSet } from '../../../service/models/frozen/frozen-set.ts'
import { featureDigestOf } from '../../../service/models/load-model.ts'
import { runGate } from '../../../training/gate/run-gate.ts'
import { bundledModels, registryWith, storeVersion, worse } from '../../models/fixture-models.ts'

const frozen = (name: string) =>
  fileURLToPath(new URL(`../../../training/gate/frozen/${name}`, import.meta.url))
const budgetPer10k = 10

for (const name of ['content', 'takeover'] as const) {
  test(`${name}: a version that is as good as the active one passes, slice by slice`, async (t) => {
    const directory = await registryWith(t, [])
    const candidate = await storeVersion(directory, name, '3000.1')
    const active = path.join(bundledModels, name)
    const steps = new Set<string>()
    const progress = (step: string): void => void steps.add(step)
    const report = await runGate({ name, candidate, active, sets: [frozen(name)], budgetPer10k, progress })
    assert.equal(report.result, 'passed')
    assert.equal(report.version, '3000.1')
    assert.deepEqual(new Set(report.slices.map(({ difference }) => difference)), new Set([0]))
    assert.deepEqual([...steps], ['score', 'compare'])
  })

  test(`${name}: a version that sees less is refused, and the slices say where`, async (t) => {
    const directory = await registryWith(t, [])
    const candidate = await storeVersion(directory, name, '3000.1', worse[name])
    const active = path.join(bundledModels, name)
    const report = await runGate({ name, candidate, active, sets: [frozen(name)], budgetPer10k })
    assert.equal(report.result, 'refused')
    const [all] = report.slices
    assert.ok(all?.isWorse === true && (all.difference ?? 0) < 0, JSON.stringify(all))
    assert.match(report.reasons[0] ?? '', /^Of all attacks it stops [\d.]+ %, the active version [\d.]+ %/u)
  })
}

test('without messages that tell enough nothing is compared', async (t) => {
  const directory = await registryWith(t, [])
  const few = path.join(directory, 'few')
  const head = { name: 'content', createdAt: '2026-11-22T00:00:00Z', source: 'a test' } as const
  await writeFrozenSet(few, { ...head, featureDigest: featureDigestOf('content') }, [])
  const foreign = path.join(directory, 'foreign')
  await writeFrozenSet(foreign, { ...head, featureDigest: 'f'.repeat(64) }, [])
  const candidate = await storeVersion(directory, 'content', '3000.1')
  const asked = { name: 'content', candidate, active: candidate, budgetPer10k } as const
  assert.equal((await runGate({ ...asked, sets: [foreign, few] })).result, 'unmeasured')
  assert.equal((await runGate({ ...asked, sets: [foreign] })).set, null)
})

test('a version of other features is no candidate', async (t) => {
  const directory = await registryWith(t, [])
  const candidate = await storeVersion(directory, 'content', '3000.1', {
    manifest: (manifest) => ({ ...manifest, featureDigest: 'f'.repeat(64) })
  })
  const active = path.join(bundledModels, 'content')
  await assert.rejects(runGate({ name: 'content', candidate, active, sets: [], budgetPer10k }), {
    code: 'MODEL_FEATURES_DIFFER'
  })
})
