import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import { createModelRegistry, type ModelRegistry } from '../../../service/models/shelf/model-registry.ts'
import { replaceFile } from '../../../service/storage/durable-file.ts'
import { activate, bundledModels, registryWith, storeVersion } from '../fixture-models.ts'

async function open(
  t: TestContext
): Promise<{ readonly directory: string; readonly registry: ModelRegistry }> {
  const directory = await registryWith(t, [])
  return { directory, registry: createModelRegistry({ directory, replaceFile }) }
}

const madeAt = (day: number) => (manifest: object) => ({
  ...manifest,
  createdAt: `2027-01-0${day}T00:00:00Z`
})

test('without a file the model of this release is active', async (t) => {
  const { registry } = await open(t)
  assert.deepEqual(await registry.active('takeover'), { active: null, shadow: null, previous: null })
  assert.deepEqual(await registry.versions('takeover'), [])
})

test('what is activated is read back, and nothing else lies beside it', async (t) => {
  const { registry, directory } = await open(t)
  const versions = { active: '2', shadow: null, previous: '1' }
  await registry.activate('takeover', { ...versions, active: '1' })
  await registry.activate('takeover', versions)
  assert.deepEqual(await registry.active('takeover'), versions)
  assert.deepEqual(await readdir(path.join(directory, 'takeover')), ['active.json'])
})

test('a write that fails leaves what was active', async (t) => {
  const directory = await registryWith(t, [])
  await activate(directory, 'takeover', { active: '1' })
  const registry = createModelRegistry({
    directory,
    replaceFile: () => Promise.reject(new Error('no space left'))
  })
  await assert.rejects(registry.activate('takeover', { active: '2', shadow: null, previous: '1' }))
  assert.equal((await registry.active('takeover')).active, '1')
})

test('half of a file from a crash is in nobody’s way', async (t) => {
  const { registry, directory } = await open(t)
  await activate(directory, 'takeover', { active: '1' })
  await writeFile(path.join(directory, 'takeover', 'active.json.new'), '{ "act')
  assert.equal((await registry.active('takeover')).active, '1')
  await registry.activate('takeover', { active: '2', shadow: null, previous: '1' })
  assert.equal((await registry.active('takeover')).active, '2')
})

test('a directory is taken in whole, under the version that its manifest says', async (t) => {
  const { registry, directory } = await open(t)
  const from = path.join(bundledModels, 'takeover')
  const { version } = await registry.add(from)
  assert.deepEqual(
    (await registry.versions('takeover')).map((one) => [one.version, one.fault]),
    [[version, null]]
  )
  const [own, theirs] = await Promise.all(
    [path.join(directory, 'takeover', version), from].map((place) => readFile(path.join(place, 'forest.bin')))
  )
  assert.deepEqual(own, theirs)
  await assert.rejects(registry.add(from), { code: 'MODEL_VERSION_TAKEN' })
})

test('what does not match its checksums is not taken in', async (t) => {
  const { registry, directory } = await open(t)
  const place = await storeVersion(path.join(directory, 'elsewhere'), 'takeover', '3000.1')
  await writeFile(path.join(place, 'MODEL_CARD.md'), 'another card')
  await assert.rejects(registry.add(place), { code: 'MODEL_FILE_CORRUPT' })
  assert.deepEqual(await registry.versions('takeover'), [])
})

test('a version under the name of another is found', async (t) => {
  const { registry, directory } = await open(t)
  await storeVersion(directory, 'takeover', '3000.1', {
    manifest: (manifest) => ({ ...manifest, version: '3000.2' })
  })
  await assert.rejects(registry.check('takeover', '3000.1'), { code: 'MODEL_MANIFEST_INVALID' })
  assert.equal((await registry.versions('takeover'))[0]?.fault?.code, 'MODEL_MANIFEST_INVALID')
})

test('the newest versions are kept, and those in use whatever their age', async (t) => {
  const { registry, directory } = await open(t)
  for (const day of [1, 2, 3, 4, 5, 6])
    await storeVersion(directory, 'takeover', `v${day}`, { manifest: madeAt(day) })
  await mkdir(path.join(directory, 'takeover', 'not a version!'), { recursive: true })
  await activate(directory, 'takeover', { active: 'v2', previous: 'v1', shadow: 'v3' })
  assert.deepEqual(await registry.retain('takeover', 1), ['v5', 'v4'])
  assert.deepEqual(
    (await registry.versions('takeover')).map(({ version }) => version),
    ['v6', 'v3', 'v2', 'v1']
  )
  assert.ok((await readdir(path.join(directory, 'takeover'))).includes('not a version!'))
})
