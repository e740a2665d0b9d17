import { CliError } from '../frame/cli-error.ts'
import type { CommandContext } from '../frame/command-context.ts'
import { exitCode } from '../frame/exit-code.ts'
import { printTable } from '../views/table.ts'
import { factLines, type Terminal } from '../views/terminal.ts'
import { readModels, type KnownModels } from './read-models.ts'

type Shadow = NonNullable<KnownModels['items'][number]['shadow']>

/** `sluice models show NAME`: how good it was, by slice, and what its shadow says. */
export async function showModel(
  { name }: { readonly name: string },
  context: CommandContext
): Promise<number> {
  const { terminal } = context
  const { items } = await readModels(context)
  const model = items.find((one) => one.name === name)
  if (model === undefined)
    throw new CliError(`no model ${name} is in use`, { remedy: 'See `npx sluice models list`.' })
  if (context.json) {
    terminal.printJson(model)
    return exitCode('ok')
  }
  const { version, source, backend, createdAt, featureDigest, metrics, shadow } = model
  const facts = { model: name, version, source, backend, made: createdAt, features: featureDigest }
  terminal.print(`${factLines(terminal, Object.entries(facts))}\n`)
  const rows = Object.entries(metrics).flatMap(([slice, measures]) =>
    Object.entries(measures).map(([measure, value]) => [slice, measure, figure(value)])
  )
  const columns = [{ title: 'slice' }, { title: 'measure' }, { title: 'value', align: 'right' as const }]
  printTable(terminal, columns, rows)
  if (shadow !== null) printShadow(shadow, terminal)
  return exitCode('ok')
}

function printShadow(shadow: Shadow, terminal: Terminal): void {
  const { version, since, messages, dropped, heldPer10k, meanLogitDifference, verdicts, window } = shadow
  const facts = {
    shadow: version,
    since: since ?? 'no message yet',
    messages: `${messages}, ${dropped} passed over`,
    'held per 10,000': heldPer10k === null ? '-' : `${figure(heldPer10k.active)} in use, ${figure(heldPer10k.shadow)} shadow`,
    'difference of log-odds': figure(meanLogitDifference),
    'thresholds of its own': `${Math.floor(100 * window.filledShare)} % of the mail they take`,
    verdicts: Object.entries(verdicts).map(([pair, count]) => `${pair} ${count}`).join(', ') || '-'
  } // prettier-ignore
  terminal.print(`\n${factLines(terminal, Object.entries(facts))}`)
  const rows = shadow.disagreements
    .slice(0, 10)
    .map(({ verdictId, active, shadow: other }) => [verdictId, sideOf(active), sideOf(other)])
  if (rows.length === 0) return
  terminal.print('')
  printTable(terminal, [{ title: 'verdict' }, { title: 'in use' }, { title: 'shadow' }], rows)
}

function sideOf({ verdict, risk }: Shadow['disagreements'][number]['active']): string {
  return `${verdict} ${figure(risk)}`
}

function figure(value: number | null): string {
  if (value === null) return '-'
  return Number.isInteger(value) ? String(value) : value.toPrecision(4)
}
