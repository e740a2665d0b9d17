import { loadConfig } from '../config/load-config.ts'
import { messageStorySchema } from '../contracts/messages.ts'
import { queuedMessageSchema, type QueuedMessageAnswer } from '../contracts/queue.ts'
import { configFileOf, type CommandContext } from './frame/command-context.ts'
import { exitCode } from './frame/exit-code.ts'
import { readPages, type MessagePage, type PageFlags } from './views/message-pages.ts'
import { printMessage, recipientsCell, stateCell, timeLeft } from './views/message-view.ts'
import { withService } from './running/private-service.ts'
import { printTable } from './views/table.ts'
import type { Terminal } from './views/terminal.ts'

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
  else printMessage(story, story.attemptLog, context.terminal)
  return exitCode('ok')
}

export interface OrderOptions {
  readonly order: 'retry' | 'cancel'
  readonly ids: readonly string[]
}

const done = {
  retry: 'is tried again now',
  cancel: 'is cancelled; no report goes to its sender'
} as const satisfies Record<OrderOptions['order'], string>

/** `sluice queue retry|cancel ID…`: the first that cannot be ordered ends it. */
export async function orderQueued({ order, ids }: OrderOptions, context: CommandContext): Promise<number> {
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
