import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../config/config-schema.ts'
import { loadConfig } from '../../config/load-config.ts'
import { writePrivateFile } from '../../access/private-file.ts'
import { engineLibrary } from '../../history/embedded/engine-library.ts'
import { historyErrors } from '../../history/history-error.ts'
import { toModelEventEntry } from '../../history/rows/model-event-row.ts'
import { fixedModels, type ModelsInUse } from '../../models/model-ports.ts'
import { loadModels } from '../../models/shelf/load-models.ts'
import { silentLogger as log } from '../../telemetry/logger.ts'
import { CliError } from '../frame/cli-error.ts'
import { configFileOf, type CommandContext } from '../frame/command-context.ts'
import { exitCode } from '../frame/exit-code.ts'
import { openProgressBars } from '../views/progress-bars.ts'
import { blunter } from './blunter-model.ts'
import { openInventedHouse, type InventedHouse } from './invented-house.ts'
import { liveThrough } from './live-through.ts'
import { inventPlot, type Plot } from './plot.ts'

export interface SeedFlags {
  readonly senders: number
  readonly weeks: number
}

const seed = 'a history to learn on'
/** A Monday. */
const firstDay = Date.UTC(2026, 8, 28)

/**
 * `sluice history seed`: fills a data directory that does not exist yet with weeks of an invented installation, as the service would have
 * left them: mail, verdicts, holds, decisions, complaints, takeovers, a new model. To learn and to try things on, never for real mail: its
 * key is known. The same options give the same history.
 */
export async function seedHistory({ senders, weeks }: SeedFlags, context: CommandContext): Promise<number> {
  const { config } = loadConfig(configFileOf(context))
  await prepareDirectory(config)
  const bars = openProgressBars()
  const startedAt = performance.now()
  const plot = inventPlot({ seed, from: firstDay, weeks, senders })
  let now = firstDay
  const loaded = await loadModels({ directory: join(config.dataDir, 'models'), backend: 'wasm', log })
  const current = fixedModels(loaded.scoring, loaded.background)
  const before = fixedModels(blunter(loaded.scoring), loaded.background)
  const models: ModelsInUse = { take: () => (now < plot.modelChangesAt ? before : current).take() }
  const house = await openInventedHouse({ config, models, clock: () => now })
  try {
    await recordModels(house, plot, [before, current])
    const fates = await liveThrough({
      plot, house, seed,
      setTime: (at) => (now = Math.max(now, at)),
      onProgress: (done, total) => bars.progress('live through the weeks', done, total)
    }) // prettier-ignore
    await house.history.drain()
    bars.end()
    report(
      { messages: plot.mail.length, fates, seconds: (performance.now() - startedAt) / 1_000 },
      config,
      context
    )
  } finally {
    bars.end()
    await house.close()
    loaded.close()
  }
  return exitCode('ok')
}

/** Nothing is ever put beside what a service has learned. */
async function prepareDirectory({ dataDir, clickhouse }: Config): Promise<void> {
  if (existsSync(dataDir))
    throw new CliError(`${dataDir} exists`, {
      remedy:
        'Invented mail belongs into a directory of its own: set dataDir, or SLUICE_DATADIR, to one that does not exist.'
    })
  if (clickhouse.url === 'off')
    throw new CliError('No history is kept: `clickhouse.url` is "off"', { remedy: 'Set it to "embedded".' })
  if (clickhouse.url === 'embedded' && engineLibrary() === undefined)
    throw new CliError(historyErrors.HISTORY_ENGINE_MISSING)
  const keys = join(dataDir, 'keys')
  await mkdir(keys, { recursive: true, mode: 0o700 })
  await writePrivateFile(join(keys, 'installation.key'), `${'5e'.repeat(32)}\n`)
}

/** What the models' diary would say. */
async function recordModels(
  { history, accept }: InventedHouse,
  { modelChangesAt }: Plot,
  used: readonly ModelsInUse[]
) {
  const [before, after] = used.map((one) => one.take().set.models)
  const dayMs = 86_400_000
  const old = before?.takeover?.version ?? ''
  const fresh = after?.takeover?.version ?? ''
  const events = [
    { at: firstDay, name: 'content', version: after?.content?.version ?? '', event: 'loaded', by: 'start', facts: {} },
    { at: firstDay, name: 'takeover', version: old, event: 'loaded', by: 'start', facts: {} },
    { at: modelChangesAt - 7 * dayMs, name: 'takeover', version: fresh, event: 'shadowed', by: 'support', facts: {} },
    { at: modelChangesAt, name: 'takeover', version: fresh, event: 'promoted', by: 'support', facts: { against: old } }
  ] as const // prettier-ignore
  await accept(() => events.forEach((event) => history.record(toModelEventEntry(event))))
}

interface Seeded {
  readonly messages: number
  readonly fates: Readonly<Record<string, number>>
  readonly seconds: number
}

function report(seeded: Seeded, { dataDir }: Config, { json, terminal }: CommandContext): void {
  const { messages, fates, seconds } = seeded
  if (json) {
    terminal.printJson({ dataDir, messages, fates })
    return
  }
  const said = Object.entries(fates).map(([fate, count]) => `${count} ${fate}`)
  terminal.print(
    `${messages} invented messages, ${said.join(', ')}, lie in ${dataDir} (${seconds.toFixed(0)} s).`
  )
  terminal.print('To look at them: `sluice start` on this directory, then docs/train/notebooks.md.')
}
