import { generateHistory } from '../../datasets/synthetic-mail/history.ts'
import { createPersonas } from '../../datasets/synthetic-mail/persona.ts'
import type { StoredMessage } from '../../service/history/rows/read-message-row.ts'
import { asStored, type StoredTraits } from '../../training/history/as-stored.ts'
import { observeMail } from '../../training/observe-mail.ts'

export const people = 100
export const each = 100

/** Rows of a hundred invented senders with a hundred messages each, as history would give them: the service's own observations. */
export async function variedRows(): Promise<readonly (readonly StoredMessage[])[]> {
  const rows: StoredMessage[][] = []
  for (const persona of createPersonas({ seed: 'replay', count: people })) {
    const days = Math.ceil((1.7 * each) / persona.messagesPerDay)
    const own: StoredMessage[] = []
    for (const { raw, sender, receivedAt, client, envelope } of generateHistory(persona, {
      from: start,
      days
    })) {
      if (own.length === each) break
      const context = { sender, receivedAt, client, recipients: envelope.rcptTo }
      const observation = await observeMail(Buffer.from(raw).toString('latin1'), context)
      if (observation !== null) own.push(asStored(observation, traitsOf(own.length)))
    }
    rows.push(own)
  }
  return rows
}

const start = Date.UTC(2026, 0, 5)
const shiftMs = 86_400_000

/** The same mail of somebody else, some days later: another sender, other ids and threads. */
export function shifted(row: StoredMessage, copy: number): StoredMessage {
  return {
    ...row,
    sender: `${row.sender}-${copy}`,
    submission_id: `${row.submission_id}-${copy}`,
    received_at: row.received_at + copy * shiftMs,
    thread_message_id: row.thread_message_id && `${row.thread_message_id}-${copy}`,
    thread_parents: row.thread_parents.map((parent) => `${parent}-${copy}`)
  }
}

function traitsOf(place: number): StoredTraits {
  return { id: `m${place}`, habits: place, habitsMade: place + 1 }
}
