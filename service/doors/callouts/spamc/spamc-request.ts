import { noIntroduction, type Introduction } from '../asking/callout-request.ts'
import type { Told } from '../asking/tell.ts'
import type { Arrived } from '../asking/answer-to.ts'
import type { Envelope } from '../rspamd/reading/to-question.ts'
import { fieldOf, type RequestHead } from '../spamd-wire/request-head.ts'
import { withoutSpoolLines } from '../spamd-wire/spool-lines.ts'

export interface Question {
  readonly envelope: Envelope
  readonly message: Arrived
}

/**
 * SPAMC shows the message and nothing of the transaction: no login (`User` names whose SpamAssassin settings to use), no client, no envelope.
 * Exim writes the envelope above the message; who sends is for the profile's identity header to say.
 */
export function toQuestion(head: RequestHead, body: Arrived, peer: string | null): Question {
  const { raw, envelope } = body.kind === 'whole' ? withoutSpoolLines(body.bytes) : unread
  return {
    envelope: {
      protocol: 'spamc',
      peer,
      introduction: introductionOf(head),
      client: { ip: null, helo: null, port: null, tls: null },
      user: null,
      authMethod: null,
      mailFrom: envelope?.mailFrom ?? '',
      rcptTo: envelope?.rcptTo ?? [],
      queueId: null
    },
    message: raw === null ? body : { kind: 'whole', bytes: raw }
  }
}

const unread = { raw: null, envelope: null }

/** `User` chooses a profile as rspamd's `Settings-ID` does: `spam = name` in Exim, `spamc -u name`. */
function introductionOf(head: RequestHead): Introduction {
  return { ...noIntroduction, settingsId: fieldOf(head, 'user') }
}

/** `TELL`: null where it asks for nothing that we do, as to forget a message. */
export function toTold(head: RequestHead, body: Uint8Array, peer: string | null): Told | null {
  const label = labels.get((fieldOf(head, 'message-class') ?? '').toLowerCase())
  const places = (fieldOf(head, 'set') ?? '').split(',').map((place) => place.trim().toLowerCase())
  if (label === undefined || !places.includes('local')) return null
  const { raw } = withoutSpoolLines(body)
  return { protocol: 'spamc', peer, introduction: introductionOf(head), label, raw }
}

const labels: ReadonlyMap<string, Told['label']> = new Map([
  ['spam', 'spam'],
  ['ham', 'legitimate']
])
