import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../../helpers/fixed-chance.ts'
import { decodeForest, encodeForest } from '../../../service/models/forest/forest-codec.ts'
import { scoreCoalitions } from '../../../service/models/forest/forest-coalitions.ts'
import { scoreMasks } from '../../../service/models/forest/forest-masks.ts'
import { scoreForest } from '../../../service/models/forest/forest.ts'
import { maskRow } from '../../../service/models/network/mask-row.ts'
import { createRandom } from '../../../service/verdict/budget/seeded-random.ts'
import { fitTrees } from '../../../training/trees/fit-trees.ts'

const columns = 12
const groups = 4
const groupOf = Uint8Array.from({ length: columns }, (_, column) => column % groups)
const random = createRandom(4)
const rows = Array.from({ length: 600 }, () => Float32Array.from({ length: columns }, () => random() - 0.5))
const labels = rows.map((row) => Number((row[1] ?? 0) * (row[6] ?? 0) > 0 || (row[3] ?? 0) > 0.3))
const forest = fitTrees(rows, labels, { trees: 40, seed: 2 })
const [neutral = new Float32Array(columns)] = rows

test('the answer for every coalition of groups is that of a row with the others neutral', () => {
  for (const row of rows.slice(1, 20)) {
    const all = scoreCoalitions(forest, { row, neutral, groupOf, groups })
    for (const [mask, score] of all.entries()) {
      const alone = scoreForest(forest, maskRow(row, neutral, groupOf, mask))
      assert.ok(Math.abs(score - alone) < 1e-6, `coalition ${mask}: ${score} instead of ${alone}`)
    }
  }
})

test('the answer for a few coalitions is to the last bit that of a row with the others neutral', () => {
  const masks = [2 ** groups - 1, ...Array.from({ length: groups }, (_, left) => 15 ^ (1 << left)), 0, 6]
  for (const row of rows.slice(1, 200)) {
    const alone = masks.map((mask) => scoreForest(forest, maskRow(row, neutral, groupOf, mask)))
    assert.deepEqual([...scoreMasks(forest, { row, neutral, groupOf }, masks)], alone)
  }
})

test('a forest comes back from its bytes as it was', () => {
  const back = decodeForest(encodeForest(forest), columns)
  for (const row of rows) assert.equal(scoreForest(back, row), scoreForest(forest, row))
})

test('a forest that is cut, or asks for a column that there is not, is refused', () => {
  const bytes = encodeForest(forest)
  assert.throws(() => decodeForest(bytes.subarray(0, -1), columns), RangeError)
  assert.throws(() => decodeForest(bytes, 2), RangeError)
  assert.throws(() => decodeForest(new Uint8Array(40), columns), TypeError)
})

test('whatever bytes are changed, a forest is refused or its walks end', () => {
  const bytes = encodeForest(forest)
  const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      const changed = Uint8Array.from(bytes)
      for (const [at, byte] of changes) changed[at] = byte
      try {
        scoreForest(decodeForest(changed, columns), neutral)
      } catch (error) {
        assert.ok(error instanceof RangeError || error instanceof TypeError)
      }
    }),
    { numRuns: 300 }
  )
})
