import { join } from 'node:path'
import type { z } from 'zod'
import { loadConfig } from '../config/load-config.ts'
import { modelListSchema } from '../contracts/model.ts'
import { loadModels } from '../models/load-models.ts'
import { silentLogger, type Logger } from '../telemetry/logger.ts'
import { CliError } from './frame/cli-error.ts'
import { configFileOf, type CommandContext } from './frame/command-context.ts'
import { exitCode } from './frame/exit-code.ts'
import { findService } from './running/running-service.ts'
import { printTable, type Cell } from './views/table.ts'
import { factLines } from './views/terminal.ts'

type Model = z.output<typeof modelListSchema>['items'][number]

const known = ['content', 'takeover']

/** `sluice models list`: what the running service uses, else what the next start would. */
export async function listModels(_options: object, context: CommandContext): Promise<number> {
  const { items, faults } = await readModels(context)
  const { terminal } = context
  if (context.json) {
    terminal.printJson({ items, nextCursor: null })
    return exitCode('ok')
  }
  const missing = known.filter((name) => !items.some((model) => model.name === name))
  const rows: Cell[][] = [
    ...items.map(({ name, version, source, backend, createdAt }) => [
      name,
      version,
      source,
      backend,
      createdAt
    ]),
    ...missing.map((name) => [name, { text: 'none', style: 'yellow' } as const, '', '', ''])
  ]
  const titles = ['model', 'version', 'source', 'backend', 'made']
  printTable(terminal, titles.map((title) => ({ title })), rows) // prettier-ignore
  for (const fault of faults) terminal.print(terminal.paint('yellow', `\n${fault}`))
  return exitCode('ok')
}

/** `sluice models show NAME`: how good it was, by slice. */
export async function showModel(
  { name }: { readonly name: string },
  context: CommandContext
): Promise<number> {
  const { terminal } = context
  const { items } = await readModels(context)
  const model = items.find((one) => one.name === name)
  if (model === undefined)
    throw new CliError(`no model ${name} is in use`, { remedy: 'See `npx sluice models list`.' })
  if (context.json) terminal.printJson(model)
  else {
    const { version, source, backend, createdAt, featureDigest, metrics } = model
    const facts = { model: name, version, source, backend, made: createdAt, features: featureDigest }
    terminal.print(`${factLines(terminal, Object.entries(facts))}\n`)
    const rows = Object.entries(metrics).flatMap(([slice, measures]) =>
      Object.entries(measures).map(([measure, value]) => [slice, measure, figure(value)])
    )
    const columns = [{ title: 'slice' }, { title: 'measure' }, { title: 'value', align: 'right' as const }]
    printTable(terminal, columns, rows)
  }
  return exitCode('ok')
}

function figure(value: number | null): string {
  if (value === null) return '-'
  return Number.isInteger(value) ? String(value) : value.toPrecision(4)
}

async function readModels(
  context: CommandContext
): Promise<{ readonly items: readonly Model[]; readonly faults: readonly string[] }> {
  const loaded = loadConfig(configFileOf(context))
  const service = await findService(loaded)
  if (service !== undefined)
    return { items: (await service.get('/v1/models', modelListSchema)).items, faults: [] }
  const faults: string[] = []
  const { dataDir, models } = loaded.config
  const found = await loadModels({
    directory: join(dataDir, 'models'),
    backend: models.backend,
    log: collect(faults)
  })
  try {
    return { items: found.describe().map((model) => ({ ...model, metrics: { ...model.metrics } })), faults }
  } finally {
    found.close()
  }
}

/** Why a model was passed over. */
function collect(faults: string[]): Logger {
  return {
    ...silentLogger,
    error: (_event, { name, code, ...others } = {}) => {
      const told = Object.entries(others).map(([fact, value]) => `${fact} ${String(value)}`)
      faults.push(`${String(name)}: ${String(code)} (${told.join(', ')})`)
    }
  }
}
