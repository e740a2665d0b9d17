import { join } from 'node:path'
import { measureDrift } from '../../../training/drift/measure-drift.ts'
import { trainedOnIn } from '../../../training/drift/trained-on.ts'
import { writeDrift } from '../../../training/drift/report/write-drift.ts'
import { loadConfig } from '../../config/load-config.ts'
import { configFileOf, type CommandContext } from '../frame/command-context.ts'
import { exitCode } from '../frame/exit-code.ts'
import { withHistory, type SpanFlags } from '../training/with-history.ts'
import { printDrift } from '../views/drift-view.ts'
import { openProgressBars } from '../views/progress-bars.ts'

export interface DriftFlags extends Pick<SpanFlags, 'since' | 'until'> {
  /** Directory for the report and its pictures. */
  readonly report?: string
}

/** `sluice models drift`: how far mail, scores, risks and holds have moved, week by week. */
export async function showDrift(
  { report: directory, ...span }: DriftFlags,
  context: CommandContext
): Promise<number> {
  const { config } = loadConfig(configFileOf(context))
  const { holdBudgetPer10k, badPrior } = config.policy
  const bars = openProgressBars()
  try {
    const report = await withHistory(span, context, ({ reader, span: asked }) =>
      measureDrift({
        reader,
        span: asked,
        now: Date.now(),
        holdBudgetPer10k,
        badPrior,
        trainedOn: trainedOnIn(join(config.dataDir, 'models')),
        progress: bars.progress
      })
    )
    bars.end()
    const files = directory === undefined ? [] : await writeDrift(directory, report)
    if (context.json) context.terminal.printJson(report)
    else printDrift(report, context.terminal)
    if (!context.json && directory !== undefined)
      context.terminal.print(`\nWritten to ${directory}: ${files.join(', ')}.`)
    return exitCode('ok')
  } finally {
    bars.end()
  }
}
