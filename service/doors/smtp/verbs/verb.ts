import type { DoorContext } from '../door-context.ts'
import type { Session, Step } from '../session/session.ts'
import type { Talk } from '../session/talk.ts'

/** One SMTP verb: looks at the session, says what is answered and what changes. Does not reject. */
export type Verb = (argument: string, asked: Asked) => Step | Promise<Step>

export interface Asked {
  readonly session: Session
  readonly context: DoorContext
  readonly talk: Talk
}
