import { resolve } from 'node:path'
import { loadConfig } from '../../config/load-config.ts'
import { configFileOf, type CommandContext } from '../frame/command-context.ts'
import { exitCode } from '../frame/exit-code.ts'
import { openProgressBars } from '../views/progress-bars.ts'
import { simulationView } from '../views/simulation-view.ts'
import { modelsToTest, toldAs, type TestedModelsFlags } from './backtest-history.ts'
import { withHistory, type SpanFlags } from './with-history.ts'

export interface EvaluateHistoryFlags extends SpanFlags, TestedModelsFlags {
  readonly victims?: number
  readonly attacksPerSender: number
  readonly seed: number
  readonly data?: string
  readonly inventedTexts?: boolean
  readonly report?: string
}

/** Minutes, and intervals of about a point. */
const usualVictims = 300

/** `sluice evaluate --simulate --history`: what would have happened, had mailboxes of this installation been taken over. Changes nothing. */
export async function runEvaluateHistory(flags: EvaluateHistoryFlags, context: CommandContext): Promise<number> {
  const { config } = loadConfig(configFileOf(context))
  const { simulateHistory } = await import('../../../training/attacks/history/simulate-history.ts')
  const { testModels } = await import('../../../training/backtest/history/tested-models.ts')
  const { inventedBadTexts, loadBadTexts } = await import('../../../training/attacks/load-bad-texts.ts')
  const { seed, data, report, victims = usualVictims, attacksPerSender } = flags
  const models = await modelsToTest(flags, config)
  const bars = openProgressBars()
  try {
    return await withHistory(flags, context, async ({ reader, span }) => {
      const tested = await testModels({ ...models, models: models.scoring }, config.policy, reader)
      const texts = flags.inventedTexts === true ? inventedBadTexts(seed) : await loadBadTexts(seed, data === undefined ? null : resolve(data))
      const found = await toldAs(() =>
        simulateHistory({ reader, span, tested, texts, seed, victims, attacksPerSender, now: Date.now(), progress: bars.progress })
      )
      bars.end()
      if (report !== undefined) {
        const { writeSimulationReport } = await import('../../../training/attacks/history/report/write-report.ts')
        await writeSimulationReport(resolve(report), found)
      }
      if (context.json) context.terminal.printJson(found)
      else simulationView(found, { terminal: context.terminal, report: report ?? null })
      return exitCode('ok')
    })
  } finally {
    bars.end()
    models.close()
  }
} // prettier-ignore
