import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../../service/verdict/budget/seeded-random.ts'
import { assignFolds, dropDuplicates } from '../../training/split/assign-folds.ts'
import { clusterNearDuplicates } from '../../training/split/near-duplicates.ts'

const random = createRandom(7)
const tokens = (count: number): number[] =>
  Array.from({ length: count }, () => Math.floor(random() * 262_144))
const changed = (list: readonly number[], share: number): number[] =>
  list.map((token) => (random() < share ? Math.floor(random() * 262_144) : token))
const message = (id: string, list: readonly number[], group = '') => ({
  id,
  source: 'test',
  group,
  tokens: list
})

test('messages that differ in a few words are one cluster, others are not', () => {
  const newsletter = tokens(300)
  const cluster = clusterNearDuplicates([
    newsletter,
    changed(newsletter, 0.05),
    tokens(300),
    changed(newsletter, 0.05)
  ])
  assert.equal(cluster[0], cluster[1])
  assert.equal(cluster[0], cluster[3])
  assert.notEqual(cluster[0], cluster[2])
})

test('near-duplicates and members of a thread never cross folds', () => {
  const bodies = Array.from({ length: 60 }, () => tokens(120))
  const messages = bodies.flatMap((body, index) => [
    message(`a${index}`, body, `thread ${index % 20}`),
    message(`b${index}`, changed(body, 0.04)),
    message(`c${index}`, tokens(80), `thread ${index % 20}`)
  ])
  const { fold } = assignFolds(messages, 5, 1)
  for (let index = 0; index < messages.length; index += 3)
    assert.deepEqual([fold[index + 1], fold[index + 2]], [fold[index], fold[index]])
  assert.ok(new Set(fold).size > 2)
})

test('the folds of known messages stay when others are added', () => {
  const old = Array.from({ length: 50 }, (_, index) => message(`m${index}`, tokens(100)))
  const more = Array.from({ length: 50 }, (_, index) => message(`n${index}`, tokens(100)))
  assert.deepEqual([...assignFolds([...more, ...old], 5, 3).fold].slice(50), [...assignFolds(old, 5, 3).fold])
})

test('of messages that are the same one is kept', () => {
  const body = tokens(200)
  assert.deepEqual(
    dropDuplicates([message('b', body), message('a', body), message('c', tokens(200))]).map(({ id }) => id),
    ['a', 'c']
  )
})
