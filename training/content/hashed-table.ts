import { adamStep } from '../adam.ts'

const { beta1, beta2, epsilon } = adamStep

/** Lines of ids, as `padTokens` lays them out: an id counts modulo the table's rows, a negative one not at all. */
export interface IdLines {
  /** [lines, width] */
  readonly ids: Int32Array
  readonly lines: number
}

/** A hashed table in training: see `hashedBag` of service/models/network/hashed-bag.ts for what it computes. */
export interface HashedTable {
  touch(lines: IdLines): TouchedRows
  /** [rows, units] */
  values(): Float32Array
}

/** The rows that a batch is about. */
export interface TouchedRows {
  /** The lines' sums, [lines, units]. */
  sum(): Float32Array
  /** One step of Adam. `slopes`: gradient of what `sum` answered. */
  learn(slopes: Float32Array, learningRate: number): void
}

/** After so many steps without a gradient the first moment is a thousandth of what it was. */
const memory = 64

/**
 * A step touches a few in a hundred rows, yet Adam moves all of them, each by what is left of its moments. What a row owes for the steps in
 * which it had no gradient is made up for when it is next touched: the same sum, but for terms below a thousandth of the first.
 */
export function createHashedTable(first: Float32Array, units: number): HashedTable {
  const rows = first.length / units
  const state = openState(first, units)
  const slotOf = new Int32Array(rows).fill(-1)

  return {
    touch(lines) {
      const { slots, touched } = assignSlots(lines, slotOf)
      const values = new Float32Array(touched.length * units)
      for (let slot = 0; slot < touched.length; slot += 1)
        state.read(touched[slot] ?? 0, values, slot * units)
      const places = { slots, width: slots.length / lines.lines, units }
      return {
        sum() {
          const sums = new Float32Array(lines.lines * units)
          each(places, (to, from, scale) => add(sums, to, values, from, units, scale))
          return sums
        },
        learn(slopes, learningRate) {
          const gradient = new Float32Array(values.length)
          each(places, (from, to, scale) => add(gradient, to, slopes, from, units, scale))
          state.step(touched, gradient, learningRate)
        }
      }
    },
    values() {
      const values = new Float32Array(first.length)
      for (let row = 0; row < rows; row += 1) state.read(row, values, row * units)
      return values
    }
  }
}

/** Values and both moments of a row side by side, so that they come with one look into memory. */
function openState(first: Float32Array, units: number) {
  const rows = first.length / units
  const state = new Float32Array(3 * first.length)
  for (let row = 0; row < rows; row += 1)
    state.set(first.subarray(row * units, (row + 1) * units), 3 * row * units)
  /** The step after which the row stands. */
  const standing = new Int32Array(rows)
  const debts = openDebts()

  function settle(row: number): void {
    const last = standing[row] ?? 0
    const missed = debts.steps() - last
    if (missed === 0) return
    standing[row] = last + missed
    const due = debts.due[last] ?? 0
    const fade1 = debts.fades1[missed] ?? 0
    const fade2 = debts.fades2[missed] ?? 0
    for (let at = 3 * row * units; at < (3 * row + 1) * units; at += 1) {
      const square = state[at + 2 * units] ?? 0
      if (square === 0) continue
      const mean = state[at + units] ?? 0
      state[at] = (state[at] ?? 0) - (due * mean) / (Math.sqrt(square) + epsilon)
      state[at + units] = faded(mean * fade1)
      state[at + 2 * units] = faded(square * fade2)
    }
  }

  function move(row: number, gradient: Float32Array, start: number, rate: number, growth: number): void {
    for (let unit = 0; unit < units; unit += 1) {
      const at = 3 * row * units + unit
      const slope = gradient[start + unit] ?? 0
      const mean = beta1 * (state[at + units] ?? 0) + (1 - beta1) * slope
      const square = beta2 * (state[at + 2 * units] ?? 0) + (1 - beta2) * slope * slope
      state[at] = (state[at] ?? 0) - (rate * mean) / (Math.sqrt(square * growth) + epsilon)
      state[at + units] = mean
      state[at + 2 * units] = square
    }
    standing[row] = debts.steps()
  }

  return {
    /** Into `to` from `start` on. */
    read(row: number, to: Float32Array, start: number): void {
      settle(row)
      for (let unit = 0; unit < units; unit += 1) to[start + unit] = state[3 * row * units + unit] ?? 0
    },
    /** Of rows that have been read since the last step. */
    step(touched: Int32Array, gradient: Float32Array, learningRate: number): void {
      const { rate, correction } = debts.step(learningRate)
      for (let slot = 0; slot < touched.length; slot += 1)
        move(touched[slot] ?? 0, gradient, slot * units, rate, 1 / correction)
    }
  }
}

