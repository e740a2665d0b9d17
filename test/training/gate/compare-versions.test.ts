import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom, type Random } from '../../../service/verdict/budget/seeded-random.ts'
import { noProgress } from '../../../training/progress.ts'
import { compareVersions } from '../../../training/gate/compare-versions.ts'
import type { FrozenScore } from '../../../training/gate/score-frozen.ts'

interface Made {
  /** Log-odds that the candidate gives an attack of a slice more than the active version. */
  readonly shift: Readonly<Record<string, number>>
  /** By which both differ from row to row. */
  readonly noise: number
}

/** A hundred senders with twenty honest messages and eight attacks of four kinds each. */
function make({ shift, noise }: Made, random: Random): readonly FrozenScore[] {
  const wobble = (): number => noise * (random() - 0.5)
  return Array.from({ length: 100 }, (_, sender) => {
    const name = `s${sender}`
    const honest = Array.from({ length: 20 }, (): FrozenScore => {
      const score = -8 + 3 * random()
      return {
        sender: name,
        slice: 'people',
        isBad: false,
        active: score + wobble(),
        candidate: score + wobble()
      }
    })
    const attacks = Array.from({ length: 8 }, (_row, index): FrozenScore => {
      const slice = `A${index % 4}`
      const score = -6 + 6 * random()
      return {
        sender: name,
        slice,
        isBad: true,
        active: score + wobble(),
        candidate: score + wobble() + (shift[slice] ?? 0)
      }
    })
    return [...honest, ...attacks]
  }).flat()
}

const options = { budgetPer10k: 100, progress: noProgress, rounds: 1_000 }

test('versions that differ by chance alone pass', () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const { result, reasons } = compareVersions(make({ shift: {}, noise: 0.4 }, createRandom(seed)), options)
    assert.equal(result, 'passed', reasons.join(' '))
  }
})

test('a version that is worse at one kind of attack is refused for it, though it is better at all others', () => {
  const shift = { A0: 1, A1: 1, A2: -2.5, A3: 1 }
  const { result, slices } = compareVersions(make({ shift, noise: 0.4 }, createRandom(1)), options)
  assert.equal(result, 'refused')
  assert.deepEqual(
    slices.filter(({ isWorse }) => isWorse).map(({ slice }) => slice),
    ['A2']
  )
})

test('a version whose scores are all higher is no better: both hold the same share of honest mail', () => {
  const scored = make({ shift: {}, noise: 0 }, createRandom(1)).map((one) => ({
    ...one,
    candidate: one.candidate + 4
  }))
  const { slices, heldPer10k } = compareVersions(scored, options)
  assert.equal(heldPer10k, 100)
  assert.deepEqual(new Set(slices.map(({ difference }) => difference)), new Set([0]))
})

test('a version that holds one kind of honest mail in place of another is refused for it', () => {
  const scored = make({ shift: {}, noise: 0 }, createRandom(1)).map((one, index) => {
    const isNew = !one.isBad && index % 4 === 0
    return { ...one, slice: isNew ? 'newcomers' : one.slice, candidate: one.candidate + (isNew ? 3.2 : 0) }
  })
  const { slices } = compareVersions(scored, options)
  const newcomers = slices.find(({ slice }) => slice === 'newcomers')
  assert.equal(newcomers?.isWorse, true)
})

test('a budget of a few messages is widened until twenty honest ones may be held', () => {
  const { heldPer10k } = compareVersions(make({ shift: {}, noise: 0 }, createRandom(1)), {
    ...options,
    budgetPer10k: 1
  })
  assert.equal(heldPer10k, 100)
})
