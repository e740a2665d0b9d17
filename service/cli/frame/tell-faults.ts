import type { PlacedFault } from '../../../training/backtest/fault-log.ts'
import { silentLogger, type Logger } from '../../telemetry/logger.ts'
import { neutralise } from '../views/neutralise.ts'

/** On standard error: what is wrong with a line of a file. */
export function tellFault(file: string, { line, code, detail }: PlacedFault): void {
  tell(`${file}, line ${line}: ${code}: ${detail}`)
}

/** On standard error, errors only: a model that does not load leaves a hole that figures would hide. */
export const modelFaults: Logger = {
  ...silentLogger,
  error: (event, facts) => tell(`${event} ${JSON.stringify(facts)}`)
}

function tell(text: string): void {
  process.stderr.write(`${neutralise(`sluice: ${text}`)}\n`)
}
