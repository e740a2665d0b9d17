import type { CalloutRequest } from '../../../../service/doors/callouts/asking/callout-request.ts'
import { noIntroduction } from '../../../../service/doors/callouts/asking/callout-request.ts'

/** A question as a well configured mail server asks it. */
export function question(given: Partial<CalloutRequest> = {}): CalloutRequest {
  const raw = Buffer.from('From: alice@example.org\r\nSubject: Lunch\r\n\r\nAt noon?\r\n')
  return {
    protocol: 'rspamd',
    peer: '127.0.0.1',
    introduction: noIntroduction,
    client: { ip: '203.0.113.7', helo: 'laptop.local', port: null, tls: null },
    user: 'alice@example.org',
    authMethod: 'PLAIN',
    mailFrom: '<alice@example.org>',
    rcptTo: ['<bob@example.net>'],
    queueId: '4XyZ12',
    raw,
    sizeBytes: raw.length,
    ...given
  }
}
