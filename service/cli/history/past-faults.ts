/** Why something in the named files was not imported. One table: the reader, the report and the documentation use it. */
export const pastFaults = {
  FILE_UNREADABLE: 'cannot be read',
  FILE_BROKEN: 'ends in the middle of its data; what stood before that is imported',
  NOT_MBOX:
    'does not begin with a line "From …": it is no mbox (folders of files are named by --maildir, lines of JSON by --jsonl)',
  NOT_MAILDIR:
    'has neither cur/ nor new/: it is no Maildir (name the folder in which they lie, such as …/.Sent)',
  NO_MESSAGES: 'holds no message',
  TOO_LARGE: 'is larger than any message that is taken (smtp.maxMessageBytes)',
  NO_OWNER: 'has no From address to tell its owner by (--user says whose it is)',
  UNDATED: 'has no date that can be read: its Date field must say one',
  FUTURE:
    'is dated in the future, by every clock that it passed: set this machine’s clock, or mend its Date field',
  LINE_INVALID: 'is no line that can be imported',
  NOT_HONEST: 'is labelled as bad mail, or a probe',
  NOT_AUTHENTICATED: 'was not submitted by somebody who logged in',
  UNREADABLE: 'is no message that can be parsed',
  REFUSED: 'was refused by the service'
} as const satisfies Record<string, string>

export type PastFaultCode = keyof typeof pastFaults

export interface PastFault {
  readonly code: PastFaultCode
  /** A file, and where in it: `Sent.mbox at byte 4711`. */
  readonly place: string
  readonly detail?: string
}

export interface PastFaultLog {
  add(code: PastFaultCode, place: string, detail?: string): void
  counts(): Readonly<Partial<Record<PastFaultCode, number>>>
  /** The first ones. */
  listed(): readonly PastFault[]
}

/** As many as somebody reads; the others are counted. */
const maxListed = 100

/** What is ordinary in a log or a file of labelled mail is counted only. */
const uncounted: ReadonlySet<PastFaultCode> = new Set(['NOT_AUTHENTICATED', 'NOT_HONEST'])

export function createPastFaultLog(): PastFaultLog {
  const counts = new Map<PastFaultCode, number>()
  const listed: PastFault[] = []
  return {
    add(code, place, detail) {
      counts.set(code, (counts.get(code) ?? 0) + 1)
      if (listed.length < maxListed && !uncounted.has(code))
        listed.push({ code, place, ...(detail !== undefined && { detail: detail.slice(0, 300) }) })
    },
    counts: () => Object.fromEntries(counts),
    listed: () => listed
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'not allowed to read it',
  EISDIR: 'is a directory',
  ELOOP: 'is a link that leads to itself',
  ERR_BUFFER_TOO_LARGE: 'is larger than any message when it is unpacked'
}

/** An error of a file in words. */
export function whyOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return reasons[code] ?? (error instanceof Error ? error.message : String(error))
}
