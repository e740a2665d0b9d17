import { topmostValue } from './header-block.ts'

/** The id that the host before us gave the message: of the topmost Received field, which is its own. null: it names none. */
export function lastQueueId(raw: Uint8Array): string | null {
  return /\sid ([\w-]{1,64})\b/u.exec(topmostValue(raw, 'received') ?? '')?.[1] ?? null
}
