import type { EnhancedStatus } from '../../../message/enhanced-status.ts'
import { identityValue } from '../../../message/identity-header.ts'
import type { CalloutAnswer } from '../asking/callout-answer.ts'
import { labelNames } from '../asking/label-fields.ts'
import { encodeFrame, uint32 } from './frames.ts'
import { actions, replyLetters, steps } from './milter-words.ts'
import type { Agreement } from './negotiation.ts'

/** What the answer is said about. */
export interface Answered {
  readonly agreement: Agreement
  /** How many fields of a name came with the message, by lower-case name. */
  readonly fieldCounts: ReadonlyMap<string, number>
  /** Who authenticated, or null; for a message that goes on to our relay port. */
  readonly user: string | null
  /** The field by which our relay port learns it. */
  readonly identityHeader: string
}

/** What the SMTP client reads. */
export interface Refusal {
  readonly code: number
  readonly status: EnhancedStatus
  readonly text: string
}

interface Field {
  readonly name: string
  readonly value: string
}

export const continueFrame = encodeFrame(replyLetters.continue)

/** The answer at the end of a message: what is to be changed, then what becomes of it. */
export function encodeAnswer(answer: CalloutAnswer, answered: Answered): Buffer {
  const { disposition, reply } = answer
  switch (disposition) {
    case 'accept':
      return Buffer.concat([...changeFields(labelNames, answer.labels, answered), continueFrame])
    case 'route':
      return Buffer.concat([...rerouteFields(answer, answered), continueFrame])
    case 'quarantine':
      // Without the right to quarantine the message must not leave either: its sender tries again
      if ((answered.agreement.actions & actions.quarantine) === 0)
        return encodeRefusal({ code: 451, status: '4.7.1', text: reply.text })
      return Buffer.concat([
        ...changeFields(labelNames, answer.labels, answered),
        encodeFrame(replyLetters.quarantine, text(reply.text)),
        continueFrame
      ])
    case 'tempfail':
    case 'reject':
      return encodeRefusal(reply)
  }
}

/** Sendmail takes the text for a format: a `%` is written twice (smfi_setreply). */
export function encodeRefusal({ code, status, text: sentence }: Refusal): Buffer {
  return encodeFrame(replyLetters.replyCode, text(`${code} ${status} ${sentence.replaceAll('%', '%%')}`))
}

/**
 * The mail server sends it on to our relay port: by the label that says `hold`, which is there even if labels are not wanted elsewhere, and
 * with the field that says who sends. That one is written for nobody too: what the message brought along must not be the topmost one.
 */
function rerouteFields({ labels }: CalloutAnswer, answered: Answered): readonly Buffer[] {
  const { user, identityHeader } = answered
  const marks: readonly Field[] = labels.length > 0 ? labels : [{ name: 'X-Sluice-Verdict', value: 'hold' }]
  const identity = { name: identityHeader, value: identityValue(user) }
  return changeFields([...labelNames, identityHeader], [identity, ...marks], answered)
}

/** Fields that came are deleted from the last to the first, and ours inserted on top, the last first: no index moves under us. */
function changeFields(
  deleted: readonly string[],
  inserted: readonly Field[],
  { agreement, fieldCounts }: Answered
): readonly Buffer[] {
  const may = (action: number): boolean => (agreement.actions & action) !== 0
  const blank = (agreement.steps & steps.leadingSpace) === 0 ? '' : ' '
  const deletions = deleted.flatMap((name) =>
    Array.from({ length: fieldCounts.get(name.toLowerCase()) ?? 0 }, (_, at) =>
      encodeFrame(replyLetters.changeHeader, uint32(at + 1), text(name), text(''))
    ).toReversed()
  )
  const insertions = inserted
    .map(({ name, value }) =>
      encodeFrame(replyLetters.insertHeader, uint32(0), text(name), text(`${blank}${value}`))
    )
    .toReversed()
  return [...(may(actions.changeHeaders) ? deletions : []), ...(may(actions.addHeaders) ? insertions : [])]
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`)
}
