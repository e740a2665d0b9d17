import { decideManyAnswerSchema } from '../contracts/held.ts'
import { messageStorySchema } from '../contracts/messages.ts'
import { verdictAnswerSchema } from '../contracts/verdict-answer.ts'
import { loadConfig } from '../config/load-config.ts'
import { CliError, usageError } from './frame/cli-error.ts'
import { configFileOf, type CommandContext } from './frame/command-context.ts'
import { exitCode } from './frame/exit-code.ts'
import { readPages, type MessagePage, type PageFlags } from './views/message-pages.ts'
import { printMessage, timeLeft } from './views/message-view.ts'
import { withService, type AskedService } from './running/private-service.ts'
import type { ServiceClient } from './running/service-client.ts'
import { printTable } from './views/table.ts'
import type { Terminal } from './views/terminal.ts'
import { verdictView } from './views/verdict-view.ts'

/** `sluice held list`: the next to expire first. */
export async function listHeld(flags: PageFlags, context: CommandContext): Promise<number> {
  const page = await asked(context, ({ client }) => readPages(client, '/v1/held', flags))
  if (context.json) context.terminal.printJson(page)
  else printHeld(page, context.terminal)
  return exitCode('ok')
}

function printHeld({ items, nextCursor }: MessagePage, terminal: Terminal): void {
  if (items.length === 0) terminal.print('Nothing is held.')
  else
    printTable(
      terminal,
      [
        { title: 'id' },
        { title: 'risk', align: 'right' },
        { title: 'sender', width: 20 },
        { title: 'subject', width: 20 },
        { title: 'left', align: 'right' }
      ],
      items.map(({ id, sender, subject, hold }) => [
        id,
        hold === null ? '' : `${(hold.risk * 100).toFixed(0)} %`,
        sender,
        subject,
        hold === null ? '' : timeLeft(hold.deadline, Date.now())
      ])
    )
  if (nextCursor !== null) terminal.print('\nThere are more: see --limit N.')
}

/** `sluice held show ID`: the message, and why it was held. */
export async function showHeld({ id }: { readonly id: string }, context: CommandContext): Promise<number> {
  const story = await asked(context, async ({ client }) => {
    // Only what is or was held: the queue has a command of its own
    await client.get(`/v1/held/${encodeURIComponent(id)}`, messageStorySchema.partial())
    return client.get(`/v1/messages/${encodeURIComponent(id)}`, messageStorySchema)
  })
  if (context.json) context.terminal.printJson(story)
  else {
    printMessage(story, story.attemptLog, context.terminal)
    const verdict = verdictAnswerSchema.safeParse(story.verdict)
    if (verdict.success) {
      context.terminal.print('')
      context.terminal.print(verdictView(verdict.data, { title: story.subject, terminal: context.terminal }))
    }
  }
  return exitCode('ok')
}

export interface DecideFlags {
  /** All that this sender has, instead of ids. */
  readonly sender?: string
  readonly note?: string
}

export interface DecideOptions extends DecideFlags {
  readonly decision: 'release' | 'reject'
  readonly ids: readonly string[]
}

type Outcome = Decided['items'][number]['outcome']
type Decided = ReturnType<typeof decideManyAnswerSchema.parse>

/** `sluice held release|reject ID…`, or all of one sender. */
export async function decideHeld(options: DecideOptions, context: CommandContext): Promise<number> {
  const { ids, sender, decision } = options
  if ((ids.length === 0) === (sender === undefined))
    throw usageError('needs either ids or --sender', `For example: npx sluice held ${decision} ID`)
  const { items, isPrivate } = await asked(context, async (service) => ({
    items: await decideAll(service.client, options),
    isPrivate: service.isPrivate
  }))
  if (context.json) context.terminal.printJson({ items })
  else printDecided(items, options, isPrivate, context.terminal)
  const failed = items.filter(({ outcome }) => outcome !== 'done').length
  if (failed === 0) return exitCode('ok')
  throw new CliError(`${failed} of ${items.length} could not be decided`, {
    remedy: 'See `npx sluice held list` for what is held.'
  })
}

const maxPerCall = 200

async function decideAll(client: ServiceClient, options: DecideOptions): Promise<Decided['items']> {
  const { decision, ids, sender, note = null } = options
  const items: Decided['items'] = []
  if (sender === undefined) {
    for (let from = 0; from < ids.length; from += maxPerCall) {
      const body = { decision, ids: ids.slice(from, from + maxPerCall), note }
      items.push(...(await client.post('/v1/held/decide', body, decideManyAnswerSchema)).items)
    }
    return items
  }
  for (let more = true; more;) {
    const answer = await client.post('/v1/held/decide', { decision, sender, note }, decideManyAnswerSchema)
    items.push(...answer.items)
    // A round that decides nothing would repeat for ever
    more = answer.more && answer.items.some(({ outcome }) => outcome === 'done')
  }
  return items
}

function printDecided(
  items: Decided['items'],
  { decision, sender }: DecideOptions,
  isPrivate: boolean,
  terminal: Terminal
): void {
  const done = decision === 'release' ? 'released' : 'rejected'
  const said: Readonly<Record<Outcome, string>> = {
    done: terminal.paint('green', done),
    unknown: terminal.paint('red', 'no such message'),
    'not-held': terminal.paint('red', 'not held any more')
  }
  for (const { id, outcome } of items) terminal.print(`${id}  ${said[outcome]}`)
  if (items.length === 0) terminal.print(`${sender ?? ''} has nothing held.`)
  else if (isPrivate && decision === 'release')
    terminal.print('No service runs: it leaves with the next `npx sluice start`.')
}

async function asked<Result>(
  context: CommandContext,
  act: (service: AskedService) => Promise<Result>
): Promise<Result> {
  return withService(loadConfig(configFileOf(context)), act)
}
