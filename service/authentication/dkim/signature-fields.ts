/**
 * What a signature covers (RFC 6376 section 5.4.1). `over-signed` fields are named once more than they occur (section 5.4.2): whoever adds
 * a second From or Subject on the way breaks the signature, instead of having it shown under our name. A field that lists and gateways
 * may add honestly is signed where it stands, and no more.
 */
export const signatureFields = {
  from: 'over-signed',
  to: 'over-signed',
  cc: 'over-signed',
  subject: 'over-signed',
  date: 'over-signed',
  'message-id': 'over-signed',
  'reply-to': 'over-signed',
  'mime-version': 'over-signed',
  'content-type': 'over-signed',
  'content-transfer-encoding': 'over-signed',
  sender: 'signed',
  'in-reply-to': 'signed',
  references: 'signed',
  'content-id': 'signed',
  'content-description': 'signed',
  'content-disposition': 'signed',
  'content-language': 'signed',
  'resent-date': 'signed',
  'resent-from': 'signed',
  'resent-sender': 'signed',
  'resent-to': 'signed',
  'resent-cc': 'signed',
  'resent-message-id': 'signed',
  'list-id': 'signed',
  'list-help': 'signed',
  'list-unsubscribe': 'signed',
  // RFC 8058 section 4: one-click unsubscription counts only where it is signed
  'list-unsubscribe-post': 'signed',
  'list-subscribe': 'signed',
  'list-post': 'signed',
  'list-owner': 'signed',
  'list-archive': 'signed',
  'feedback-id': 'signed'
} as const satisfies Readonly<Record<string, 'signed' | 'over-signed'>>
