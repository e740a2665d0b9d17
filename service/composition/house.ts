import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { HistoryServer } from '../access/run-file.ts'
import type { Failpoint } from '../queue/failpoint.ts'
import type { Logger } from '../telemetry/logger.ts'

/** What every part of the house is opened with. */
export interface StartOptions {
  readonly log: Logger
  /** For the API's documentation and the greeting. */
  readonly version: string
  /** Used instead of the token made at first start. */
  readonly adminToken?: string | undefined
  /** Where a test may end the process. */
  readonly failpoint?: Failpoint
  /** Told where the embedded ClickHouse listens, and when it no longer does. */
  readonly onHistoryServer?: (server: HistoryServer | null) => void
  /** For the length of one command: nothing is sent, and run.json does not name it. */
  readonly isPrivate?: boolean
}

export type OnClose = (end: () => unknown) => void

export const clock = Date.now
/** Ids that sort by time: keys of the stores follow each other, and lists come in order (RFC 9562 section 5.7). */
export const newId = (): string => uuidv7()
export const random = Math.random
export const newSecret = (): string => randomBytes(32).toString('base64url')
