import { parseEnhancedStatus, type EnhancedStatus } from '../../message/enhanced-status.ts'

/** What one attempt did to one recipient. */
export type RecipientResult =
  | {
      readonly kind: 'delivered'
      readonly reply: string
      readonly status: EnhancedStatus
      /**
       * How far it got: `final` in the mailbox, `passed-on` to a host that was told of the sender's DSN wishes and reports by itself
       * (RFC 3461 section 5.2.2). Default: taken by a host that promises nothing more.
       */
      readonly reach?: 'final' | 'passed-on'
    }
  | { readonly kind: 'deferred'; readonly reply: string; readonly status: EnhancedStatus }
  | { readonly kind: 'failed'; readonly reply: string; readonly status: EnhancedStatus }

/** Remote replies are hostile input: one line, printable, bounded. */
const maxReplyLength = 500

/** An SMTP reply as a result: 2xx delivered, 5xx failed, all else deferred. 503 after a lost state is not the recipient's fault. */
export function readReply(response: string): RecipientResult {
  const reply = cleanReply(response)
  const code = Number(/^\d{3}/u.exec(reply)?.[0] ?? 0)
  const said = parseEnhancedStatus(reply.slice(3).replace(/^[ -]/u, ''))
  if (code >= 200 && code < 300) return { kind: 'delivered', reply, status: ofClass(2, said) }
  if (code >= 500 && code !== 503) return { kind: 'failed', reply, status: ofClass(5, said) }
  return { kind: 'deferred', reply, status: ofClass(4, said) }
}

/** An enhanced status that contradicts its reply code is not believed (RFC 2034 section 4). */
function ofClass(digit: 2 | 4 | 5, said: EnhancedStatus | undefined): EnhancedStatus {
  return said?.startsWith(String(digit)) === true ? said : `${digit}.0.0`
}

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const controls = /[\u0000-\u001f\u007f-\u009f]+/gu

/** Remote text made fit for a log line, a record or a DSN field. */
export function cleanReply(text: string): string {
  return text.replaceAll(controls, ' ').trim().slice(0, maxReplyLength)
}
