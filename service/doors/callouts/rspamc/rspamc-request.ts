import type { Arrived } from '../asking/answer-to.ts'
import { toEnvelope, type Envelope } from '../rspamd/reading/to-question.ts'
import type { ReceivedRequest } from '../spamd-wire/request-reader.ts'
import { withoutSpoolLines } from '../spamd-wire/spool-lines.ts'

export interface Question {
  readonly envelope: Envelope
  readonly message: Arrived
}

/**
 * RSPAMC/1.3 as Exim's `variant=rspamd` sends it: the fields that rspamd has over HTTP (`From`, one `Rcpt` a recipient, `Helo`, `IP`,
 * `Queue-Id`, and in `User` the $authenticated_id), then the spooled message. Throws an RspamdError as over HTTP.
 */
export function toQuestion({ head, body }: ReceivedRequest, peer: string | null): Question {
  const asked: Envelope = { ...toEnvelope(head.fields, peer), protocol: 'rspamc' }
  if (body.kind !== 'whole') return { envelope: asked, message: body }
  const { raw, envelope } = withoutSpoolLines(body.bytes)
  const isNamed = envelope === null || head.fields.has('from')
  return {
    envelope: isNamed ? asked : { ...asked, ...envelope },
    message: { kind: 'whole', bytes: raw }
  }
}
