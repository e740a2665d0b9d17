import assert from 'node:assert/strict'
import { appendFile, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import {
  eraseFromFrozenSet,
  readFrozenHead,
  readFrozenRows,
  writeFrozenSet,
  type FrozenRowOf
} from '../../../service/models/frozen/frozen-set.ts'
import { featureDigestOf, modelNames } from '../../../service/models/load-model.ts'

const head = {
  name: 'takeover',
  featureDigest: 'a'.repeat(64),
  createdAt: '2026-11-22T00:00:00Z',
  source: 'a test'
} as const

const rows: readonly FrozenRowOf['takeover'][] = ['s1', 's2', 's1', 's3'].map((sender, index) => ({
  id: `m${index}`,
  sender,
  slice: index % 2 === 0 ? 'A1' : 'honest',
  isBad: index % 2 === 0,
  features: Float32Array.of(0.1 * index, -1e-30, 3.4e38, -0),
  spamLogit: index === 0 ? null : -7.1
}))

async function place(t: TestContext): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'sluice-frozen-'))
  t.after(() => rm(directory, { recursive: true }))
  return directory
}

async function read(directory: string): Promise<readonly FrozenRowOf['takeover'][]> {
  const found = await readFrozenHead(directory)
  const back: FrozenRowOf['takeover'][] = []
  if (found === null) return back
  for await (const row of readFrozenRows(directory, 'takeover', found)) back.push(row)
  return back
}

test('rows come back with the same bits', async (t) => {
  const directory = await place(t)
  await writeFrozenSet(directory, head, rows)
  assert.deepEqual(await read(directory), rows)
})

test('where there is none, there is none', async (t) => {
  assert.equal(await readFrozenHead(await place(t)), null)
})

test('a sender’s messages leave the set, the others stay', async (t) => {
  const directory = await place(t)
  await writeFrozenSet(directory, head, rows)
  assert.equal(await eraseFromFrozenSet(directory, 's1'), 2)
  assert.deepEqual(
    (await read(directory)).map(({ id }) => id),
    ['m1', 'm3']
  )
  assert.equal(await eraseFromFrozenSet(directory, 's1'), 0)
  assert.equal((await readdir(directory)).length, 2)
})

const damages: readonly (readonly [string, (file: string, directory: string) => Promise<void>])[] = [
  ['rows that were cut off', (file) => truncate(file, 80)],
  ['rows that are no gzip', (file) => writeFile(file, 'rows')],
  ['more bytes than there were', (file) => appendFile(file, Buffer.from([31, 139, 8]))],
  ['a head that is none', (_, directory) => writeFile(path.join(directory, 'frozen.json'), '{}')],
  ['rows that are missing', (file) => rm(file)]
]

for (const [what, damage] of damages) {
  test(`${what}: FROZEN_SET_CORRUPT`, async (t) => {
    const directory = await place(t)
    const { file } = await writeFrozenSet(directory, head, rows)
    await damage(path.join(directory, file), directory)
    await assert.rejects(read(directory), { code: 'FROZEN_SET_CORRUPT' })
  })
}

for (const name of modelNames) {
  test(`the messages that come with this release hold the features of ${name} as they are now`, async () => {
    const bundled = fileURLToPath(new URL(`../../../training/gate/frozen/${name}`, import.meta.url))
    const found = await readFrozenHead(bundled)
    assert.equal(found?.featureDigest, featureDigestOf(name))
  })
}
