/** A submission as a mail server's log tells of it: the envelope, and who logged in. */
export interface LogSubmission {
  readonly owner: string
  readonly ip: string | null
  readonly helo: string | null
  readonly from: string
  readonly to: readonly string[]
  readonly sizeBytes: number
  readonly messageId: string | null
  /** Epoch ms. */
  readonly at: number
}

/** What lines have told so far of a message. */
export interface OpenSubmission {
  owner: string | null
  ip: string | null
  helo: string | null
  from: string
  readonly to: Set<string>
  sizeBytes: number
  messageId: string | null
  readonly at: number
}

/** Told of the messages of a log, as they end. */
export interface LogReader {
  /** A line and the moment that it names (epoch ms). */
  read(line: string, at: number): void
  /** What has not ended with the log. */
  end(): void
}

/** Told once for each message: nobody logged in for those with null. */
export type OnSubmission = (submission: LogSubmission | null) => void

/** Messages that wait for their end: those of a busy server's queue. The oldest are told as they are. */
const maxOpen = 100_000
/** As many as a message has. */
const maxRecipients = 10_000

export interface OpenSubmissions {
  /** Begins with the first line about it. */
  of(queueId: string, at: number): OpenSubmission
  /** Only if something is known of it. */
  known(queueId: string): OpenSubmission | undefined
  addRecipient(queueId: string, address: string): void
  close(queueId: string): void
  closeAll(): void
}

/** The messages that a log has begun to tell of, by their queue ids, which may be used again after the end. */
export function createOpenSubmissions(onSubmission: OnSubmission): OpenSubmissions {
  const open = new Map<string, OpenSubmission>()

  function close(queueId: string): void {
    const submission = open.get(queueId)
    if (submission === undefined) return
    open.delete(queueId)
    const { owner, to } = submission
    onSubmission(owner === null ? null : { ...submission, owner, to: Array.from(to) })
  }

  return {
    of(queueId, at) {
      const known = open.get(queueId)
      if (known !== undefined) return known
      const [oldest] = open.keys()
      if (open.size >= maxOpen && oldest !== undefined) close(oldest)
      const begun: OpenSubmission = {
        owner: null, ip: null, helo: null, from: '', to: new Set(), sizeBytes: 0, messageId: null, at
      } // prettier-ignore
      open.set(queueId, begun)
      return begun
    },
    known: (queueId) => open.get(queueId),
    addRecipient(queueId, address) {
      const to = open.get(queueId)?.to
      if (to !== undefined && to.size < maxRecipients) to.add(address)
    },
    close,
    closeAll: () => [...open.keys()].forEach(close)
  }
}
