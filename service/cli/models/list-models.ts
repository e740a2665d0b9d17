import type { CommandContext } from '../frame/command-context.ts'
import { exitCode } from '../frame/exit-code.ts'
import { printRuns } from '../views/training-view.ts'
import { printTable, type Cell } from '../views/table.ts'
import { readModels, type KnownModels } from './read-models.ts'

const known = ['content', 'takeover']

/** `sluice models list`: what is in use, and the versions on disk. */
export async function listModels(_options: object, context: CommandContext): Promise<number> {
  const { items, versions, training, faults } = await readModels(context)
  const { terminal } = context
  if (context.json) {
    terminal.printJson({ items, versions, training, nextCursor: null })
    return exitCode('ok')
  }
  const rows = known.flatMap((name) => rowsOf(name, { items, versions }))
  const titles = ['model', 'version', 'state', 'made', 'remarks']
  printTable(terminal, titles.map((title) => ({ title })), rows) // prettier-ignore
  printRuns({ items, training }, terminal)
  for (const fault of faults) terminal.print(terminal.paint('yellow', `\n${fault}`))
  return exitCode('ok')
}

function rowsOf(
  name: string,
  { items, versions }: Pick<KnownModels, 'items' | 'versions'>
): readonly Cell[][] {
  const used = items.find((model) => model.name === name)
  const inUse: Cell[] =
    used === undefined
      ? [name, { text: 'none', style: 'yellow' }, '', '', '']
      : [
          name,
          used.version,
          { text: `in use, ${used.source}`, style: 'green' },
          used.createdAt,
          remarkOf(used)
        ]
  const others = versions.filter((one) => one.name === name && !isInUse(one, used))
  return [
    inUse,
    ...others.map(({ version, state, createdAt, fault }): Cell[] => [
      name,
      version,
      state,
      createdAt ?? '',
      fault === null ? '' : { text: fault, style: 'yellow' }
    ])
  ]
}

function isInUse(
  { version, state }: KnownModels['versions'][number],
  used: KnownModels['items'][number] | undefined
): boolean {
  return used?.version === version && used.source === state
}

function remarkOf({ shadow }: KnownModels['items'][number]): string {
  if (shadow === null) return ''
  const { version, messages, window } = shadow
  return `shadow ${version}: ${messages} messages, window ${Math.floor(100 * window.filledShare)} % full`
}
