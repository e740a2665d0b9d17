import { loadConfig } from '../config/load-config.ts'
import type { z } from 'zod'
import { verdictAnswerSchema } from '../contracts/verdict-answer.ts'
import { messageStorySchema } from '../contracts/messages.ts'
import { queuedMessageSchema, type QueuedMessageAnswer } from '../contracts/queue.ts'
import { bulkOrderedSchema } from '../contracts/queue-orders.ts'
import { usageError } from './frame/cli-error.ts'
import { configFileOf, type CommandContext } from './frame/command-context.ts'
import { exitCode } from './frame/exit-code.ts'
import { filterOf, readPages, type MessagePage, type PageFlags } from './views/message-pages.ts'
import { printMessage, recipientsCell, stateCell, timeLeft } from './views/message-view.ts'
import { withService } from './running/private-service.ts'
import { printTable } from './views/table.ts'
import { factLines, type Terminal } from './views/terminal.ts'

/** `sluice queue list`: what waits, unless another state is asked for. */
export async function listQueue(flags: PageFlags, context: CommandContext): Promise<number> {
  const { state, ...others } = flags
  const asked = state === undefined || state === 'all' ? others : flags
  const page = await withService(loadConfig(configFileOf(context)), ({ client }) =>
    readPages(client, '/v1/queue', asked)
  )
  if (context.json) context.terminal.printJson(page)
  else printQueue(page, context.terminal)
  return exitCode('ok')
}

function printQueue({ items, nextCursor }: MessagePage, terminal: Terminal): void {
  if (items.length === 0) terminal.print('There are no such messages. See --state for the others.')
  else
    printTable(
      terminal,
      [
        { title: 'id' },
        { title: 'state' },
        { title: 'sender', width: 18 },
        { title: 'to', width: 18 },
        { title: 'tries', align: 'right' },
        { title: 'next', align: 'right' }
      ],
      items.map((message) => [
        message.id,
        stateCell(message.state),
        message.sender,
        recipientsCell(message),
        message.attempts,
        message.nextAttemptAt === null ? '' : timeLeft(message.nextAttemptAt, Date.now())
      ])
    )
  if (nextCursor !== null) terminal.print('\nThere are more: see --limit N.')
}

/** `sluice queue show ID`: recipients, their last replies, and the attempts. */
export async function showQueued({ id }: { readonly id: string }, context: CommandContext): Promise<number> {
  const story = await withService(loadConfig(configFileOf(context)), ({ client }) =>
    client.get(`/v1/messages/${encodeURIComponent(id)}`, messageStorySchema)
  )
  if (context.json) context.terminal.printJson(story)
  else printStory(story, context.terminal)
  return exitCode('ok')
}

function printStory(story: z.output<typeof messageStorySchema>, terminal: Terminal): void {
  printMessage(story, story.attemptLog, terminal)
  const verdict = verdictAnswerSchema.safeParse(story.verdict).data
  const facts: [string, string][] = []
  if (story.waitsFor != null) facts.push(['waits for', story.waitsFor])
  if (verdict !== undefined) {
    const reasons = verdict.reasons.slice(0, 3).map(({ code }) => code)
    const risk = `risk ${(verdict.risk * 100).toFixed(1)} %`
    facts.push(['verdict', [verdict.verdict, risk, ...reasons].join(', ')])
  }
  if (facts.length > 0) terminal.print(`\n${factLines(terminal, facts)}`)
}

export interface OrderFlags extends Omit<PageFlags, 'limit' | 'state' | 'cursor'> {
  readonly all?: boolean
  readonly dryRun?: boolean
}

export interface OrderOptions extends OrderFlags {
  readonly order: 'retry' | 'cancel'
  readonly ids: readonly string[]
}

const done = {
  retry: 'is tried again now',
  cancel: 'is cancelled; no report goes to its sender'
} as const satisfies Record<OrderOptions['order'], string>

/** `sluice queue retry|cancel ID…`, where the first that cannot be ordered ends it; or all that a filter finds. */
export async function orderQueued(options: OrderOptions, context: CommandContext): Promise<number> {
  const { order, ids, all = false, dryRun = false } = options
  const filter = filterOf(options)
  const isFiltered = all || Object.values(filter).some((value) => value !== undefined)
  if (isFiltered === ids.length > 0 || (ids.length > 0 && dryRun))
    throw usageError('Name messages by their ids, or by a filter such as --domain, or --all')
  return isFiltered ? orderMany({ order, dryRun, filter, all }, context) : orderEach({ order, ids }, context)
}

interface ManyOptions {
  readonly order: OrderOptions['order']
  readonly dryRun: boolean
  readonly filter: Readonly<Record<string, string | undefined>>
  readonly all: boolean
}

async function orderMany(
  { order, dryRun, filter, all }: ManyOptions,
  context: CommandContext
): Promise<number> {
  const total = { matched: 0, changed: 0 }
  await withService(loadConfig(configFileOf(context)), async ({ client }) => {
    for (let cursor: string | undefined, more = true; more;) {
      const body = { order: dryRun ? 'count' : order, filter, all, cursor }
      const step = await client.post('/v1/queue/orders', body, bulkOrderedSchema)
      total.matched += step.matched
      total.changed += step.changed
      cursor = step.nextCursor ?? undefined
      more = cursor !== undefined
    }
  })
  if (context.json) context.terminal.printJson(total)
  else if (dryRun) context.terminal.print(`${total.matched} messages are meant; nothing was changed`)
  else context.terminal.print(`${total.changed} of ${total.matched} messages: ${manyDone[order]}`)
  return exitCode('ok')
}

const manyDone = {
  retry: 'tried again now; the others were due already',
  cancel: 'cancelled; no report goes to their senders'
} as const

async function orderEach(
  { order, ids }: Pick<OrderOptions, 'order' | 'ids'>,
  context: CommandContext
): Promise<number> {
  return withService(loadConfig(configFileOf(context)), async ({ client, isPrivate }) => {
    for (const id of ids) {
      const path = `/v1/queue/${encodeURIComponent(id)}/${order}`
      const message: QueuedMessageAnswer = await client.post(path, undefined, queuedMessageSchema)
      if (context.json) context.terminal.printJson(message)
      else if (order === 'retry' && isPrivate)
        context.terminal.print(`${id} is tried with the next \`npx sluice start\``)
      else context.terminal.print(`${id} ${done[order]}`)
    }
    return exitCode('ok')
  })
}
