import type { Address } from './address.ts'

/** What MAIL FROM and RCPT TO said (RFC 5321 section 3.3). A null sender (`<>`) is `null`. */
export interface Envelope {
  readonly mailFrom: Address | null
  readonly rcptTo: readonly Address[]
}
