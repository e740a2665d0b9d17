import { resolve } from 'node:path'
import { attackFamilies, knowledges, type AttackCell } from '../../training/attacks/attack-cell.ts'
import type { ScenarioName } from '../../training/attacks/scenarios.ts'
import type { BacktestLine } from '../contracts/backtest-line.ts'
import { loadConfig } from '../config/load-config.ts'
import { backtestSettings } from './backtest-settings.ts'
import { usageError } from './frame/cli-error.ts'
import { configFileOf, type CommandContext } from './frame/command-context.ts'
import { evaluateView } from './views/evaluate-view.ts'
import { exitCode } from './frame/exit-code.ts'
import { openJsonLines } from './running/json-lines-file.ts'
import { openProgressBars } from './views/progress-bars.ts'
import { modelFaults, tellFault } from './frame/tell-faults.ts'
import { openTemporaryNetworks } from '../scoring/networks/temporary-networks.ts'

export interface EvaluateFlags {
  readonly simulate: string
  readonly scenario: ScenarioName
  readonly senders?: number
  readonly attacksPerSender: number
  readonly cell: string
  readonly seed: number
  readonly models?: string
  readonly data?: string
  readonly inventedTexts?: boolean
  readonly out?: string
}

/** `sluice evaluate --simulate FILE`: writes attacks into honest mail, and has the service's own scoring find them; or only writes them. */
export async function runEvaluate(flags: EvaluateFlags, context: CommandContext): Promise<number> {
  const played = await play(flags)
  return flags.out === undefined ? score(flags, played, context) : write(flags.out, played, context)
}

interface Played {
  readonly lines: AsyncIterable<BacktestLine>
  readonly victims: number
  readonly donors: number
}

async function play({ simulate, scenario, senders, seed, data, inventedTexts, cell, attacksPerSender }: EvaluateFlags): Promise<Played> {
  const intruder = toCell(cell)
  const { readHistories } = await import('../../training/attacks/read-histories.ts')
  const { castHistories } = await import('../../training/attacks/simulate-takeovers.ts')
  const { scenarios } = await import('../../training/attacks/scenarios.ts')
  const { inventedBadTexts, loadBadTexts } = await import('../../training/attacks/load-bad-texts.ts')
  const cast = castHistories(await readHistories(simulate), seed, senders)
  if (cast.victims.length === 0 || cast.donors.length === 0)
    throw usageError(`${simulate}: holds too few senders`, 'One is attacked, and another one lends words and programs to the thief.')
  const texts = inventedTexts === true ? inventedBadTexts(seed) : await loadBadTexts(seed, data === undefined ? null : resolve(data))
  const lines = scenarios[scenario](cast, { seed, texts, attacksPerSender, cell: intruder })
  return { lines, victims: cast.victims.length, donors: cast.donors.length }
} // prettier-ignore

function toCell(text: string): AttackCell {
  const [first, second, ...rest] = text.split('/')
  const family = attackFamilies.find((name) => name === first)
  const knowledge = knowledges.find((name) => name === second)
  if (family === undefined || knowledge === undefined || rest.length > 0)
    throw usageError(`there is no cell ${text}`, `A cell is one of ${attackFamilies.join(', ')}, a slash, and one of ${knowledges.join(', ')}.`) // prettier-ignore
  return { family, knowledge }
}

async function write(out: string, { lines }: Played, { json, terminal }: CommandContext): Promise<number> {
  const { toJsonLine } = await import('../../training/attacks/line-json.ts')
  const file = await openJsonLines(out)
  let [observed, probed] = [0, 0]
  try {
    for await (const line of lines) {
      if (line.role === 'probe') probed += 1
      else observed += 1
      await file.write(toJsonLine(line))
    }
  } finally {
    await file.close()
  }
  if (json) terminal.printJson({ out, observed, probed })
  else terminal.print(`${out} holds ${observed} messages to learn and ${probed} attacks: score them by \`sluice backtest ${out}\`.`)
  return exitCode('ok')
} // prettier-ignore

async function score(flags: EvaluateFlags, played: Played, context: CommandContext): Promise<number> {
  const { config } = loadConfig(configFileOf(context))
  const { seed, scenario, simulate } = flags
  const { chooseModels } = await import('../../training/backtest/choose-models.ts')
  const { runBacktest } = await import('../../training/backtest/backtest.ts')
  const { toJsonLines } = await import('../../training/attacks/line-json.ts')
  const { createRunSheet } = await import('../../training/attacks/score-runs.ts')
  const directory = flags.models === undefined ? null : resolve(flags.models)
  const models = await chooseModels({ directory, backend: config.models.backend, log: modelFaults })
  const networks = await openTemporaryNetworks(config.dataDir)
  const runs = createRunSheet()
  const bars = openProgressBars()
  let scored = 0
  try {
    const summary = await runBacktest({
      ...backtestSettings({}, config, networks),
      models: models.scoring,
      background: models.background,
      bytes: toJsonLines(played.lines),
      seed,
      onFault: (fault) => tellFault(simulate, fault),
      write: (answer) => {
        runs.add(answer)
        scored += 1
        bars.progress('messages scored', scored, scored)
        return Promise.resolve()
      }
    })
    bars.end()
    const thresholds = summary.optimistic.flatMap(({ threshold }) => threshold ?? [])
    const { victims, donors } = played
    const result = { scenario, seed, victims, donors, summary, runs: runs.recall(thresholds) }
    if (context.json) context.terminal.printJson(result)
    else evaluateView(result, context.terminal)
    return exitCode(summary.lines.scored > 0 ? 'ok' : 'fault')
  } finally {
    bars.end()
    await networks.close()
    models.close()
  }
}
