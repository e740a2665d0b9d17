import assert from 'node:assert/strict'
import { truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import * as tf from '@tensorflow/tfjs-core'
import type { ModelEvent } from '../../../service/models/shelf/model-event.ts'
import {
  openModelShelf,
  type ModelShelf,
  type ModelShelfOptions
} from '../../../service/models/shelf/model-shelf.ts'
import { activate, broken, recordingLogger, registryWith, storeVersion } from '../fixture-models.ts'

interface Opened {
  readonly shelf: ModelShelf
  readonly told: ModelEvent[]
  readonly failed: () => readonly unknown[]
}

async function open(
  t: TestContext,
  directory: string,
  more: Partial<ModelShelfOptions> = {}
): Promise<Opened> {
  const { log, events } = recordingLogger()
  const told: ModelEvent[] = []
  const shelf = await openModelShelf({
    directory,
    backend: 'wasm',
    log,
    autoReload: false,
    shadows: true,
    onEvent: (event) => void told.push(event),
    ...more
  })
  t.after(() => shelf.close())
  const failed = () =>
    events.filter(({ event }) => event === 'models.load_failed').map(({ facts }) => facts['code'])
  return { shelf, told, failed }
}

const versionIn = (shelf: ModelShelf) => shelf.current().models.takeover?.version

test('a reload takes what active.json names, and the set before is closed when its last message has left', async (t) => {
  const directory = await registryWith(t, [])
  const { shelf } = await open(t, directory)
  const before = versionIn(shelf)
  const borrowed = shelf.take()
  const later = borrowed.again()
  const held = tf.memory().numTensors
  await storeVersion(directory, 'takeover', '3000.1')
  await activate(directory, 'takeover', { active: '3000.1' })
  assert.deepEqual(await shelf.reload(), [])

  assert.equal(versionIn(shelf), '3000.1')
  assert.equal(shelf.take().set, shelf.current())
  const { takeover } = borrowed.set.models
  assert.equal(takeover?.version, before)
  const both = tf.memory().numTensors
  borrowed.release()
  borrowed.release()
  assert.ok(Number.isFinite((await takeover?.predict([takeover.neutralRow]))?.[0]))
  assert.equal(tf.memory().numTensors, both)
  later.release()
  assert.equal(tf.memory().numTensors, held)
})

test('the model that stays is the very same one', async (t) => {
  const directory = await registryWith(t, [])
  const { shelf } = await open(t, directory)
  const { content } = shelf.current().models
  await storeVersion(directory, 'takeover', '3000.1')
  await activate(directory, 'takeover', { active: '3000.1' })
  await shelf.reload()
  assert.equal(shelf.current().models.content, content)
  const set = shelf.current()
  await shelf.reload()
  assert.equal(shelf.current(), set)
})

const damages: readonly (readonly [string, string, (directory: string) => Promise<unknown>])[] = [
  [
    'a truncated file',
    'MODEL_FILE_CORRUPT',
    async (directory) =>
      truncate(path.join(await storeVersion(directory, 'takeover', '3000.1'), 'weights.bin'), 9_000)
  ],
  [
    'a weight that is no number',
    'MODEL_NOT_FINITE',
    (directory) => storeVersion(directory, 'takeover', '3000.1', broken)
  ],
  [
    'other features',
    'MODEL_FEATURES_DIFFER',
    (directory) =>
      storeVersion(directory, 'takeover', '3000.1', {
        manifest: (manifest) => ({ ...manifest, featureDigest: 'f'.repeat(64) })
      })
  ],
  [
    'a foreign directory',
    'MODEL_MANIFEST_INVALID',
    async (directory) =>
      writeFile(path.join(await storeVersion(directory, 'takeover', '3000.1'), 'manifest.json'), '{"a":1}')
  ],
  ['no directory', 'MODEL_MISSING', () => Promise.resolve()]
]

for (const [what, code, damage] of damages) {
  test(`${what} is refused as ${code} and told, and what was in use stays`, async (t) => {
    const directory = await registryWith(t, [])
    const { shelf, told, failed } = await open(t, directory)
    const set = shelf.current()
    told.splice(0)
    await damage(directory)
    await activate(directory, 'takeover', { active: '3000.1' })
    const faults = await shelf.reload()
    assert.equal(shelf.current(), set)
    assert.deepEqual(
      faults.map((fault) => [fault.name, fault.code]),
      [['takeover', code]]
    )
    assert.ok(String(faults[0]?.facts['directory']).endsWith('3000.1'))
    assert.deepEqual(failed(), [code])
    assert.deepEqual(
      told.map(({ event, facts }) => [event, facts['code']]),
      [['refused', code]]
    )
  })
}

test('a damaged active.json changes nothing', async (t) => {
  const directory = await registryWith(t, [])
  const { shelf } = await open(t, directory)
  const set = shelf.current()
  await activate(directory, 'takeover', { active: '../../etc' })
  assert.equal((await shelf.reload())[0]?.facts['file'], 'active.json')
  assert.equal(shelf.current(), set)
})

test('a shadow stands beside the models in use, with one of them exchanged', async (t) => {
  const directory = await registryWith(t, [])
  await storeVersion(directory, 'takeover', '3000.2')
  await activate(directory, 'takeover', { active: null, shadow: '3000.2' })
  const { shelf } = await open(t, directory)
  const { models, shadows } = shelf.current()
  assert.deepEqual(
    shadows.map(({ name, version }) => [name, version]),
    [['takeover', '3000.2']]
  )
  assert.equal(shadows[0]?.models.content, models.content)
  assert.notEqual(models.takeover?.version, '3000.2')
})

test('a shadow that cannot be used is told, and there is none', async (t) => {
  const directory = await registryWith(t, [])
  await storeVersion(directory, 'takeover', '3000.2', broken)
  await activate(directory, 'takeover', { active: null, shadow: '3000.2' })
  const { shelf, failed } = await open(t, directory)
  assert.deepEqual(shelf.current().shadows, [])
  assert.deepEqual(failed(), ['MODEL_NOT_FINITE'])
})

test('who changes active.json needs to tell nobody', async (t) => {
  const directory = await registryWith(t, [])
  await storeVersion(directory, 'takeover', '3000.1')
  // What looks after the file keeps no process alive
  const alive = setInterval(() => undefined, 1_000)
  t.after(() => clearInterval(alive))
  const loaded = Promise.withResolvers<void>()
  const onEvent = ({ version }: ModelEvent): void => {
    if (version === '3000.1') loaded.resolve()
  }
  const { shelf } = await open(t, directory, { autoReload: true, pollMs: 5, onEvent })
  await activate(directory, 'takeover', { active: '3000.1' })
  await loaded.promise
  await shelf.reload()
  assert.equal(versionIn(shelf), '3000.1')
})

test('closing frees every weight', async (t) => {
  const directory = await registryWith(t, [])
  await storeVersion(directory, 'content', '3000.1')
  await activate(directory, 'content', { active: null, shadow: '3000.1' })
  const before = tf.memory().numTensors
  const { shelf } = await open(t, directory)
  await shelf.close()
  assert.equal(tf.memory().numTensors, before)
})
