import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChance } from '../../../../datasets/synthetic-mail/chance.ts'
import { attackFamilies, knowledges, labelOf } from '../../../../training/attacks/attack-cell.ts'
import { planAttacks } from '../../../../training/attacks/history/plan-attacks.ts'
import { observation } from '../../../profile/observations.ts'

const next = observation({ to: ['bob@d.example'] })

function played(messages: number, attacks: number, mail = next): readonly string[] {
  const plan = planAttacks({ from: 2, to: messages, attacks }, createChance('plan'))
  const labels = Array.from({ length: messages }, (_, number) => plan.due(number, mail).map(labelOf))
  assert.deepEqual(labels.slice(0, 2), [[], []])
  assert.equal(labels.flat().length + plan.left(), attacks)
  return labels.flat()
}

test('each cell gets its share, and every one finds a place before the last message has passed', () => {
  const labels = played(60, 40)
  assert.equal(labels.length, 40)
  assert.equal(new Set(labels).size, attackFamilies.length * knowledges.length)
})

test('mail to nobody is no place, and what found none is counted', () => {
  assert.deepEqual(played(30, 20, { ...next, recipients: [] }), [])
})
