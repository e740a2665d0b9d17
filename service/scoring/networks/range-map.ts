/**
 * What belongs to ranges of numbers that follow each other: range `i` begins at `high[i]` (and `low[i]`, where numbers have 64 bits)
 * and ends where the next one begins. Typed arrays: half a million ranges in a few megabytes that are never copied nor collected.
 */
export interface RangeMap {
  readonly high: Uint32Array
  /** Empty where all numbers have 32 bits. */
  readonly low: Uint32Array
  readonly values: Uint32Array | Uint16Array
}

/** The value at a number, 0 before the first range. A binary search: nineteen steps for half a million. */
export function valueAt({ high, low, values }: RangeMap, atHigh: number, atLow: number): number {
  let from = 0
  let to = high.length
  while (from < to) {
    const middle = (from + to) >>> 1
    const start = high[middle] ?? 0
    const begins = start === atHigh ? (low[middle] ?? 0) <= atLow : start < atHigh
    if (begins) from = middle + 1
    else to = middle
  }
  return from === 0 ? 0 : (values[from - 1] ?? 0)
}

/** Collects ranges in ascending order. */
export interface RangeMapBuilder {
  /** This value from this number on. What was said of the same number, or of later ones, is replaced. */
  add(high: number, low: number, value: number): void
  finish(): { readonly high: Uint32Array; readonly low: Uint32Array; readonly values: Uint32Array }
}

export function createRangeMapBuilder(bits: 32 | 64): RangeMapBuilder {
  const highs: number[] = []
  const lows: number[] = []
  const values: number[] = []
  const reaches = (high: number, low: number): boolean => {
    const last = highs.at(-1) ?? -1
    return last === high ? (lows.at(-1) ?? 0) >= low : last > high
  }
  return {
    add: (high, low, value) => {
      while (reaches(high, low)) {
        highs.pop()
        lows.pop()
        values.pop()
      }
      if ((values.at(-1) ?? 0) === value) return
      highs.push(high)
      lows.push(low)
      values.push(value)
    },
    finish: () => ({
      high: Uint32Array.from(highs),
      low: Uint32Array.from(bits === 32 ? [] : lows),
      values: Uint32Array.from(values)
    })
  }
}
