import type { Address } from '../../../message/address.ts'
import type { RecipientParameters } from '../../../message/mail-parameters.ts'
import type { MailFromParameters } from '../commands/mail-from-parameters.ts'
import type { SmtpReply } from '../verbs/reply.ts'

/** What a connection has come to. Verbs look at it and say what changes; nothing else changes it. */
export interface Session {
  readonly id: string
  readonly client: SessionClient
  /** How it introduced itself; null: it has not. */
  readonly greeting: Greeting | null
  readonly tls: SessionTls | null
  readonly user: SessionUser | null
  /** Between MAIL FROM and the end of DATA or RSET. */
  readonly transaction: Transaction | null
}

/** Whoever speaks, seen through a proxy that we trust. */
export interface SessionClient {
  readonly ip: string
  readonly port: number
  /** No cable carries what it says: a password cannot be overheard. */
  readonly isLocal: boolean
}

export interface Greeting {
  readonly name: string
  readonly isExtended: boolean
}

export interface SessionTls {
  readonly version: string
  readonly cipher: string | null
}

/** Who has logged in. */
export interface SessionUser {
  readonly name: string
  readonly method: string
  /** Patterns of addresses it may write as, where the back-end says so; null: as the configuration says. */
  readonly identities: readonly string[] | null
}

export interface Transaction {
  readonly mailFrom: Address | null
  readonly parameters: MailFromParameters
  readonly rcptTo: readonly Address[]
  /** Of whom something was asked. */
  readonly recipients: Readonly<Record<string, RecipientParameters>>
}

export type Change = Partial<Pick<Session, 'greeting' | 'tls' | 'user' | 'transaction'>>

/** What a verb answers: a reply, what changes by it, and what comes next. Default: the next command. */
export interface Step {
  readonly reply: SmtpReply | Lines
  readonly change?: Change
  readonly next?: 'hang-up' | 'start-tls'
}

/** Without enhanced status (RFC 2034 section 4: the greeting, and EHLO, which has none to give). */
export interface Lines {
  readonly code: number
  readonly lines: readonly string[]
}
