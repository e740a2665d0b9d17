import type { ByteBudget } from '../../../access/byte-budget.ts'
import { createCollectedMessage, type CollectedMessage } from './collected-message.ts'
import type { MessageFate } from './scan-answer.ts'
import { newSession, type SmtpSession } from './smtp-session.ts'

/** One of smtpd's sessions, and the message that it is receiving. */
export interface FilterSession {
  readonly smtp: SmtpSession
  /** Aborted when the client has gone. */
  readonly gone: AbortController
  /** null: no line of it has come. */
  message: CollectedMessage | null
  /** What `commit` is to answer; null: no message was judged. */
  fate: MessageFate | null
}

export interface FilterSessions {
  /** Opens it if smtpd has not said before that it is there. */
  at(id: string): FilterSession
  /** The message that is being received, a new one if none is. */
  messageOf(session: FilterSession): CollectedMessage
  end(id: string): void
  endAll(): void
}

export interface FilterSessionsOptions {
  readonly budget: ByteBudget
  readonly maxMessageBytes: number
}

/** As many as smtpd has: it says when one ends. */
export function createFilterSessions({ budget, maxMessageBytes }: FilterSessionsOptions): FilterSessions {
  const sessions = new Map<string, FilterSession>()

  function open(id: string): FilterSession {
    const session = { smtp: newSession(), gone: new AbortController(), message: null, fate: null }
    sessions.set(id, session)
    return session
  }

  function end(id: string): void {
    const session = sessions.get(id)
    session?.gone.abort()
    session?.message?.release()
    sessions.delete(id)
  }

  return {
    at: (id) => sessions.get(id) ?? open(id),
    messageOf: (session) => (session.message ??= createCollectedMessage(budget, maxMessageBytes)),
    end,
    endAll: () => {
      for (const id of sessions.keys()) end(id)
    }
  }
}
