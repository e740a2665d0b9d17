import { join, resolve } from 'node:path'
import { HistoryTrainingError } from '../../../training/history/training-fault.ts'
import type { ChosenModels } from '../../../training/backtest/choose-models.ts'
import type { Config } from '../../config/config-schema.ts'
import { loadConfig } from '../../config/load-config.ts'
import { CliError, usageError } from '../frame/cli-error.ts'
import { configFileOf, type CommandContext } from '../frame/command-context.ts'
import { exitCode } from '../frame/exit-code.ts'
import { modelFaults } from '../frame/tell-faults.ts'
import { openJsonLines } from '../running/json-lines-file.ts'
import { historyBacktestView } from '../views/history-backtest-view.ts'
import { openProgressBars } from '../views/progress-bars.ts'
import { withHistory, type SpanFlags } from './with-history.ts'

export interface TestedModelsFlags {
  /** A directory of models. */
  readonly models?: string
  /** What scores as a shadow. */
  readonly shadow?: boolean
}

export interface BacktestHistoryFlags extends SpanFlags, TestedModelsFlags {
  readonly history?: boolean
  readonly out?: string
  readonly seed: number
}

interface Flags extends BacktestHistoryFlags {
  readonly file: string | undefined
  readonly [ofFiles: string]: unknown
}

/** Options that say how a file is scored: history was scored once, by rules of its own. */
const ofFiles = ['limit', 'honest', 'withLimits', 'keepHolds', 'windowMinMessages', 'windowMinSenders', 'windowMaxSenderShare'] // prettier-ignore

/** `sluice backtest --history`: how good the models in use, or others, would have been on what came. Changes nothing. */
export async function runBacktestHistory(flags: Flags, context: CommandContext): Promise<number> {
  refuseMixed(flags)
  const { config } = loadConfig(configFileOf(context))
  const { backtestHistory } = await import('../../../training/backtest/history/backtest-history.ts')
  const { testModels } = await import('../../../training/backtest/history/tested-models.ts')
  const { out, seed } = flags
  const models = await modelsToTest(flags, config)
  const verdicts = await openJsonLines(out)
  const bars = openProgressBars()
  const startedAt = performance.now()
  try {
    return await withHistory(flags, context, async ({ reader, span }) => {
      const { messages: expected } = await reader.summary(span)
      const tested = await testModels({ ...models, models: models.scoring }, config.policy, reader) // prettier-ignore
      const found = await toldAs(() =>
        backtestHistory({
          reader, span, tested, seed, expected, now: Date.now(), budgetWindow: config.policy.budgetWindow,
          progress: bars.progress, write: (verdict) => verdicts.write(verdict)
        })
      ) // prettier-ignore
      bars.end()
      const seconds = (performance.now() - startedAt) / 1000
      if (context.json) context.terminal.printJson({ seed, seconds, ...found })
      else historyBacktestView(found, { seconds, terminal: context.terminal })
      return exitCode('ok')
    })
  } finally {
    bars.end()
    await verdicts.close()
    models.close()
  }
}

function refuseMixed({ file, history, ...flags }: Flags): void {
  if (file !== undefined)
    throw usageError('a file and --history exclude each other', 'Give the one or the other.')
  if (history !== true)
    throw usageError(
      'neither a file nor --history is given',
      'For example: sluice backtest --history --since 30d'
    )
  const wrong = ofFiles.filter((name) => flags[name] !== undefined)
  if (wrong.length > 0)
    throw usageError(`${wrong.map(toFlag).join(', ')} only says how a file is scored`, 'Leave it out.')
}

function toFlag(name: string): string {
  return `--${name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`
}

/** Those in use, unless others are named. Closed by the caller. */
export async function modelsToTest(
  { models, shadow = false }: TestedModelsFlags,
  { dataDir, models: { backend } }: Config
): Promise<ChosenModels> {
  const { chooseModels, shadowsIn } = await import('../../../training/backtest/choose-models.ts')
  if (models !== undefined && shadow)
    throw usageError('--models and --shadow exclude each other', 'Each names the models to test.')
  const inUse = join(dataDir, 'models')
  if (shadow && (await shadowsIn(inUse)).length === 0)
    throw new CliError('no model scores as a shadow here', {
      remedy: 'Let one: `npx sluice models shadow NAME VERSION`.'
    })
  const directory = models === undefined ? inUse : resolve(models)
  return chooseModels({ directory, shadows: shadow, backend, log: modelFaults })
}

/** What history lacks, as the command line says it. */
export async function toldAs<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof HistoryTrainingError)) throw error
    throw new CliError(error.message, { remedy: error.remedy, cause: error })
  }
}
