import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rowColumns } from '../../../service/history/rows/row-tables.ts'
import { meaningOf, tableMeanings } from '../../../training/exploring/column-meanings.ts'

test('every table that is written, and every column of it, is explained to whoever asks', () => {
  for (const [table, columns] of Object.entries(rowColumns)) {
    assert.ok(tableMeanings[table], table)
    for (const column of columns) assert.notEqual(meaningOf(table, column), '', `${table}.${column}`)
  }
})
