import type { GiveFeedback } from '../../../operations/give-feedback.ts'
import type { Introduction } from './callout-request.ts'
import type { CalloutProtocol } from '../clients/client-kinds.ts'
import type { ChooseClient } from '../clients/client-profile.ts'
import { messageIdOf } from './message-id.ts'

/** What a client says of a message that it shows: SPAMC's `TELL`, rspamd's `/learnspam`. */
export interface Told {
  readonly protocol: CalloutProtocol
  /** null: it came over a unix socket. */
  readonly peer: string | null
  readonly introduction: Introduction
  readonly label: 'spam' | 'legitimate'
  readonly raw: Uint8Array
}

/** `not-trusted`: only trusted clients teach. `unknown`: no verdict of the last 30 days is meant by its Message-ID, or several are. */
export type TellOutcome = 'taken' | 'not-trusted' | 'unknown'

/** Rejects only when the store fails. */
export type Tell = (told: Told) => Promise<TellOutcome>

/**
 * Feedback by Message-ID. Whoever reads mail says it, not an operator: it counts as the word of a recipient, which speaks against a sender
 * and never vouches for one.
 */
export function createTell(chooseClient: ChooseClient, giveFeedback: GiveFeedback): Tell {
  return async function tell({ raw, label, ...question }) {
    const { trusted, mta } = chooseClient(question)
    if (!trusted) return 'not-trusted'
    const messageId = messageIdOf(raw)
    if (messageId === null) return 'unknown'
    const outcome = await giveFeedback({
      subject: { messageId },
      label,
      source: 'recipient',
      note: null,
      by: `mta:${mta}`
    })
    return outcome.kind === 'taken' ? 'taken' : 'unknown'
  }
}
