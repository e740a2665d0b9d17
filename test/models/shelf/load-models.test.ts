import assert from 'node:assert/strict'
import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import * as tf from '@tensorflow/tfjs-core'
import { loadModels } from '../../../service/models/shelf/load-models.ts'
import { bundledModels, recordingLogger, registryWith, type LoggedEvent } from '../fixture-models.ts'

const open = async (directory: string) => {
  const { log, events } = recordingLogger()
  return { models: await loadModels({ directory, backend: 'wasm', log }), events }
}
const failures = (events: readonly LoggedEvent[]) =>
  events.filter(({ event, facts }) => event === 'models.load_failed' && facts['name'] === 'content')

async function activate(directory: string, active: object): Promise<void> {
  await mkdir(path.join(directory, 'content'), { recursive: true })
  await writeFile(path.join(directory, 'content', 'active.json'), JSON.stringify(active))
}

test('without a registry the bundled models serve', async (t) => {
  const { models, events } = await open(await registryWith(t, []))
  t.after(() => models.close())
  assert.equal(failures(events).length, 0)
  assert.notEqual(models.scoring.content, null)
  assert.deepEqual(models.describe().map(({ name, source }) => [name, source])[0], ['content', 'bundled'])
})

test('the active version serves before the bundled one', async (t) => {
  const directory = await registryWith(t, ['2027.1.1'])
  await activate(directory, { active: '2027.1.1' })
  const { models } = await open(directory)
  t.after(() => models.close())
  assert.equal(models.describe()[0]?.source, 'active')
})

const damages: readonly (readonly [string, string, (model: string) => Promise<void>])[] = [
  [
    'a truncated weights file',
    'MODEL_FILE_CORRUPT',
    (model) => truncate(path.join(model, 'weights.bin'), 1_000)
  ],
  ['a missing file', 'MODEL_MISSING', (model) => rm(path.join(model, 'model.json'))],
  [
    'a manifest that is no JSON',
    'MODEL_MANIFEST_INVALID',
    (model) => writeFile(path.join(model, 'manifest.json'), '{')
  ],
  [
    'a model of other features',
    'MODEL_FEATURES_DIFFER',
    (model) => edit(model, (manifest) => ({ ...manifest, featureDigest: 'f'.repeat(64) }))
  ],
  [
    'a model of another name',
    'MODEL_MANIFEST_INVALID',
    (model) => edit(model, (manifest) => ({ ...manifest, name: 'takeover' }))
  ],
  [
    'a path out of the directory',
    'MODEL_MANIFEST_INVALID',
    (model) =>
      edit(model, (manifest) => ({ ...manifest, files: { '../../x': { sha256: 'f'.repeat(64), bytes: 1 } } }))
  ]
]

async function edit(model: string, change: (manifest: Record<string, unknown>) => object): Promise<void> {
  const file = path.join(model, 'manifest.json')
  await writeFile(file, JSON.stringify(change(JSON.parse(await readFile(file, 'utf8')))))
}

for (const [what, code, damage] of damages) {
  test(`${what} is logged as ${code} and the previous version serves`, async (t) => {
    const directory = await registryWith(t, ['2', '1'])
    await activate(directory, { active: '2', previous: '1' })
    await damage(path.join(directory, 'content', '2'))
    const { models, events } = await open(directory)
    t.after(() => models.close())
    assert.deepEqual(
      failures(events).map(({ level, facts }) => [level, facts['name'], facts['code']]),
      [['error', 'content', code]]
    )
    assert.equal(models.describe()[0]?.source, 'previous')
  })
}

test('weights of another shape are refused before they can be asked', async (t) => {
  const directory = await registryWith(t, ['1'])
  await activate(directory, { active: '1' })
  await edit(path.join(directory, 'content', '1'), (manifest) => ({
    ...manifest,
    inputs: [{ name: 'structure', shape: [null, 7], dtype: 'float32' }]
  }))
  const { models, events } = await open(directory)
  t.after(() => models.close())
  assert.equal(failures(events)[0]?.facts['code'], 'MODEL_SHAPE_DIFFERS')
  assert.equal(models.describe()[0]?.source, 'bundled')
})

test('a damaged active.json is reported and the bundled model serves', async (t) => {
  const directory = await registryWith(t, [])
  await activate(directory, { active: '../../etc' })
  const { models, events } = await open(directory)
  t.after(() => models.close())
  assert.equal(failures(events)[0]?.facts['file'], 'active.json')
  assert.equal(models.describe()[0]?.source, 'bundled')
})

test('the bundled files together stay within five megabytes', async () => {
  let bytes = 0
  for (const name of ['content', 'takeover']) {
    const text = await readFile(path.join(bundledModels, name, 'manifest.json'), 'utf8').catch(
      () => '{"files":{}}'
    )
    const { files }: { files: Record<string, { bytes: number }> } = JSON.parse(text)
    bytes += Object.values(files).reduce((sum, file) => sum + file.bytes, 0)
  }
  assert.ok(bytes <= 5_000_000, `${bytes} bytes`)
})

test('predicting keeps no tensor and closing frees the weights', async (t) => {
  const before = tf.memory().numTensors
  const { models } = await open(await registryWith(t, []))
  const { content, takeover } = models.scoring
  const input = { tokens: [5, 70_000, 262_143], structure: Array.from({ length: 40 }, () => 0.5) }
  await content?.predict([input])
  const loaded = tf.memory().numTensors
  for (let round = 0; round < 50; round += 1) {
    await Promise.all([
      content?.predict([input, { ...input, tokens: [] }]),
      takeover?.predict([takeover.neutralRow])
    ])
  }
  assert.equal(tf.memory().numTensors, loaded)
  models.close()
  assert.equal(tf.memory().numTensors, before)
})
