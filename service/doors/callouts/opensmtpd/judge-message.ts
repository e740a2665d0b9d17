import type { Logger } from '../../../telemetry/logger.ts'
import { labelNames } from '../asking/label-fields.ts'
import type { AskSluice } from './ask-sluice.ts'
import type { CollectedMessage } from './collected-message.ts'
import { editHeader, type HeaderEdits } from './edit-header.ts'
import type { MessageFate, ScanOutcome } from './scan-answer.ts'
import type { SmtpSession } from './smtp-session.ts'

export interface JudgeMessageOptions {
  readonly ask: AskSluice
  /** When Sluice does not answer in time: `open` lets pass, `closed` answers 451. */
  readonly onFailure: 'open' | 'closed'
  readonly log: Logger
}

/** What smtpd gets back for a message: itself with another header and its fate. A refused message has no parts. */
export interface Judgement {
  readonly fate: MessageFate
  readonly parts: readonly Uint8Array[]
}

export type JudgeMessage = (
  session: SmtpSession,
  message: CollectedMessage,
  gone: AbortSignal
) => Promise<Judgement>

/** Asks Sluice about a message and says what smtpd is to do with it. */
export function createJudgeMessage({ ask, onFailure, log }: JudgeMessageOptions): JudgeMessage {
  const note = createFailureNote(onFailure, log)
  return async function judgeMessage(session, message, gone) {
    const fault = message.fault()
    if (fault !== null) return { fate: unkept[fault], parts: [] }
    const raw = message.raw()
    const outcome = await ask({ session, raw }, gone)
    if (!gone.aborted) note(outcome)
    const fate = outcome.kind === 'answered' ? outcome.fate : unanswered[onFailure]
    const edits = outcome.kind === 'answered' ? withoutLabels(outcome.edits) : withoutLabels(noEdits)
    return { fate, parts: fate.kind === 'pass' ? editHeader(raw, edits) : [] }
  }
}

const unkept = {
  'too-large': { kind: 'refuse', reply: '552 5.3.4 Message too large' },
  'no-room': { kind: 'refuse', reply: '451 4.3.2 Too busy, try again later' }
} as const

export const unanswered = {
  open: { kind: 'pass' },
  closed: { kind: 'refuse', reply: '451 4.3.2 Cannot be checked now, try again later' }
} as const

const noEdits: HeaderEdits = { remove: new Map(), add: [] }

/** Nobody but Sluice writes them, whether it answers or not. */
function withoutLabels({ remove, add }: HeaderEdits): HeaderEdits {
  return {
    remove: new Map([...remove, ...labelNames.map((name) => [name.toLowerCase(), [0]] as const)]),
    add
  }
}

/** Says when Sluice stops answering and when it answers again, not with every message. */
function createFailureNote(onFailure: 'open' | 'closed', log: Logger): (outcome: ScanOutcome) => void {
  let failing = false
  return function noteOutcome(outcome) {
    const fails = outcome.kind === 'failed'
    if (fails === failing) return
    failing = fails
    if (outcome.kind === 'failed')
      log.warn('filter.sluice_not_answering', {
        cause: outcome.cause,
        messages: onFailure === 'open' ? 'pass unjudged' : 'are answered with 451'
      })
    else log.info('filter.sluice_answering', {})
  }
}
