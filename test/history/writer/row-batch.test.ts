import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  array,
  assert as assertProperty,
  constant,
  constantFrom,
  integer,
  oneof,
  property,
  record,
  uint8Array
} from 'fast-check'
import type { HistoryEntry, HistoryTable } from '../../../service/history/rows/history-entry.ts'
import { createRowBatch } from '../../../service/history/writer/row-batch.ts'
import '../../helpers/fixed-chance.ts'

const entries = array(
  record({
    table: constantFrom<HistoryTable>('messages', 'feedback'),
    sender: constant('s'),
    columns: constantFrom(2, 3),
    rows: integer({ min: 1, max: 3 }),
    bytes: oneof(
      uint8Array({ maxLength: 50 }),
      integer({ min: 100_000, max: 300_000 }).map((length) => new Uint8Array(length).fill(length % 251))
    )
  }),
  { maxLength: 12 }
)

/** Each group's bytes and bounds, made the plain way. */
function plainly(given: readonly HistoryEntry[]): readonly unknown[] {
  const numbered = given.map((entry, index) => ({ ...entry, number: index + 1 }))
  return [...Map.groupBy(numbered, ({ table, columns }) => `${table} ${columns}`).values()].map((group) => ({
    table: group[0]?.table,
    columns: group[0]?.columns,
    rows: group.reduce((sum, { rows }) => sum + rows, 0),
    first: group[0]?.number,
    last: group.at(-1)?.number,
    bytes: Buffer.concat(group.map(({ bytes }) => bytes))
  }))
}

test('the rows of each table and version lie one behind the other, in a batch that was used before too', () => {
  const batch = createRowBatch()
  assertProperty(
    property(entries, (given) => {
      batch.clear()
      given.forEach((entry, index) => batch.add(entry, index + 1))
      const made = batch
        .rowsByTable()
        .map(({ parts, ...group }) => ({ ...group, bytes: Buffer.concat(parts) }))
      assert.deepEqual(made, plainly(given))
      assert.equal(batch.entries, given.length)
      assert.equal(
        batch.bytes,
        given.reduce((sum, { bytes }) => sum + bytes.length, 0)
      )
      assert.equal(batch.last, given.length === 0 ? null : given.length)
    }),
    { numRuns: 60 }
  )
})

test('the memory of a batch is that of the one before', () => {
  const batch = createRowBatch()
  const memory = (): unknown => {
    batch.clear()
    batch.add({ table: 'messages', sender: 's', columns: 1, rows: 1, bytes: new Uint8Array(9_000) }, 1)
    return batch.rowsByTable()[0]?.parts[0]?.buffer
  }
  assert.equal(memory(), memory())
})
