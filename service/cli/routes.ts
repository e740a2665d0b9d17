import { loadConfig } from '../config/load-config.ts'
import { routeAnswerSchema, routeListSchema, type PathAnswer, type RouteAnswer } from '../contracts/route.ts'
import { configFileOf, type CommandContext } from './frame/command-context.ts'
import { exitCode } from './frame/exit-code.ts'
import { withService } from './running/private-service.ts'
import { timeLeft } from './views/message-view.ts'
import { printTable, type Cell } from './views/table.ts'
import { factLines, type Style, type Terminal } from './views/terminal.ts'

/** `sluice routes list`. */
export async function listRoutes(_options: object, context: CommandContext): Promise<number> {
  const { items } = await withService(loadConfig(configFileOf(context)), ({ client }) =>
    client.get('/v1/routes', routeListSchema)
  )
  if (context.json) context.terminal.printJson({ items, nextCursor: null })
  else
    printTable(
      context.terminal,
      [
        { title: 'route' },
        { title: 'kind' },
        { title: 'pool' },
        { title: 'state' },
        { title: 'open', align: 'right' },
        { title: 'bad ways', align: 'right' },
        { title: 'trouble', width: 44, isWrapped: true }
      ],
      items.map((route) => [
        route.name,
        route.host === null ? route.kind : `${route.kind} ${route.host}`,
        route.pool ?? '',
        stateCell(route),
        route.outstanding,
        route.badPaths,
        route.trouble ?? route.stateWhy ?? worstOf(route)
      ])
    )
  return exitCode('ok')
}

/** `sluice routes show NAME`. */
export async function showRoute(
  { name }: { readonly name: string },
  context: CommandContext
): Promise<number> {
  const route = await withService(loadConfig(configFileOf(context)), ({ client }) =>
    client.get(pathOf(name), routeAnswerSchema)
  )
  if (context.json) context.terminal.printJson(route)
  else printRoute(route, context.terminal)
  return exitCode('ok')
}

export interface RouteStateOptions {
  readonly name: string
  readonly state: string
  readonly why?: string
}

/** `sluice routes resume|demote|pause NAME`. */
export async function setRouteState(
  { name, ...body }: RouteStateOptions,
  context: CommandContext
): Promise<number> {
  const route = await withService(loadConfig(configFileOf(context)), ({ client }) =>
    client.put(`${pathOf(name)}/state`, body, routeAnswerSchema)
  )
  if (context.json) context.terminal.printJson(route)
  else context.terminal.print(`${name} is ${route.state}`)
  return exitCode('ok')
}

function pathOf(name: string): string {
  return `/v1/routes/${encodeURIComponent(name)}`
}

function worstOf({ paths }: RouteAnswer): string {
  return paths.find(({ trouble }) => trouble !== null)?.trouble ?? ''
}

const conditionStyles = { good: 'green', bad: 'red', returning: 'yellow' } as const satisfies Record<
  PathAnswer['condition'],
  Style
>

/** What somebody decided stands before what is measured. */
function stateCell({ state, condition }: RouteAnswer): Cell {
  return state === 'active'
    ? { text: condition, style: conditionStyles[condition] }
    : { text: state, style: 'yellow' }
}

function printRoute(route: RouteAnswer, terminal: Terminal): void {
  terminal.print(factLines(terminal, factsOf(route)))
  if (route.paths.length === 0) return
  terminal.print('')
  const now = Date.now()
  printTable(
    terminal,
    [
      { title: 'destination', width: 28 },
      { title: 'way' },
      { title: 'share', align: 'right' },
      { title: 'kB/s', align: 'right' },
      { title: 'usual', align: 'right' },
      { title: 'next try', align: 'right' },
      { title: 'trouble', width: 40, isWrapped: true }
    ],
    route.paths.map((path) => [
      path.destination,
      { text: path.condition, style: conditionStyles[path.condition] },
      percent(path.share),
      kilobytes(path.bytesPerSecond),
      kilobytes(path.usualBytesPerSecond),
      path.probeAt === null ? '' : timeLeft(path.probeAt, now),
      path.trouble ?? ''
    ])
  )
}

function factsOf(route: RouteAnswer): [string, string][] {
  const { name, kind, host, pool, algorithm, weight, fallback, domains, senders, labels, warmUp } = route
  const facts: [string, string | null][] = [
    ['name', name],
    ['kind', host === null ? kind : `${kind}, ${host}`],
    ['pool', pool && `${pool}, ${algorithm ?? ''}, weight ${weight}`],
    ['fallback', fallback],
    ['domains', listed(domains)],
    ['senders', listed(senders)],
    ['labels', listed(labels)],
    ['state', route.stateWhy === null ? route.state : `${route.state}: ${route.stateWhy} (${route.stateBy})`],
    ['way', route.trouble === null ? route.condition : `${route.condition}: ${route.trouble}`],
    ['open jobs', String(route.outstanding)],
    [
      'warm-up',
      warmUp &&
        `${warmUp.limit} a day to each of: ${warmUp.groups.map(({ group, sent }) => `${group} ${sent}`).join(', ')}`
    ]
  ]
  return facts.flatMap(([fact, value]): [string, string][] => (value === null ? [] : [[fact, value]]))
}

function listed(values: readonly string[]): string | null {
  return values.length === 0 ? null : values.join(', ')
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function kilobytes(bytesPerSecond: number | null): string {
  return bytesPerSecond === null ? '' : (bytesPerSecond / 1_000).toFixed(bytesPerSecond < 10_000 ? 1 : 0)
}
