/** Why a host refused or put off a recipient: kind → what it means. Rules of delivery tell them apart; the order is that of the tables. */
export const bounceKinds = {
  'unknown-user': 'no such mailbox or domain, or it is closed for good',
  'mailbox-full': 'the mailbox is over its quota',
  policy: 'a rule of the receiver: authentication, name of the sending host, attachments, size',
  'spam-suspected': 'the message was taken for spam or phishing',
  reputation: 'our address or domain has a bad name or stands on a blocklist',
  'rate-limited': 'too much at once for this receiver: slow down',
  tls: 'encryption was required and could not be had, or could not be trusted',
  'temporary-network': 'the host could not be reached, or broke off',
  other: 'nothing that the rules know'
} as const satisfies Readonly<Record<string, string>>

export type BounceKind = keyof typeof bounceKinds

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the table
export const bounceKindNames = Object.keys(bounceKinds) as [BounceKind, ...BounceKind[]]

export function isBounceKind(text: string): text is BounceKind {
  return Object.hasOwn(bounceKinds, text)
}
