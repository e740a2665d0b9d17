import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { before, test } from 'node:test'
import { faultOf, loadModel } from '../../service/models/load-model.ts'
import type { ModelErrorCode } from '../../service/models/model-error.ts'
import { selectBackend } from '../../service/models/tensor/backend.ts'
import { broken, registryWith, storeVersion } from './fixture-models.ts'

interface BadDirectory {
  readonly what: string
  readonly code: ModelErrorCode
  readonly file: string
  readonly spoil: (directory: string) => Promise<unknown>
}

before(() => selectBackend('wasm'))

const directories: readonly BadDirectory[] = [
  {
    what: 'one that is empty',
    code: 'MODEL_MISSING',
    file: 'manifest.json',
    spoil: (directory) => rm(path.join(directory, 'manifest.json'))
  },
  {
    what: 'a manifest that is no JSON',
    code: 'MODEL_MANIFEST_INVALID',
    file: 'manifest.json',
    spoil: (directory) => writeFile(path.join(directory, 'manifest.json'), '{ "format": ')
  },
  {
    what: 'a manifest of gigabytes',
    code: 'MODEL_MANIFEST_INVALID',
    file: 'manifest.json',
    spoil: (directory) => truncate(path.join(directory, 'manifest.json'), 4_000_000_000)
  },
  {
    what: 'another model',
    code: 'MODEL_MANIFEST_INVALID',
    file: 'manifest.json',
    spoil: (directory) => edit(directory, (manifest) => ({ ...manifest, name: 'content' }))
  },
  {
    what: 'thresholds in no order',
    code: 'MODEL_MANIFEST_INVALID',
    file: 'manifest.json',
    spoil: (directory) =>
      edit(directory, (manifest) => ({
        ...manifest,
        thresholds: [10, 5].map((budgetPer10k) => ({ budgetPer10k, hold: 0.1, block: 0.9 }))
      }))
  },
  {
    what: 'other features',
    code: 'MODEL_FEATURES_DIFFER',
    file: 'manifest.json',
    spoil: (directory) => edit(directory, (manifest) => ({ ...manifest, featureDigest: '0'.repeat(64) }))
  },
  {
    what: 'a file that is gone',
    code: 'MODEL_MISSING',
    file: 'weights.bin',
    spoil: (directory) => rm(path.join(directory, 'weights.bin'))
  },
  {
    what: 'a file that the manifest forgot',
    code: 'MODEL_MISSING',
    file: 'forest.bin',
    spoil: (directory) => edit(directory, (manifest) => ({ ...manifest, files: {} }))
  },
  {
    what: 'a file that changed',
    code: 'MODEL_FILE_CORRUPT',
    file: 'forest.bin',
    spoil: (directory) => writeFile(path.join(directory, 'forest.bin'), 'changed')
  },
  {
    what: 'half of the weights, vouched for',
    code: 'MODEL_FILE_CORRUPT',
    file: 'model.json or weights.bin',
    spoil: (directory) => rewrite(directory, 'weights.bin', (bytes) => bytes.subarray(0, bytes.length / 2))
  },
  {
    what: 'a forest that never ends, vouched for',
    code: 'MODEL_FILE_CORRUPT',
    file: 'forest.bin',
    spoil: (directory) => rewrite(directory, 'forest.bin', (bytes) => Buffer.alloc(bytes.length))
  },
  {
    what: 'layers of another shape',
    code: 'MODEL_SHAPE_DIFFERS',
    file: 'weights.bin',
    spoil: (directory) =>
      rewrite(directory, 'model.json', (bytes) =>
        Buffer.from(bytes.toString().replaceAll('member1_last/kernel', 'member7_last/kernel'))
      )
  },
  {
    what: 'a calibration beyond every number',
    code: 'MODEL_NOT_FINITE',
    file: 'weights.bin',
    spoil: (directory) =>
      edit(directory, (manifest) => ({
        ...manifest,
        calibration: { method: 'platt', slope: 1e308, intercept: 1e308, prior: 0.001 }
      }))
  }
]

for (const { what, code, file, spoil } of directories)
  test(`${what}: refused by ${code}, which names the directory, the file and the remedy`, async (t) => {
    const directory = await storeVersion(await registryWith(t, []), 'takeover', '3000.1')
    await spoil(directory)
    await assert.rejects(loadModel('takeover', directory), (error) => {
      const fault = faultOf(error)
      assert.partialDeepStrictEqual(fault, { code, directory, file })
      assert.match(fault['remedy'] ?? '', /^\p{Lu}.{20,}\.$/u)
      return true
    })
  })

test('a weight that is no number is refused by its name', async (t) => {
  const directory = await storeVersion(await registryWith(t, []), 'takeover', '3000.1', broken)
  await assert.rejects(loadModel('takeover', directory), (error) => {
    const fault = faultOf(error)
    assert.partialDeepStrictEqual(fault, { code: 'MODEL_NOT_FINITE', directory, file: 'weights.bin' })
    assert.match(fault['weight'] ?? '', /\w/u)
    return true
  })
})

test('what is no directory at all is missing', async (t) => {
  const directory = path.join(await registryWith(t, []), 'a-file')
  await mkdir(path.dirname(directory), { recursive: true })
  await writeFile(directory, 'hello')
  await assert.rejects(loadModel('takeover', directory), { code: 'MODEL_MISSING' })
})

type Manifest = Record<string, unknown> & { files: Record<string, { sha256: string; bytes: number }> }

async function edit(directory: string, change: (manifest: Manifest) => object): Promise<void> {
  const file = path.join(directory, 'manifest.json')
  const manifest: Manifest = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(file, JSON.stringify(change(manifest)))
}

/** The manifest vouches for what comes out. */
async function rewrite(directory: string, name: string, change: (bytes: Buffer) => Buffer): Promise<void> {
  const file = path.join(directory, name)
  const bytes = change(await readFile(file))
  await writeFile(file, bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await edit(directory, (manifest) => ({
    ...manifest,
    files: { ...manifest.files, [name]: { sha256, bytes: bytes.length } }
  }))
}
