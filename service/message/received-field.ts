import { fieldValue, headerFields } from './header-block.ts'

/** The id that the host before us gave the message: of the topmost Received field, which is its own. null: it names none. */
export function lastQueueId(raw: Uint8Array): string | null {
  for (const field of headerFields(raw))
    if (field.name === 'received') return /\sid ([\w-]{1,64})\b/u.exec(fieldValue(raw, field))?.[1] ?? null
  return null
}
