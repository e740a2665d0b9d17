import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attributeNames } from '../../service/observation/observation.ts'
import { habitNames, pairNames } from '../../service/profile/habits.ts'

test('habits keep their place in packed profiles: the first release’s attributes, its pairs, and then what is new', () => {
  assert.deepEqual(habitNames.slice(26, 32), ['selfCopied', ...pairNames])
  assert.deepEqual(habitNames.slice(32), attributeNames.slice(27))
  assert.equal(new Set(habitNames).size, attributeNames.length + pairNames.length)
})
