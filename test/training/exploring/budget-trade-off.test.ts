import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recallByFamily, tradeOff } from '../../../training/exploring/budget-trade-off.ts'
import type { PresentedMessage } from '../../../training/exploring/present-attacks.ts'

const attack = (sender: number, riskLogit: number, family: PresentedMessage['family'] = 'A1'): PresentedMessage => ({
  sender,
  family,
  isBad: family !== 'honest',
  features: new Float32Array(),
  spamLogit: null,
  riskLogit
}) // prettier-ignore

const thresholds = [
  { budgetPer10k: 1, hold: 0.5, block: 0.9 },
  { budgetPer10k: 100, hold: 0.01, block: 0.9 }
]
/** Ten thousand honest messages of a hundred senders, twenty of them above even odds. */
const honest = {
  version: '1',
  senders: Uint32Array.from({ length: 10_000 }, (_, index) => index % 100),
  logits: Float32Array.from({ length: 10_000 }, (_, index) => (index < 20 ? 1 : -8))
}
const attacks = [attack(1, 3), attack(2, -1), attack(3, 2), attack(4, -9), attack(5, 9, 'honest')]

const points = tradeOff(honest, attacks, thresholds)

test('each budget is told by both thresholds: what it holds of history, and what it stops of attacks', () => {
  const first = points.find(({ by }) => by === 'manifest') ?? assert.fail()
  const { budgetPer10k, held, heldPer10k, recall } = first
  assert.deepEqual([budgetPer10k, held, heldPer10k, recall], [1, 20, 20, 0.5])
  assert.ok(first.heldLow > 10 && first.heldHigh < 32)
  assert.ok(first.recallLow < 0.5 && first.recallHigh > 0.5)
})

test('where honest mail is riskier than the manifest thought, the installation’s own threshold lies higher', () => {
  const [manifest, installation] = points.map(({ threshold }) => threshold)
  assert.ok((installation ?? 0) > (manifest ?? 1))
})

test('recall is told by kind of attack, honest mail left out', () => {
  assert.deepEqual(
    recallByFamily([...attacks, attack(1, -5, 'A3')], 0.5).map(({ family, messages, recall }) => [
      family,
      messages,
      recall
    ]),
    [
      ['A1', 4, 0.5],
      ['A3', 1, 0]
    ]
  )
})
