import type { Mailbox } from './parsed-message.ts'

/** Header fields and bodies in characters, still unbounded in number but bounded in bytes. */
export interface Decoded {
  readonly subject: string
  readonly from: readonly Mailbox[]
  readonly to: readonly Mailbox[]
  readonly cc: readonly Mailbox[]
  readonly replyTo: readonly Mailbox[]
  readonly text: string
  readonly html: string
  /** One for each leaf; null for text and for what has no name. */
  readonly filenames: readonly (string | null)[]
  /** A body was longer than is decoded. */
  readonly cut: boolean
}

/** A name that only repeats the address is none. */
export function toMailbox(name: string, address: string): Mailbox {
  const lowerCased = address.trim().toLowerCase()
  return { name: name.trim().toLowerCase() === lowerCased ? '' : oneLine(name), address: lowerCased }
}

/** Encoded words can hold line ends and other controls, which have no place in a header (RFC 2047 section 5). */
export function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').trim()
}
