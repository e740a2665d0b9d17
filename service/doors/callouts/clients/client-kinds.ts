/** How a mail server asks. */
export type CalloutProtocol =
  'rspamd' | 'rspamc' | 'spamc' | 'postfix-policy' | 'milter' | 'stalwart' | 'mta-hooks'

/**
 * How a client is told that a message is held. `quarantine`: it keeps the message. `tempfail`, `reject`: its own client is told 451 or
 * 550. `route`: it hands the message to our SMTP door, which keeps it. `label`: it passes, with a header field that says so.
 */
export type HoldExpression = 'quarantine' | 'tempfail' | 'reject' | 'route' | 'label'

interface ClientKind {
  readonly protocol: CalloutProtocol
  /** Where the profile does not say otherwise: the mildest way in which the message does not leave. */
  readonly hold: HoldExpression
}

/** The mail servers that we know: what they speak, and what of it makes them hold a message. */
export const clientKinds = {
  'postfix-milter': { protocol: 'milter', hold: 'quarantine' },
  'postfix-policy': { protocol: 'postfix-policy', hold: 'quarantine' },
  'rspamd-proxy': { protocol: 'rspamd', hold: 'quarantine' },
  // Its plugin lets pass what it does not know, `quarantine` too
  haraka: { protocol: 'rspamd', hold: 'tempfail' },
  // Its plugin only marks what is a `soft reject`
  zonemta: { protocol: 'rspamd', hold: 'reject' },
  // Reads nothing but the sum of the symbols
  postal: { protocol: 'rspamd', hold: 'reject' },
  kumomta: { protocol: 'rspamd', hold: 'tempfail' },
  opensmtpd: { protocol: 'rspamd', hold: 'tempfail' },
  // rspamc and whatever else speaks it: 451 is what most of them understand
  rspamd: { protocol: 'rspamd', hold: 'tempfail' },
  'exim-rspamd': { protocol: 'rspamc', hold: 'quarantine' },
  spamc: { protocol: 'spamc', hold: 'quarantine' },
  // Its `quarantine` answers 250 and drops the message
  stalwart: { protocol: 'stalwart', hold: 'tempfail' },
  'mta-hooks': { protocol: 'mta-hooks', hold: 'quarantine' }
} as const satisfies Record<string, ClientKind>

export type ClientKindName = keyof typeof clientKinds

/** What a client is that has no profile and does not say. */
export const kindOfProtocol = {
  rspamd: 'rspamd',
  rspamc: 'exim-rspamd',
  spamc: 'spamc',
  'postfix-policy': 'postfix-policy',
  milter: 'postfix-milter',
  stalwart: 'stalwart',
  'mta-hooks': 'mta-hooks'
} as const satisfies Record<CalloutProtocol, ClientKindName>

export function isClientKind(text: string): text is ClientKindName {
  return Object.hasOwn(clientKinds, text)
}
