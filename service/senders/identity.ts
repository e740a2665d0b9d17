import { canonicalAddress } from '../message/address.ts'
import type { SenderIdentity } from '../message/sender-identity.ts'
import type { Submission } from '../message/submission.ts'

/** No mailbox is written like this: the null reverse-path of RFC 5321 section 4.5.5. */
const nobody = '<>'

/** The longest path of RFC 5321 with room for a realm; longer names are cut, so that no store meets a key without bound. */
const maxIdLength = 320

/**
 * Whose habits a submission is compared with. What the caller names explicitly (an API field, a trusted identity header), else who
 * authenticated, else whom MAIL FROM claims: there `+tags` are dropped, as anybody may write them. In lower case and NFC, so that
 * one person has one profile.
 */
export function resolveSender({ sender, auth, envelope }: Submission): SenderIdentity {
  const asserted = canonical(sender)
  if (asserted !== '') return { id: asserted, strength: 'asserted' }
  const authenticated = canonical(auth?.user)
  if (authenticated !== '') return { id: authenticated, strength: 'authenticated' }
  if (envelope.mailFrom !== null) {
    return { id: canonical(canonicalAddress(envelope.mailFrom)), strength: 'envelope' }
  }
  return { id: nobody, strength: 'none' }
}

function canonical(name: string | null | undefined): string {
  return (name ?? '').normalize('NFC').trim().toLowerCase().slice(0, maxIdLength)
}
