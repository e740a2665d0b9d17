import type { BacktestLine } from '../../service/contracts/backtest-line.ts'
import { createFaultLog } from '../backtest/fault-log.ts'
import { createTruthOf } from '../backtest/label.ts'
import { openBytes } from '../backtest/open-bytes.ts'
import { readSubmissions } from '../backtest/read-submissions.ts'
import { historiesOf, type History } from './simulate-takeovers.ts'

/** The honest histories of a backtest file, gzipped or not: its probes and bad lines are passed over, and so is what can't be read. */
export async function readHistories(file: string): Promise<readonly History[]> {
  const truthOf = createTruthOf([])
  const lines: BacktestLine[] = []
  const faults = createFaultLog(() => undefined)
  for await (const { line } of readSubmissions({ bytes: openBytes(file, () => undefined), faults, limit: Infinity }))
    if (line.role === 'observe' && truthOf(line) === 'honest') lines.push(line)
  return historiesOf(lines)
} // prettier-ignore
