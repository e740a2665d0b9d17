import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import { readNdjson, type NdjsonLine } from '../../service/contracts/ndjson.ts'

async function linesOf(chunks: readonly Uint8Array[], maxLineBytes = 100): Promise<readonly NdjsonLine[]> {
  const lines: NdjsonLine[] = []
  for await (const line of readNdjson(streamOf(chunks), maxLineBytes)) lines.push(line)
  return lines
}

async function* streamOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

test('however the bytes are cut, the lines are the same', async () => {
  const bytes = Buffer.from(`\uFEFF{"ä":1}\r\n\n   \n${'x'.repeat(101)}\n{"b":"🙂"}\n[3]`)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length)), async (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length]
      const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end))
      const told = (await linesOf(chunks)).map((line) => [
        line.number,
        'text' in line ? line.text : line.kind
      ])
      assert.deepEqual(told, [
        [1, '{"ä":1}'],
        [4, 'too-long'],
        [5, '{"b":"🙂"}'],
        [6, '[3]']
      ])
    })
  )
})

test('bytes that are no UTF-8 cost their own line only', async () => {
  const told = await linesOf([Buffer.from([0x22, 0xff, 0x22, 0x0a]), Buffer.from('{}\n')])
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ['not-utf8', 'text']
  )
})
