import { localTime } from './local-time.ts'
import { unknownOrigin } from './network.ts'
import { noAttributes, unseenContent, type Observation } from './observation.ts'
import { envelopeAttributesOf } from './observe-attributes.ts'
import type { ObservationContext } from './observe-message.ts'
import { observeRecipients } from './observe-recipients.ts'

export type EnvelopeContext = Omit<ObservationContext, 'sender'> & {
  /** As the client or the mail server states it; 0: not known. */
  readonly sizeBytes: number
}

/**
 * What a submission shows of which only the envelope is shown. Everything else is left blank, and `shows` says that it was not looked at.
 * Hour and weekday are those of UTC, as nothing tells the sender's clock: see `shownTime`.
 */
export function observeEnvelope({
  receivedAt,
  client,
  envelope,
  keyedHash,
  network = unknownOrigin,
  sizeBytes
}: EnvelopeContext): Observation {
  return {
    version: 1,
    ...unseenContent,
    receivedAt,
    sizeBytes,
    attributes: { ...noAttributes, ...envelopeAttributesOf({ client, envelope, network, keyedHash }) },
    ...localTime(receivedAt, 0),
    recipients: observeRecipients(envelope, keyedHash),
    asName: network.asName,
    claims: envelope.mailFrom === null ? ['null-sender'] : []
  }
}
