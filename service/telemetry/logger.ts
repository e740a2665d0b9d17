import { pino, type DestinationStream } from 'pino'

export type Facts = Readonly<Record<string, unknown>>

/** Structured log. Events are named `room.thing_happened`; facts carry no message text. */
export interface Logger {
  debug(event: string, facts?: Facts): void
  info(event: string, facts?: Facts): void
  warn(event: string, facts?: Facts): void
  error(event: string, facts?: Facts): void
}

export interface LoggerOptions {
  readonly level: string
  /** Replace addresses and subjects by `[redacted]`. */
  readonly redact: boolean
  readonly destination?: DestinationStream
}

/** Field names under which rooms log what belongs to people. */
const personal = ['subject', 'sender', 'user', 'from', 'to', 'recipient', 'recipients', 'address']

/** One JSON line an event on standard output (or `destination`). */
export function createLogger({ level, redact, destination }: LoggerOptions): Logger {
  const options = { level, base: null, ...(redact && { redact: { paths: personal, censor: '[redacted]' } }) }
  const log = destination === undefined ? pino(options) : pino(options, destination)
  return {
    debug: (event, facts) => log.debug({ event, ...facts }),
    info: (event, facts) => log.info({ event, ...facts }),
    warn: (event, facts) => log.warn({ event, ...facts }),
    error: (event, facts) => log.error({ event, ...facts })
  }
}

const ignore = (): void => undefined

export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore }
