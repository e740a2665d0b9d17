import { loadConfig } from '../../config/load-config.ts'
import { modelListSchema, promotedSchema } from '../../contracts/model.ts'
import type { Gate } from '../../contracts/model-gate.ts'
import { CliError } from '../frame/cli-error.ts'
import { configFileOf, type CommandContext } from '../frame/command-context.ts'
import { exitCode } from '../frame/exit-code.ts'
import { withService } from '../running/private-service.ts'
import { ServiceProblem, type ServiceClient } from '../running/service-client.ts'
import { openProgressBars } from '../views/progress-bars.ts'
import { printTable, type Cell } from '../views/table.ts'
import type { Terminal } from '../views/terminal.ts'

export interface PromoteFlags {
  readonly force?: boolean
}

export interface PromoteOptions extends PromoteFlags {
  readonly name: string
  readonly version: string
}

/** The gate measures for some seconds, on a busy machine for minutes. */
const gateMs = 600_000

/** `sluice models promote NAME VERSION`: measured against the active one, then in use. */
export async function promoteModel(
  { name, version, force = false }: PromoteOptions,
  context: CommandContext
): Promise<number> {
  const { terminal, json } = context
  try {
    const promoted = await withService(loadConfig(configFileOf(context)), ({ client }) =>
      withProgress(client, () =>
        client.post(
          `/v1/models/${encodeURIComponent(name)}/promote`,
          { version, force },
          promotedSchema,
          gateMs
        )
      )
    )
    if (json) {
      terminal.printJson(promoted)
      return exitCode('ok')
    }
    printGate(promoted.gate, terminal)
    const { previous, thresholds, removed, reasons } = promoted
    for (const reason of reasons) terminal.print(terminal.paint('yellow', `Forced although: ${reason}`))
    terminal.print(`${name} ${version} is in use; before it was ${previous ?? 'the model of this release'}.`)
    terminal.print(startOf[thresholds])
    if (removed.length > 0) terminal.print(`Removed from disk: ${removed.join(', ')}.`)
    return exitCode('ok')
  } catch (error) {
    if (!(error instanceof ServiceProblem) || error.problem.code !== 'GATE_REFUSED') throw error
    const { gate, detail } = error.problem
    if (json) terminal.printJson(error.problem)
    else if (gate !== undefined) printGate(gate, terminal)
    throw new CliError(`${name} ${version} is not promoted: ${detail ?? ''}`, {
      remedy:
        'Let it score beside the active one with `npx sluice models shadow`, or insist with --force. The active version is untouched.'
    })
  }
}

const startOf = {
  window: 'Its thresholds go on from what it scored here as a shadow.',
  manifest:
    'Its thresholds start from its manifest: too little of this installation’s mail has been scored by it for thresholds of its own.'
} as const

/** Asks how far it is while the answer is awaited. */
async function withProgress<Result>(client: ServiceClient, act: () => Promise<Result>): Promise<Result> {
  const bars = openProgressBars()
  const look = async (): Promise<void> => {
    const { promotion } = await client.get('/v1/models', modelListSchema)
    if (promotion !== null) bars.progress(promotion.step, promotion.done, promotion.total)
  }
  const timer = setInterval(() => void look().catch(() => undefined), 500)
  try {
    return await act()
  } finally {
    clearInterval(timer)
    bars.end()
  }
}

function printGate(gate: Gate, terminal: Terminal): void {
  const { set, heldPer10k, slices, version, against } = gate
  if (set === null || slices.length === 0) return
  const { source, honest, bad, senders } = set
  terminal.print(
    `Measured on ${bad} attacks and ${honest} honest messages of ${senders} senders (${source}), both holding ${Math.round(heldPer10k ?? 0)} honest messages per 10,000.\n`
  )
  const columns = [
    { title: 'held' },
    { title: 'messages', align: 'right' as const },
    { title: against, align: 'right' as const },
    { title: version, align: 'right' as const },
    { title: 'difference (95 %)', align: 'right' as const }
  ]
  const rows = slices.map((slice): Cell[] => {
    const range = `${percent(slice.difference)} (${percent(slice.low)} to ${percent(slice.high)})`
    return [
      slice.slice,
      String(slice.messages),
      percent(slice.active),
      percent(slice.candidate),
      slice.isWorse ? { text: range, style: 'red' } : range
    ]
  })
  printTable(terminal, columns, rows)
  terminal.print('')
}

function percent(share: number | null): string {
  return share === null ? '-' : `${(100 * share).toFixed(1)} %`
}
