import '../../../helpers/fixed-chance.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { binOf, countOfBins, quantileEdges } from '../../../../training/drift/stability/bins.ts'
import { fQuantile, largestByChance, normalTail } from '../../../../training/drift/stability/chance.ts'
import { sharesOf, stabilityIndex } from '../../../../training/drift/stability/stability.ts'
import { nameOfWeek, weekMs, weekOf } from '../../../../training/drift/week.ts'

const close = (actual: number, wanted: number, by: number): void =>
  assert.ok(Math.abs(actual - wanted) <= by, `${actual} instead of ${wanted}`)

test('the index of a textbook’s shares is what the textbook says', () => {
  // 100 Σ (p - q)·ln(p / q) by hand, of large counts that half a message does not move
  const index = stabilityIndex([300_000, 400_000, 300_000], [200_000, 400_000, 400_000])
  close(index, 0.1 * Math.log(3 / 2) + 0.1 * Math.log(4 / 3), 1e-5)
})

const counts = fc.array(fc.nat({ max: 1_000 }), { minLength: 2, maxLength: 12 })

test('the index is finite, never negative, nothing for the same counts, and the same both ways', () => {
  fc.assert(
    fc.property(counts, counts, (one, other) => {
      const size = Math.min(one.length, other.length)
      const [a, b] = [one.slice(0, size), other.slice(0, size)]
      const index = stabilityIndex(a, b)
      assert.ok(index >= -1e-12 && Number.isFinite(index))
      close(stabilityIndex(b, a), index, 1e-9)
      close(stabilityIndex(a, a), 0, 1e-12)
      close(
        sharesOf(a).reduce((sum, share) => sum + share, 0),
        1,
        1e-9
      )
    })
  )
})

test('every number has one bin, in order; what is no number has the last', () => {
  const values = fc.array(fc.float({ noNaN: true }), { maxLength: 200 })
  fc.assert(
    fc.property(values, fc.float(), fc.float(), (sample, x, y) => {
      const edges = quantileEdges(sample)
      const [bin, other] = [binOf(x, edges), binOf(y, edges)]
      assert.ok(bin >= 0 && bin < countOfBins(edges) && other < countOfBins(edges))
      if (x <= y) assert.ok(bin <= other)
      assert.equal(binOf(Number.NaN, edges), edges.length + 1)
    })
  )
})

test('a constant has a bin to itself, and so has the zero of what is rarely seen', () => {
  const constant = quantileEdges(Array.from({ length: 100 }, () => 3))
  assert.deepEqual([2.9, 3, 3.1].map((value) => binOf(value, constant)), [0, 1, 2]) // prettier-ignore
  const rare = quantileEdges(Array.from({ length: 100 }, (_, index) => (index < 95 ? 0 : index)))
  assert.deepEqual([-1, 0, 96].map((value) => binOf(value, rare)), [0, 1, 2]) // prettier-ignore
  assert.deepEqual(quantileEdges([]), [])
})

test('what hardly differs shares a bin', () => {
  const narrow = Array.from({ length: 1_000 }, (_, index) => index / 10_000)
  assert.equal(quantileEdges(narrow).length, 9)
  assert.deepEqual(quantileEdges(narrow, { least: 0.25 }), [])
  const skewed = narrow.map((value, index) => (index % 50 === 0 ? 10 : value))
  assert.deepEqual(quantileEdges(skewed), [])
})

test('quantiles of the normal and of F are those of the tables', () => {
  close(normalTail(0.025), 1.96, 5e-4)
  close(normalTail(1e-4), 3.719, 5e-4)
  close(fQuantile(5, 20, normalTail(0.05)), 2.711, 0.02)
  close(fQuantile(4, 1e9, normalTail(0.01)), 13.277 / 4, 0.02)
  assert.equal(fQuantile(5, 0, 2), Infinity)
})

test('chance may do more where more columns are looked at or fewer senders wrote, and nothing where nothing varies', () => {
  const usual = { expected: 0.01, senders: 100, bins: 10, columns: 1 }
  const one = largestByChance(usual)
  assert.ok(one > 0.01)
  assert.ok(largestByChance({ ...usual, columns: 150 }) > one)
  assert.ok(largestByChance({ ...usual, senders: 15 }) > one)
  assert.equal(largestByChance({ ...usual, senders: 3, columns: 150 }), Infinity)
  assert.equal(largestByChance({ ...usual, expected: 0 }), 0)
})

test('weeks begin on Mondays, in UTC', () => {
  assert.equal(nameOfWeek(weekOf(Date.UTC(2026, 10, 22, 23, 59))), '2026-11-16')
  assert.equal(nameOfWeek(weekOf(Date.UTC(2026, 10, 23))), '2026-11-23')
  assert.equal(weekOf(Date.UTC(2026, 10, 23)) - weekOf(Date.UTC(2026, 10, 22)), weekMs)
})
