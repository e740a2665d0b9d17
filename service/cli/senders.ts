import type { z } from 'zod'
import { loadConfig } from '../config/load-config.ts'
import {
  containedSchema,
  erasedSchema,
  rewoundSchema,
  senderSchema,
  type containmentStateSchema
} from '../contracts/sender.ts'
import { usageError } from './frame/cli-error.ts'
import { configFileOf, type CommandContext } from './frame/command-context.ts'
import { exitCode } from './frame/exit-code.ts'
import { withService } from './running/private-service.ts'
import { containmentStyles, printSender } from './views/sender-view.ts'
import type { ServiceClient } from './running/service-client.ts'

/** `sluice senders show NAME`. */
export async function showSender(
  { name }: { readonly name: string },
  context: CommandContext
): Promise<number> {
  const sender = await asked(context, (client) => client.get(pathOf(name), senderSchema))
  if (context.json) context.terminal.printJson(sender)
  else printSender(sender, context.terminal, Date.now())
  return exitCode('ok')
}

export interface ContainFlags {
  readonly note?: string
}

export interface ContainOptions extends ContainFlags {
  readonly name: string
  readonly state: z.output<typeof containmentStateSchema>
}

/** `sluice senders restrict|suspend|restore NAME`: stays until somebody changes it. */
export async function containSender(
  { name, state, note }: ContainOptions,
  context: CommandContext
): Promise<number> {
  const contained = await asked(context, (client) =>
    client.put(`${pathOf(name)}/containment`, { state, note: note ?? null }, containedSchema)
  )
  const { terminal } = context
  if (context.json) terminal.printJson(contained)
  else {
    const { id, from, to } = contained
    terminal.print(
      `${id} is ${terminal.paint(containmentStyles[to], to)}${from === to ? ' as before' : ` (was ${from})`}.`
    )
  }
  return exitCode('ok')
}

export interface RewindFlags extends ContainFlags {
  readonly since?: string
}

/** `sluice senders rewind NAME --since WHEN`: as if the messages since then had never been learned. */
export async function rewindSender(
  { name, since, note }: RewindFlags & { readonly name: string },
  context: CommandContext
): Promise<number> {
  const body = { since: new Date(toMoment(since, Date.now())).toISOString(), note: note ?? null }
  const rewound = await asked(context, (client) => client.post(`${pathOf(name)}/rewind`, body, rewoundSchema))
  if (context.json) context.terminal.printJson(rewound)
  else {
    const { id, forgotten, messagesSeen, complete, reaches } = rewound
    context.terminal.print(`${id}: ${forgotten} messages forgotten, ${messagesSeen} still known.`)
    if (!complete)
      context.terminal.print(
        `What came before ${reaches ?? ''} can’t be told apart any more, and stays learned.`
      )
  }
  return exitCode('ok')
}

/** `sluice senders erase NAME`: nothing is kept, and it can't be undone. */
export async function eraseSender(
  { name }: { readonly name: string },
  context: CommandContext
): Promise<number> {
  const erased = await asked(context, (client) => client.delete(pathOf(name), erasedSchema))
  if (context.json) context.terminal.printJson(erased)
  else {
    const { id, verdicts, labels, messages, open, history } = erased
    context.terminal.print(
      `${id} is erased: habits, ${verdicts} verdicts, ${labels} labels, ${messages} finished messages.`
    )
    if (open > 0)
      context.terminal.print(`${open} messages are still queued or held: erase again once they are done.`)
    if (history === 'waiting')
      context.terminal.print(`ClickHouse does not answer: rows of history are erased as soon as it does.`)
  }
  return exitCode('ok')
}

const unitsMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** An RFC 3339 time, or how long ago: `90m`, `6h`, `2d`. Epoch ms. */
export function toMoment(text: string | undefined, now: number, option = '--since'): number {
  if (text === undefined)
    throw usageError(`needs ${option}`, 'For example: --since 6h, or --since 2026-11-22T08:00:00Z')
  const ago = /^(\d{1,6})([mhd])$/u.exec(text)
  const unit = ago?.[2]
  if (unit === 'm' || unit === 'h' || unit === 'd') return now - Number(ago?.[1]) * unitsMs[unit]
  const at = /^\d{4}-\d\d-\d\dT/u.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isFinite(at)) return at
  throw usageError(
    `${option} ${text} is not a time`,
    'For example: --since 6h, or --since 2026-11-22T08:00:00Z'
  )
}

function pathOf(name: string): string {
  return `/v1/senders/${encodeURIComponent(name)}`
}

async function asked<Answer>(
  context: CommandContext,
  act: (client: ServiceClient) => Promise<Answer>
): Promise<Answer> {
  return withService(loadConfig(configFileOf(context)), ({ client }) => act(client))
}
