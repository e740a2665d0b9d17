import assert from 'node:assert/strict'
import { test } from 'node:test'
import { examplesOf, toExampleTable } from '../../../training/content/example-table.ts'

const message = (id: string, isBad: boolean, ...tokens: readonly number[]) => ({
  id, source: 'x', group: '', isBad, tokens: Uint32Array.from(tokens), structure: Float32Array.of(tokens.length, 7)
}) // prettier-ignore

test('examples and their passages come out of the table as they went in, by their places', () => {
  const messages = [message('a', true, 1, 2, 3), message('b', false), message('c', true, 9)]
  const passage = { ...message('c', true, 4, 5), structure: null }
  const table = toExampleTable(messages, new Map([['c', passage]]))
  const { examples, passages } = examplesOf(table, Int32Array.of(2, 1))
  assert.deepEqual(
    examples.map(({ id, isBad, tokens, structure }) => [id, isBad, [...tokens], [...(structure ?? [])]]),
    [
      ['2', true, [9], [1, 7]],
      ['1', false, [], [0, 7]]
    ]
  )
  assert.deepEqual([...passages.keys()], ['2'])
  assert.deepEqual(passages.get('2')?.structure, null)
  assert.deepEqual([...(passages.get('2')?.tokens ?? [])], [4, 5])
})
