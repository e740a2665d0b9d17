const codes = {
  QUEUE_SPOOL_FULL: 'The spool has no room for this message',
  QUEUE_SPOOL_FAILED: 'The spool could not be written',
  QUEUE_BODY_MISSING: 'The body of a message is missing from the spool',
  QUEUE_BODY_DAMAGED: 'The body of a message is not what was written: the disk has changed it',
  QUEUE_ID_INVALID: 'An id must be letters, digits, - and _ only'
} as const

export type QueueErrorCode = keyof typeof codes

/** Faults of the spool. `QUEUE_SPOOL_FULL` means try again later: nothing was accepted. */
export class QueueError extends Error {
  override readonly name = 'QueueError'
  readonly code: QueueErrorCode
  readonly facts: Readonly<Record<string, string | number>>

  constructor(code: QueueErrorCode, facts: Readonly<Record<string, string | number>>, cause?: unknown) {
    super(codes[code], { cause })
    this.code = code
    this.facts = facts
  }
}
