import { loadConfig } from '../config/load-config.ts'
import type { z } from 'zod'
import { destinationPageSchema } from '../contracts/destinations.ts'
import { configFileOf, type CommandContext } from './frame/command-context.ts'
import { exitCode } from './frame/exit-code.ts'
import { withService } from './running/private-service.ts'
import { timeLeft } from './views/message-view.ts'
import { printTable, type Cell } from './views/table.ts'

type Destination = z.output<typeof destinationPageSchema>['items'][number]

export interface DestinationFlags {
  readonly limit: number
  readonly cursor?: string
}

/** `sluice queue destinations`: where messages wait to go, and what holds them back. */
export async function listDestinations(
  { limit, cursor }: DestinationFlags,
  context: CommandContext
): Promise<number> {
  const query = new URLSearchParams({ limit: String(Math.min(limit, 200)) })
  if (cursor !== undefined) query.set('cursor', cursor)
  const page = await withService(loadConfig(configFileOf(context)), ({ client }) =>
    client.get(`/v1/queue/destinations?${query.toString()}`, destinationPageSchema)
  )
  const { terminal, json } = context
  if (json) terminal.printJson(page)
  else if (page.items.length === 0) terminal.print('Nothing waits.')
  else
    printTable(
      terminal,
      [
        { title: 'domain', width: 28 },
        { title: 'waiting', align: 'right' },
        { title: 'route', width: 10 },
        { title: 'active', align: 'right' },
        { title: 'per minute', align: 'right' },
        { title: 'blocked', align: 'right' },
        { title: 'by, or last reply', width: 34, isWrapped: true }
      ],
      page.items.flatMap(rowsOf)
    )
  if (page.nextCursor !== null && !json) terminal.print('\nThere are more: see --limit N.')
  return exitCode('ok')
}

/** A line for each way in use; one without where nothing of it is in memory. */
function rowsOf({ domain, waiting, lanes }: Destination): Cell[][] {
  const amount = waiting >= maxCounted ? `≥ ${waiting}` : waiting
  if (lanes.length === 0) return [[domain, amount, '', '', '', '', '']]
  return lanes.map((lane) => [
    domain,
    amount,
    lane.route,
    `${lane.active}/${lane.maxActive ?? '∞'}`,
    lane.messagesPerMinute === null ? '' : Math.round(lane.messagesPerMinute * 10) / 10,
    lane.blockedUntil === null ? '' : timeLeft(lane.blockedUntil, Date.now()),
    lane.blockedBy ?? lane.lastReply ?? ''
  ])
}

/** The service counts no further. */
const maxCounted = 10_000
