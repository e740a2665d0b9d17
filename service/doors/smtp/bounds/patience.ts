import { reply, type SmtpReply } from '../verbs/reply.ts'

export interface PatienceOptions {
  readonly maxErrors: number
  readonly tarpitAfterErrors: number
  /** What each further error costs the client. */
  readonly tarpitMs: number
  readonly maxIdleCommands: number
  readonly commandsPerSecond: number
}

export type Temper =
  | { readonly kind: 'go-on'; readonly waitMs: number }
  | { readonly kind: 'hang-up'; readonly cause: 'errors' | 'idle-commands'; readonly reply: SmtpReply }

/** How much of one client a session bears: wrong commands, commands that lead nowhere, and too many at once. */
export interface Patience {
  /** Before the reply to a command is sent; `code` is the reply's. */
  after(verb: string, code: number): Temper
}

/** These lead nowhere by themselves. */
const idleVerbs: ReadonlySet<string> = new Set(['NOOP', 'RSET', 'VRFY', 'EXPN', 'HELP', 'EHLO', 'HELO'])
/** So many seconds' worth of commands may come at once: whole pipelined envelopes do. */
const burstSeconds = 5

export function createPatience(
  { maxErrors, tarpitAfterErrors, tarpitMs, maxIdleCommands, commandsPerSecond }: PatienceOptions,
  now: () => number = () => performance.now()
): Patience {
  let errors = 0
  let idle = 0
  // Token bucket, as the time at which it will be full again
  let fullAt = now()
  return { after }

  function after(verb: string, code: number): Temper {
    // A 4yz is no fault of the client's: too many recipients for one message, or too much work for us
    if (code >= 500) errors += 1
    idle = verb === 'DATA' && code === 250 ? 0 : idle + (idleVerbs.has(verb) ? 1 : 0)
    if (errors > maxErrors) return hangUp('errors', 'Too many errors')
    if (idle > maxIdleCommands) return hangUp('idle-commands', 'Too many commands without a message')
    const tarpit = code >= 500 && errors > tarpitAfterErrors ? tarpitMs : 0
    return { kind: 'go-on', waitMs: Math.max(tarpit, pace()) }
  }

  function pace(): number {
    const at = now()
    fullAt = Math.max(fullAt, at) + 1_000 / commandsPerSecond
    return Math.max(0, fullAt - at - burstSeconds * 1_000)
  }
}

function hangUp(cause: 'errors' | 'idle-commands', text: string): Temper {
  return { kind: 'hang-up', cause, reply: reply(421, '4.7.0', text) }
}
