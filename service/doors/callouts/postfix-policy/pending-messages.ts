/** A message whose recipients come one by one (RCPT) before it is asked about as a whole. */
export interface PendingMessage {
  /** In the order in which they came, each once. */
  readonly recipients: ReadonlySet<string>
  /** How many recipients came, those that come twice and those that found no room included. */
  readonly seen: number
}

export interface PendingMessages {
  /** Gives the message with this recipient in it. */
  collect(key: string, recipient: string): PendingMessage
  get(key: string): PendingMessage | undefined
  /** The recipient was refused: it is none of the message's any more. */
  drop(key: string, recipient: string): void
  forget(key: string): void
}

export interface PendingMessagesOptions {
  /** Epoch ms. */
  readonly clock: () => number
  /** Of all recipients together; the oldest messages make room. */
  readonly maxBytes: number
  readonly maxRecipients: number
  /** After this a message that nobody asked about is given up. */
  readonly keepMs: number
}

interface Entry {
  readonly recipients: Set<string>
  readonly startedAt: number
  seen: number
  bytes: number
}

/** What one string costs beside its characters. */
const overheadBytes = 64

/** Recipients by message, bounded in bytes and time. A `Map` keeps the order of arrival: its first entry is the oldest. */
export function createPendingMessages(options: PendingMessagesOptions): PendingMessages {
  const { clock, maxBytes, maxRecipients, keepMs } = options
  const entries = new Map<string, Entry>()
  let bytes = 0

  function open(key: string): Entry {
    const entry = { recipients: new Set<string>(), startedAt: clock(), seen: 0, bytes: 0 }
    entries.set(key, entry)
    charge(entry, key)
    return entry
  }

  function charge(entry: Entry, text: string): void {
    const cost = 2 * text.length + overheadBytes
    entry.bytes += cost
    bytes += cost
  }

  function forget(key: string): void {
    const entry = entries.get(key)
    if (entry === undefined) return
    bytes -= entry.bytes
    entries.delete(key)
  }

  function makeRoom(): void {
    const before = clock() - keepMs
    for (const [key, { startedAt }] of entries) {
      if (bytes <= maxBytes && startedAt > before) return
      forget(key)
    }
  }

  return {
    collect(key, recipient) {
      makeRoom()
      const entry = entries.get(key) ?? open(key)
      entry.seen += 1
      if (!entry.recipients.has(recipient) && entry.recipients.size < maxRecipients) {
        entry.recipients.add(recipient)
        charge(entry, recipient)
      }
      return entry
    },
    get: (key) => entries.get(key),
    // What it cost is given back with the message
    drop: (key, recipient) => void entries.get(key)?.recipients.delete(recipient),
    forget
  }
}
