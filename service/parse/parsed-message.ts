/** One header field, in the order and spelling of the message; value unfolded, encoded words still encoded. */
export interface HeaderField {
  readonly name: string
  readonly value: string
}

export interface Mailbox {
  readonly name: string
  /** Lower-cased address, '' if the field held none. */
  readonly address: string
}

/** One node of the MIME tree, depth first. */
export interface MimePart {
  /** Lower-cased `type/subtype`. */
  readonly type: string
  readonly depth: number
  readonly charset: string | null
  /** Lower-cased Content-Transfer-Encoding, null if there was none. */
  readonly encoding: string | null
  readonly disposition: 'attachment' | 'inline' | null
  readonly boundary: string | null
}

export interface Attachment {
  readonly filename: string | null
  readonly contentType: string
  readonly sizeBytes: number
}

/** A link to the web or a mailto, from text or HTML. `text` is what the reader sees in HTML, null in plain text. */
export interface Link {
  readonly href: string
  readonly host: string
  readonly text: string | null
}

export interface HtmlFacts {
  readonly images: number
  readonly forms: number
  /** Characters that no reader sees: display none, size nought, and the like. */
  readonly hiddenChars: number
}

/** What was wrong with the message and survived. Each is also a reason to look twice. */
export type Defect =
  | 'headers-truncated'
  /** The bytes end inside a multipart. */
  | 'parts-truncated'
  | 'text-truncated'
  | 'nul-bytes'
  | 'bare-line-feeds'
  | 'line-too-long'
  | 'no-from'
  | 'several-from'
  | 'no-date'
  | 'invalid-date'
  | 'invalid-charset'
  | 'invalid-header'

/** The message as its recipient's client would read it. Sizes are bounded: see `parseLimits`. */
export interface ParsedMessage {
  readonly headers: readonly HeaderField[]
  readonly subject: string
  readonly from: readonly Mailbox[]
  readonly to: readonly Mailbox[]
  readonly cc: readonly Mailbox[]
  readonly replyTo: readonly Mailbox[]
  /** `at` in epoch ms; `zoneMinutes` east of UTC as the Date field claims. */
  readonly date: { readonly at: number; readonly zoneMinutes: number } | null
  readonly messageId: string | null
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  readonly parts: readonly MimePart[]
  readonly attachments: readonly Attachment[]
  /** text/plain bodies, decoded and joined. */
  readonly text: string
  /** text/html bodies, decoded and joined; never rendered anywhere. */
  readonly html: string
  /** What a reader sees of `html`. */
  readonly htmlText: string
  /** What `html` shows and hides besides text. */
  readonly htmlFacts: HtmlFacts
  readonly links: readonly Link[]
  readonly sizeBytes: number
  readonly defects: readonly Defect[]
}

export type UnreadableCause =
  'empty' | 'too-deep' | 'too-many-parts' | 'time-limit' | 'parser-failed' | 'worker-lost'

export type ParseOutcome =
  | { readonly kind: 'parsed'; readonly message: ParsedMessage }
  | { readonly kind: 'unreadable'; readonly cause: UnreadableCause; readonly detail: string }