/** What rows owe that stand after an earlier step. */
function openDebts() {
  /** By step: for each unit of a first moment over the root of its second. */
  const due: number[] = [0]
  /** By number of steps: what is left of each moment. */
  const fades1: number[] = [1]
  const fades2: number[] = [1]
  const share = beta1 / Math.sqrt(beta2)
  return {
    due,
    fades1,
    fades2,
    steps: () => due.length - 1,
    step(learningRate: number) {
      fades1.push((fades1.at(-1) ?? 1) * beta1)
      fades2.push((fades2.at(-1) ?? 1) * beta2)
      const step = due.push(0) - 1
      const rate = learningRate / (1 - (fades1.at(-1) ?? 0))
      const correction = 1 - (fades2.at(-1) ?? 0)
      let part = rate * Math.sqrt(correction)
      for (let last = step - 1; last >= Math.max(0, step - memory); last -= 1) {
        part *= share
        due[last] = (due[last] ?? 0) + part
      }
      return { rate, correction }
    }
  }
}

/** Each row that the lines touch has one slot. `slotOf`: by row, all -1 before and after. */
function assignSlots(
  { ids }: IdLines,
  slotOf: Int32Array
): { readonly slots: Int32Array; readonly touched: Int32Array } {
  const rows = slotOf.length
  const slots = new Int32Array(ids.length).fill(-1)
  const touched = new Int32Array(Math.min(ids.length, rows))
  let count = 0
  for (let i = 0; i < ids.length; i += 1) {
    const id = ids[i] ?? -1
    if (id < 0) continue
    const row = id % rows
    if ((slotOf[row] ?? -1) < 0) {
      touched[count] = row
      slotOf[row] = count++
    }
    slots[i] = slotOf[row] ?? -1
  }
  for (let slot = 0; slot < count; slot += 1) slotOf[touched[slot] ?? 0] = -1
  return { slots, touched: touched.subarray(0, count) }
}

interface Places {
  readonly slots: Int32Array
  readonly width: number
  readonly units: number
}

/** Where each line and the row of each of its ids begin; a line speaks no louder the longer it is. */
function each(
  { slots, width, units }: Places,
  act: (line: number, row: number, scale: number) => void
): void {
  for (let start = 0; start < slots.length; start += width) {
    let count = 0
    for (let i = start; i < start + width; i += 1) count += Number((slots[i] ?? -1) >= 0)
    const scale = 1 / Math.sqrt(Math.max(1, count))
    for (let i = start; i < start + width; i += 1) {
      const slot = slots[i] ?? -1
      if (slot >= 0) act((start / width) * units, slot * units, scale)
    }
  }
}

function add(
  to: Float32Array,
  toStart: number,
  from: Float32Array,
  fromStart: number,
  units: number,
  scale: number
): void {
  for (let unit = 0; unit < units; unit += 1)
    to[toStart + unit] = (to[toStart + unit] ?? 0) + scale * (from[fromStart + unit] ?? 0)
}

/** Processors are many times slower at numbers below 1e-38. */
function faded(value: number): number {
  return Math.abs(value) < 1e-30 ? 0 : value
}
