import type { SmtpBounds } from '../bounds/smtp-bounds.ts'
import type { DoorContext } from '../door-context.ts'
import { reply, type SmtpReply } from '../verbs/reply.ts'
import type { Session } from './session.ts'

/** Until when a client may take, as times of `performance.now()`. */
export interface Deadlines {
  /** For its next command, whole, beginning now. */
  ofCommand(session: Session): number
  /** What it is told when it has not kept it. */
  missed(): SmtpReply
}

type Cause = 'session-time' | 'login-time' | 'idle'

export function createDeadlines(
  bounds: Pick<SmtpBounds, 'idleTimeoutMs' | 'tightIdleTimeoutMs' | 'loginTimeoutMs' | 'maxSessionMs'>,
  { kind, limits, metrics }: Pick<DoorContext, 'kind' | 'limits' | 'metrics'>
): Deadlines {
  const begin = performance.now()
  /** Which of them comes first: a timer may ring a moment early, so that the clock could not tell. */
  let nearest: Cause = 'idle'
  return { ofCommand, missed }

  function ofCommand(session: Session): number {
    const idleMs = limits.isTight ? bounds.tightIdleTimeoutMs : bounds.idleTimeoutMs
    const all: readonly (readonly [Cause, number])[] = [
      ['session-time', begin + bounds.maxSessionMs],
      ['login-time', awaitsLogin(session) ? begin + bounds.loginTimeoutMs : Infinity],
      ['idle', performance.now() + idleMs]
    ]
    const [cause, at] = all.reduce((first, next) => (next[1] < first[1] ? next : first))
    nearest = cause
    return at
  }

  function missed(): SmtpReply {
    metrics.count('sluice_smtp_refused_total', { cause: nearest })
    return reply(421, '4.4.2', nearest === 'session-time' ? 'Session took too long' : 'Timeout')
  }

  function awaitsLogin({ user }: Session): boolean {
    return kind !== 'relay' && user === null
  }
}
