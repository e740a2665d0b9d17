import '../helpers/fixed-chance.ts'
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import * as fc from 'fast-check'
import { readActiveVersions } from '../../service/models/shelf/active-file.ts'
import { readFrozenHead, readFrozenRows, writeFrozenSet } from '../../service/models/frozen/frozen-set.ts'
import { ModelError } from '../../service/models/model-error.ts'
import { versionDirectoryOf } from '../../service/models/shelf/candidates.ts'
import { activate } from '../models/fixture-models.ts'

const place = { directory: '' }
before(async () => void (place.directory = await mkdtemp(path.join(tmpdir(), 'sluice-fuzz-models-'))))
after(() => rm(place.directory, { recursive: true }))

const version = fc.oneof(
  fc.string({ maxLength: 45 }),
  fc.constantFrom('..', '.', '../x', '/etc', 'a/b', '2026.11.1', null)
)

test('whatever active.json names, no version lies outside of its model’s directory', async () => {
  const versions = fc.record({ active: version, shadow: version, previous: version })
  await fc.assert(
    fc.asyncProperty(fc.oneof(versions, fc.jsonValue()), async (written) => {
      await activate(place.directory, 'takeover', Object(written))
      const read = await readActiveVersions(place.directory, 'takeover').catch(() => null)
      const home = path.join(place.directory, 'takeover')
      for (const one of Object.values(read ?? {}))
        if (one !== null)
          assert.equal(path.dirname(versionDirectoryOf(place.directory, 'takeover', one)), home)
    }),
    { numRuns: 150 }
  )
})

const frozen = {
  name: 'takeover',
  featureDigest: 'a'.repeat(64),
  createdAt: '2026-11-22T00:00:00Z',
  source: 'x'
} as const

test('frozen rows of any numbers and names come back as they were', async () => {
  const row = fc.record({
    id: fc.string(),
    sender: fc.string(),
    slice: fc.string(),
    isBad: fc.boolean(),
    features: fc.float32Array({ noNaN: true, maxLength: 20 }),
    spamLogit: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0))
  })
  const directory = path.join(place.directory, 'rows')
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 5 }), async (rows) => {
      const head = await writeFrozenSet(directory, frozen, rows)
      let at = 0
      for await (const back of readFrozenRows(directory, 'takeover', head))
        assert.deepEqual(back, { ...rows[at++] })
      assert.equal(at, rows.length)
    }),
    { numRuns: 40 }
  )
})

test('frozen rows of any bytes are refused as FROZEN_SET_CORRUPT', async () => {
  const directory = path.join(place.directory, 'bytes')
  const { file } = await writeFrozenSet(directory, frozen, [])
  const head = await readFrozenHead(directory)
  assert.ok(head)
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
      await writeFile(path.join(directory, file), bytes)
      const read = async (): Promise<void> => {
        for await (const _ of readFrozenRows(directory, 'takeover', head)) assert.fail('a row')
      }
      await assert.rejects(
        read,
        (error) => error instanceof ModelError && error.code === 'FROZEN_SET_CORRUPT'
      )
    }),
    { numRuns: 60 }
  )
})
