/**
 * What a client asked for beside the addresses: parameters of MAIL FROM and RCPT TO. Delivery passes them on to a host that takes them and
 * honours them itself towards one that does not.
 */
export interface MailParameters {
  /** How much of the message a report of failure brings back (RFC 3461 section 4.3). */
  readonly ret: 'FULL' | 'HDRS' | null
  /** The client's own name of this transaction, decoded from xtext (RFC 3461 section 4.4). */
  readonly envid: string | null
  /** It may only travel over connections whose TLS was verified (RFC 8689). */
  readonly requireTls: boolean
  /** It may hold internationalised header fields or addresses (RFC 6531). */
  readonly smtpUtf8: boolean
  /** −9 to 9 (RFC 6710), as the client wished it; the label of the verdict decides. */
  readonly mtPriority: number | null
  /** By address as in the envelope. Recipients of whom nothing was asked are left out. */
  readonly recipients: Readonly<Record<string, RecipientParameters>>
}

export interface RecipientParameters {
  /** Of what the sender wants to hear (RFC 3461 section 4.1). null: not said, which means failures and, as we please, delays. */
  readonly notify: readonly Notify[] | null
  /** The recipient as the sender first wrote it: `rfc822;bob@example.net`, decoded from xtext (RFC 3461 section 4.2). */
  readonly orcpt: string | null
}

/** `NEVER` stands alone. */
export type Notify = 'NEVER' | 'SUCCESS' | 'FAILURE' | 'DELAY'

/** Nothing was asked for. */
export const noParameters: MailParameters = {
  ret: null,
  envid: null,
  requireTls: false,
  smtpUtf8: false,
  mtPriority: null,
  recipients: {}
}
