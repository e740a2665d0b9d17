import {
  backtestFaults,
  type BacktestFault,
  type BacktestFaultCode
} from '../../service/contracts/backtest-line.ts'

/** A fault and where it is: lines count from 1. */
export interface PlacedFault extends BacktestFault {
  readonly line: number
}

export interface FaultCount {
  readonly code: BacktestFaultCode
  /** The line was not scored. */
  readonly isSkipped: boolean
  readonly count: number
  /** The first of them. */
  readonly first: readonly { readonly line: number; readonly detail: string }[]
}

export interface FaultLog {
  add(line: number, fault: BacktestFault): void
  counts(): readonly FaultCount[]
}

/** Of each kind that many are kept with their lines; the others are counted. */
const keptOfEach = 5

/** Counts faults by their kind. `onFault` hears of the first few of each. */
export function createFaultLog(onFault: (fault: PlacedFault) => void): FaultLog {
  const found = new Map<BacktestFaultCode, { count: number; first: { line: number; detail: string }[] }>()
  return {
    add(line, { code, detail }) {
      const known = found.get(code) ?? { count: 0, first: [] }
      known.count += 1
      if (known.first.length < keptOfEach) {
        known.first.push({ line, detail })
        onFault({ line, code, detail })
      }
      found.set(code, known)
    },
    counts: () =>
      Array.from(found, ([code, { count, first }]) => ({
        code,
        isSkipped: backtestFaults[code].isSkipped,
        count,
        first
      }))
  }
}
