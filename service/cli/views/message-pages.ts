import type { z } from 'zod'
import { messagePageSchema } from '../../contracts/queue.ts'
import type { ServiceClient } from '../running/service-client.ts'

export interface PageFlags {
  readonly sender?: string
  readonly state?: string
  /** Of a recipient. */
  readonly domain?: string
  readonly route?: string
  readonly label?: string
  /** `90m`, `6h`, `2d`: accepted longer ago. Hours as a number. */
  readonly olderThan?: number
  /** How many at most. */
  readonly limit: number
  /** Where the last list ended. */
  readonly cursor?: string
}

export type MessagePage = z.output<typeof messagePageSchema>

/** What the service is asked to look for. */
export function filterOf(flags: Omit<PageFlags, 'limit'>): Readonly<Record<string, string | undefined>> {
  const { sender, domain, route, label, olderThan } = flags
  const before = olderThan === undefined ? undefined : Date.now() - olderThan * hourMs
  return {
    sender,
    domain,
    route,
    label,
    acceptedBefore: before === undefined ? undefined : new Date(before).toISOString()
  }
}

const hourMs = 3_600_000

/** As many as the service gives at once. */
const maxPerCall = 200

/** Reads on until there are `limit` messages or no more. */
export async function readPages(
  service: ServiceClient,
  path: string,
  flags: PageFlags
): Promise<MessagePage> {
  const items: MessagePage['items'] = []
  let cursor = flags.cursor
  do {
    const query = new URLSearchParams({ limit: String(Math.min(maxPerCall, flags.limit - items.length)) })
    for (const [name, value] of Object.entries({ ...filterOf(flags), state: flags.state, cursor }))
      if (value !== undefined) query.set(name, value)
    const page = await service.get(`${path}?${query.toString()}`, messagePageSchema)
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && items.length < flags.limit)
  return { items, nextCursor: cursor ?? null }
}
