import type { LanguageCode } from './language.ts'
import type { Zone } from './zone.ts'

export interface Mailbox {
  readonly name: string
  readonly address: string
}

export interface MailAttachment {
  readonly fileName: string
  readonly type: string
  readonly bytes: Uint8Array
  /** Shown by the HTML body under this Content-ID. */
  readonly inlineId?: string
}

/** What a reply repeats of the message it answers. */
export interface Quoted {
  readonly from: Mailbox
  readonly to: readonly Mailbox[]
  readonly at: number
  readonly subject: string
  readonly text: string
}

/** A mail program on a machine: what the headers and the SMTP greeting look like. */
export interface Device {
  readonly program: string
  readonly userAgent: string
  readonly helo: string
  /** Where it is used: a line that keeps its address, one that changes it, a phone network, a server. */
  readonly place: 'office' | 'home' | 'mobile' | 'server'
}

/** Everything that decides the bytes of one message. The same plan gives the same bytes. */
export interface MessagePlan {
  readonly seed: string
  /** Epoch ms at which it is submitted. */
  readonly at: number
  readonly zone: Zone
  readonly device: Device
  readonly ip: string
  readonly language: LanguageCode
  readonly theme: string
  readonly kind: 'new' | 'reply' | 'forward'
  readonly from: Mailbox
  readonly replyTo: Mailbox | null
  readonly to: readonly Mailbox[]
  readonly cc: readonly Mailbox[]
  /** Recipients of the envelope only. */
  readonly bcc: readonly Mailbox[]
  readonly subject: string
  /** Message-IDs of the thread, the one answered last. */
  readonly parents: readonly string[]
  readonly quoted: Quoted | null
  /** What the writer wrote, greeting and signature included. */
  readonly text: string
  readonly html: 'none' | 'alternative' | 'only'
  /** `letter`: as mail programs write. `designed`: tables and colours, as newsletters and shops send. `image`: one picture says all. */
  readonly look: 'letter' | 'designed' | 'image'
  /** Words that stand for a link in HTML; without them the address itself is shown. */
  readonly linkWords: readonly string[]
  readonly attachments: readonly MailAttachment[]
  readonly unsubscribeUrl: string | null
}

/** One message as a submission server receives it, with what is known of it. */
export interface SyntheticSubmission {
  readonly id: string
  /** Epoch ms. */
  readonly receivedAt: number
  /** The authenticated user. */
  readonly sender: string
  readonly client: { readonly ip: string; readonly helo: string }
  readonly envelope: { readonly mailFrom: string; readonly rcptTo: readonly string[] }
  /** RFC 5322 bytes with CRLF line ends. */
  readonly raw: Uint8Array
  readonly label: 'ham' | 'spam'
  /** `honest/invoice`, `bad/courier`, `bad/threadLink`: what to leave out when one family is kept for testing. */
  readonly family: string
  /** `A1/M0`: how a bad one was sent; null for honest mail. */
  readonly attack: string | null
  readonly language: LanguageCode
  readonly messageId: string
  readonly plan: MessagePlan
}
